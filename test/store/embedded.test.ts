import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { OperationalError, silentLog } from '../../src/contract/host/index.js';
import { BUDGET } from '../../src/contract/index.js';
import type { Claim, Settlement, Store } from '../../src/contract/store/index.js';
import { forgetPerson } from '../../src/people/forget-person.js';
import { openDatabase } from '../../src/store/embedded/database.js';
import { createGroupCommit } from '../../src/store/embedded/group-commit.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { migrate } from '../../src/store/embedded/schema.js';
import { aCommit, aSend, aSession, at } from '../support/builders.js';
import { manualClock } from '../support/manual-clock.js';

describe('the database file', () => {
  const db = openDatabase(':memory:', 'FULL');
  db.exec('CREATE TABLE t (a, b)');
  const insert = db.prepare('INSERT INTO t (a, b) VALUES (?, ?)');

  it('stores text, number, bigint and null', () => {
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
  ] as const) {
    it(`refuses ${what} with an error, instead of aborting or truncating`, () => {
      expect(() => insert.run('x', value as never)).to.throw(TypeError, /not a value for SQLite/);
    });
  }

  it('stores bytes of every value, but not as the first value, on which libsql would abort', () => {
    const bytes = Buffer.from([0, 1, 255]);
    insert.run('bytes', bytes);
    expect(db.prepare('SELECT b FROM t WHERE a = ?').all('bytes')).to.deep.equal([{ b: bytes }]);
    expect(() => insert.run(bytes, 1)).to.throw(TypeError, /must not be bytes/);
  });

  it('stores a text with NUL, and one that looks like an escaped NUL', () => {
    const texts = ['a\0b', '\0', 'a\u0001b', '\u00010', '\u0001\u00011\0'];
    db.exec('CREATE TABLE kept (t)');
    const keep = db.prepare('INSERT INTO kept (t) VALUES (?)');
    for (const text of texts) keep.run(text);
    const found = db.prepare('SELECT t FROM kept WHERE t = ?');
    for (const text of texts) expect(found.all(text)).to.deep.equal([{ t: text }]);
  });

  it('reports an error of SQLite as `store/away`', () => {
    expect(() => db.prepare('SELECT * FROM nowhere')).to.throw(OperationalError, /no such table/);
    db.exec('CREATE TABLE once (a UNIQUE)');
    const once = db.prepare('INSERT INTO once (a) VALUES (?)');
    once.run('x');
    expect(() => once.run('x')).to.throw(OperationalError, /UNIQUE/);
  });

  it('refuses a wrong number of parameters', () => {
    expect(() => insert.run('x')).to.throw(TypeError, /1 values for 2 parameters/);
  });

  it('adds no key to rows', () => {
    expect(Object.keys(db.prepare('SELECT 1 AS one').all()[0] ?? {})).to.deep.equal(['one']);
  });
});

describe('group commit', () => {
  it('a write that fails rejects alone, and the others of its group are committed', async () => {
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

  it('if the commit fails, all writes of the group reject with `store/away`, and caches are dropped', async () => {
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

describe('a settlement of the only effect of a session', () => {
  const commits = async (settle: (store: Store, claim: Claim) => Promise<unknown>) => {
    const store = await openEmbeddedStore({ file: ':memory:' }, silentLog);
    const committed = await store.sessions.commit(aCommit('s1', 0, { effects: [aSend('s1', 1, 1)] }));
    const claim = typeof committed === 'string' ? undefined : committed.claims[0];
    if (!claim) throw new Error('nothing is claimed');
    const order: string[] = [];
    const settled = settle(store, claim).then(() => order.push('settled'));
    return { store, order, settled };
  };
  const done: Settlement = { effect: 's1.1.1', outcome: 'done' };

  it('is written before the next write of anybody, and sooner or later without one', async () => {
    const { store, order, settled } = await commits((one, claim) => one.sessions.settle(at(2), claim, [done]));
    await store.meta.putIfAbsent('k', 'v').then(() => order.push('written'));
    expect(order).to.deep.equal(['settled', 'written']);
    await settled;
    await store.close();
    const alone = await commits((one, claim) => one.sessions.settle(at(2), claim, [done]));
    await alone.settled;
    expect((await alone.store.sessions.load('s1'))?.effects).to.deep.equal([]);
    await alone.store.close();
  });

  it('is written when the store closes', async () => {
    const { store, order, settled } = await commits((one, claim) => one.sessions.settle(at(2), claim, [done]));
    await store.close();
    await settled;
    expect(order).to.deep.equal(['settled']);
  });
});

describe('a store that is closed', () => {
  it('rejects writes with `store/away`', async () => {
    const store = await openEmbeddedStore({ file: ':memory:' }, silentLog);
    await store.close();
    const result = await store.sessions.commit(aCommit('s1', 0)).catch((error: unknown) => error);
    expect(result).to.be.instanceOf(OperationalError);
  });
});

describe('the embedded store and its file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-embedded-'));
  after(() => rmSync(folder, { recursive: true }));

  it('a second process is refused with a reason', async () => {
    const file = join(folder, 'owned.db');
    const store = await openEmbeddedStore({ file }, silentLog);
    const second = spawnSync(process.execPath, opening(file), { encoding: 'utf8' });
    expect([second.status, second.stdout.trim()]).to.deep.equal([7, 'store/in-use']);
    await store.close();
  });

  it('the next process can open the file after one was killed', async () => {
    const file = join(folder, 'killed.db');
    const first = spawn(process.execPath, opening(file), { stdio: ['ignore', 'pipe', 'inherit'] });
    expect(String((await once(first.stdout, 'data'))[0]).trim()).to.equal('open');
    const refused = await openEmbeddedStore({ file }, silentLog).then(
      () => 'opened',
      (error: unknown) => error instanceof OperationalError && error.code,
    );
    expect(refused).to.equal('store/in-use');
    first.kill('SIGKILL');
    await once(first, 'exit');
    const next = await openEmbeddedStore({ file }, silentLog);
    await next.meta.putIfAbsent('who', 'the next one');
    await next.close();
  });

  for (const [what, words, make] of [
    [
      'a file that is none of ours',
      /cannot be used/,
      (file: string) => writeFileSync(file, 'a letter to my aunt, not a database'.repeat(400)),
    ],
    [
      'a file of a newer release',
      /newer release/,
      (file: string) => {
        const db = openDatabase(file, 'FULL');
        db.exec('PRAGMA user_version = 999');
        db.close();
      },
    ],
  ] as const) {
    it(`refuses ${what} with a reason`, async () => {
      const file = join(folder, `${what.replaceAll(' ', '-')}.db`);
      make(file);
      const error = await openEmbeddedStore({ file }, silentLog).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(OperationalError).with.property('message').that.matches(words);
    });
  }

  it('an identity and an event id with NUL are the same after a restart', async () => {
    const file = join(folder, 'nul.db');
    const first = await openEmbeddedStore({ file }, silentLog);
    await first.contacts.resolve(['whatsapp:4\x009'], 'nul');
    await first.sessions.commit(aCommit('nul', 0, { event: 'e\x001' }));
    await first.close();
    const second = await openEmbeddedStore({ file }, silentLog);
    expect(await second.contacts.find('whatsapp:4\x009')).to.equal('nul');
    expect(await second.contacts.find('whatsapp:4')).to.equal(undefined);
    expect(await second.sessions.commit(aCommit('nul', 1, { event: 'e\x001' }))).to.equal('duplicate');
    expect(await second.sessions.commit(aCommit('nul', 1, { event: 'e' }))).to.have.property('revision', 2);
    await second.close();
  });

  it('an event taken before a restart is a duplicate after it, from the newest revision and from an older one', async () => {
    const file = join(folder, 'again.db');
    const first = await openEmbeddedStore({ file }, silentLog);
    for (const base of [0, 1, 2]) await first.sessions.commit(aCommit('again', base));
    await first.close();
    const second = await openEmbeddedStore({ file }, silentLog);
    expect(await second.sessions.commit(aCommit('again', 3, { event: 'e1' }))).to.equal('duplicate');
    expect(await second.sessions.commit(aCommit('again', 1, { event: 'e2' }))).to.equal('duplicate');
    expect(await second.sessions.commit(aCommit('again', 1, { event: 'new' }))).to.equal('conflict');
    await second.close();
  });

  for (const [release, forget] of [
    ['this release', ''],
    [
      'an earlier release',
      `INSERT INTO turns (session, turn, event, record) SELECT session, turn, json_extract(record, '$.event.id'), record FROM turn_log;
       DELETE FROM turn_log; DELETE FROM turn_index;
       UPDATE sessions SET rest = json_remove(rest, '$.newestEvent'), newest_turns = NULL`,
    ],
  ] as const)
    it(`an event is a duplicate after a restart however many came after it, in a file of ${release}`, async () => {
      const file = join(folder, `many-${release.replaceAll(' ', '-')}.db`);
      const turns = BUDGET.seen + 6;
      const first = await openEmbeddedStore({ file }, silentLog);
      for (let base = 0; base < turns; base += 1) await first.sessions.commit(aCommit('many', base));
      await first.close();
      const db = openDatabase(file, 'FULL');
      db.exec(forget);
      db.close();
      const second = await openEmbeddedStore({ file }, silentLog);
      expect(await second.sessions.commit(aCommit('many', turns, { event: 'e2', eventTime: at(2) }))).to.equal('duplicate');
      expect(await second.sessions.commit(aCommit('many', turns, { event: `e${turns}` }))).to.equal('duplicate');
      expect(await second.sessions.commit(aCommit('many', turns, { event: 'late', eventTime: at(2) }))).to.have.property('revision');
      expect(await second.sessions.commit(aCommit('many', turns + 1, { event: 'e3', eventTime: at(3) }))).to.equal('duplicate');
      await second.close();
    });

  it('a file of an earlier schema is migrated: merges, the sessions of starts, and where the log may be cut', async () => {
    const file = join(folder, 'earlier.db');
    const db = openDatabase(file, 'FULL');
    migrate(db, 2);
    const record = { effects: [], index: { status: 'idle', positions: [] } };
    for (const [id, mergedInto] of [
      ['winner', undefined],
      ['loser', 'winner'],
    ] as const)
      db.prepare(
        "INSERT INTO sessions (id, rev, revision, state, rest, status, positions, updated_at) VALUES (?, 1, 1, ?, ?, 'idle', '', ?)",
      ).run(
        id,
        JSON.stringify(aSession(id, { turn: 1, ...(mergedInto === undefined ? {} : { mergedInto }) })),
        JSON.stringify(record),
        at(1),
      );
    const turns = db.prepare('INSERT INTO turns (session, turn, event, record) VALUES (?, ?, ?, ?)');
    for (const turn of [1, 2, 3]) {
      const { journal } = aCommit('winner', turn - 1);
      turns.run('winner', turn, `e${turn}`, JSON.stringify({ ...journal, ...(turn === 3 ? { before: aSession('winner') } : {}) }));
    }
    const start = { key: 'note:1', hash: 'h', session: 'winner', run: 'r', at: at(1) };
    db.prepare('INSERT INTO starts (key, at, start) VALUES (?, ?, ?)').run(start.key, start.at, JSON.stringify(start));
    db.close();
    const store = await openEmbeddedStore({ file }, silentLog);
    expect(await store.sessions.samePerson('loser')).to.deep.equal(['winner', 'loser']);
    await store.retention.prune('turns', at(1_000));
    expect((await store.turns.list('winner', { limit: 9 })).map(({ turn }) => turn)).to.deep.equal([3]);
    await store.starts.forget('winner');
    expect(await store.starts.get(start.key)).to.equal(undefined);
    await store.close();
  });

  describe('what people have written', () => {
    const words = 'purple-elephant-in-the-garden';
    const holding = (where: string) => readdirSync(where).filter((name) => readFileSync(join(where, name)).includes(words));
    /** A person whose words are in the state, the log, a send and a delivery; and enough other rows to free whole pages. */
    const talk = async (store: Store) => {
      for (let base = 0; base < 30; base += 1)
        await store.sessions.commit(aCommit('talker', base, { effects: [aSend('talker', base + 1, base + 1, `${words} `.repeat(200))] }));
      await store.sessions.commit(aCommit('other', 0));
    };

    it('are in no file of the store after the person was forgotten, even before the host stops', async () => {
      const own = mkdtempSync(join(folder, 'forget-'));
      const store = await openEmbeddedStore({ file: join(own, 'parley.db') }, silentLog);
      await talk(store);
      expect(holding(own), 'the words were never there').not.to.deep.equal([]);
      expect(await forgetPerson({ store, clock: manualClock() }, 'talker')).to.equal('forgotten');
      expect(holding(own)).to.deep.equal([]);
      expect(await store.sessions.load('other')).not.to.equal(undefined);
      await store.close();
    });

    it('are in no later backup, even if an earlier release left them in free pages', async () => {
      const own = mkdtempSync(join(folder, 'vacuum-'));
      const file = join(own, 'parley.db');
      const store = await openEmbeddedStore({ file }, silentLog);
      await talk(store);
      await store.close();
      const earlier = openDatabase(file, 'FULL');
      earlier.exec("PRAGMA secure_delete = OFF; DELETE FROM sessions WHERE id = 'talker'; DELETE FROM turn_log WHERE session = 'talker'");
      earlier.close();
      const opened = await openEmbeddedStore({ file }, silentLog);
      const made = mkdtempSync(join(folder, 'copy-'));
      expect(await opened.backup?.(join(made, 'copy.db'))).to.have.property('kind', 'done');
      expect([holding(own).length > 0, holding(made)]).to.deep.equal([true, []]);
      await opened.close();
      const restored = await openEmbeddedStore({ file: join(made, 'copy.db') }, silentLog);
      expect(await restored.sessions.load('other')).not.to.equal(undefined);
      await restored.close();
    });

    it('can be read by the owner of the file only, in a folder that was created for it', async () => {
      const own = join(mkdtempSync(join(folder, 'modes-')), 'data');
      const file = join(own, 'parley.db');
      const modes = () => [own, ...readdirSync(own).map((name) => join(own, name))].map((one) => (statSync(one).mode & 0o777).toString(8));
      const store = await openEmbeddedStore({ file }, silentLog);
      await talk(store);
      expect(await store.backup?.(join(own, 'copy.db'))).to.have.property('kind', 'done');
      expect([...new Set(modes())].sort()).to.deep.equal(['600', '700']);
      await store.close();
      chmodSync(file, 0o644);
      await (await openEmbeddedStore({ file }, silentLog)).close();
      expect((statSync(file).mode & 0o777).toString(8)).to.equal('600');
    });
  });

  it('closes without an error if its file was removed', async () => {
    const gone = mkdtempSync(join(tmpdir(), 'parley-gone-'));
    const store = await openEmbeddedStore({ file: join(gone, 'parley.db') }, silentLog);
    rmSync(gone, { recursive: true });
    await store.close();
  });

  it('leases of a dead process are released at the start: its sends are in doubt, its turns are kept', async () => {
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

/** Returns the arguments for a process that opens the store, says so, and keeps it open. */
function opening(file: string): readonly string[] {
  const module = new URL('../../src/store/embedded/open.js', import.meta.url).href;
  const script = `const { openEmbeddedStore } = await import(${JSON.stringify(module)});
    try {
      await openEmbeddedStore({ file: ${JSON.stringify(file)} }, { debug() {} });
      console.log('open');
      setInterval(() => {}, 1000);
    } catch (error) {
      console.log(error.code);
      process.exitCode = 7;
    }`;
  return ['--input-type=module', '-e', script];
}
