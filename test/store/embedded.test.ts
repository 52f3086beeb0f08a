import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { OperationalError, silentLog } from '../../src/contract/index.js';
import { openDatabase } from '../../src/store/embedded/database.js';
import { createGroupCommit } from '../../src/store/embedded/group-commit.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { aCommit, aSend } from '../support/builders.js';

describe('the guarded database file', () => {
  const db = openDatabase(':memory:', 'FULL');
  db.exec('CREATE TABLE t (a, b)');
  const insert = db.prepare('INSERT INTO t (a, b) VALUES (?, ?)');

  it('takes text, number, bigint and null, and gives them back', () => {
    insert.run('x', 1.5);
    insert.run(null, 7n);
    expect(db.prepare('SELECT a, b FROM t').all()).to.deep.equal([
      { a: 'x', b: 1.5 },
      { a: null, b: 7 },
    ]);
  });

  for (const [what, value] of [
    ['a boolean', true],
    ['undefined', undefined],
    ['not a number', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['an object', {}],
    ['bytes', Buffer.from('x')],
    ['a text with NUL', 'a\0b'],
  ] as const) {
    it(`refuses ${what} with words, instead of aborting or cutting`, () => {
      expect(() => insert.run('x', value as never)).to.throw(TypeError, /not a value for SQLite/);
    });
  }

  it('refuses a wrong number of parameters', () => {
    expect(() => insert.run('x')).to.throw(TypeError, /1 values for 2 parameters/);
  });

  it('adds no key of its own to what it gives', () => {
    expect(Object.keys(db.prepare('SELECT 1 AS one').all()[0] ?? {})).to.deep.equal(['one']);
  });
});

describe('group commit', () => {
  it('a failing write is answered to its own asker and undoes nothing of the others', async () => {
    const db = openDatabase(':memory:', 'FULL');
    db.exec('CREATE TABLE t (a)');
    const insert = db.prepare('INSERT INTO t (a) VALUES (?)');
    const group = createGroupCommit(db, () => {});
    const results = await Promise.allSettled([
      group.write(() => insert.run('one')),
      group.write(() => {
        insert.run('lost');
        throw new Error('mine alone');
      }),
      group.write(() => insert.run('two')),
    ]);
    expect(results.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected', 'fulfilled']);
    expect(
      db
        .prepare('SELECT a FROM t')
        .all()
        .map(({ a }) => a),
    ).to.deep.equal(['one', 'two']);
  });

  it('when the shared commit is lost, all are told that the store is away, and nothing is remembered', async () => {
    const db = openDatabase(':memory:', 'FULL');
    db.exec(
      'CREATE TABLE parent (id PRIMARY KEY); CREATE TABLE t (p REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED); PRAGMA foreign_keys = ON',
    );
    let undone = 0;
    const group = createGroupCommit(db, () => {
      undone += 1;
    });
    const insert = db.prepare('INSERT INTO t (p) VALUES (?)');
    const results = await Promise.allSettled([group.write(() => 'fine'), group.write(() => insert.run('nobody'))]);
    for (const result of results) expect(result.status === 'rejected' && result.reason).to.be.instanceOf(OperationalError);
    expect(undone).to.equal(2);
    expect(await group.write(() => 'goes on')).to.equal('goes on');
  });
});

describe('the embedded store and its file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-embedded-'));
  after(() => rmSync(folder, { recursive: true }));

  it('a second process is refused, with words', async () => {
    const file = join(folder, 'owned.db');
    const store = await openEmbeddedStore({ file }, silentLog);
    const script = `import('./dist/src/store/embedded/open.js').then((m) => m.openEmbeddedStore({ file: ${JSON.stringify(file)} }, { debug() {} })).then(() => process.exit(0), (error) => { console.log(error.code); process.exit(7); })`;
    const second = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect([second.status, second.stdout.trim()]).to.deep.equal([7, 'store/in-use']);
    await store.close();
  });

  it('what a dead process held comes free at the start: its sends in doubt, its turns kept', async () => {
    const file = join(folder, 'left.db');
    const first = await openEmbeddedStore({ file }, silentLog);
    await first.sessions.commit(aCommit('s1', 0, { effects: [aSend('s1', 1, 1)] }));
    await first.close();
    const second = await openEmbeddedStore({ file }, silentLog);
    const left = await second.sessions.load('s1');
    expect(left?.effects.map(({ status, inDoubt }) => [status, inDoubt])).to.deep.equal([['queued', true]]);
    expect(await second.turns.list('s1', { limit: 5 })).to.have.length(1);
    await second.close();
  });
});
