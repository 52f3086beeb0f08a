import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { silentLog } from '../../src/contract/host/index.js';
import type { BackupOutcome, Store } from '../../src/contract/store/index.js';
import { openEmbeddedStore } from '../../src/store/embedded/open.js';
import { bothStores } from '../support/both-stores.js';
import { aCommit, aSend } from '../support/builders.js';

describe('a backup of the embedded store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-backup-'));
  after(() => rmSync(folder, { recursive: true }));
  let serial = 0;
  const place = (name: string) => join(folder, `${++serial}-${name}.db`);
  const open = (file: string) => openEmbeddedStore({ file }, silentLog);
  const backUp = (store: Store, file: string): Promise<BackupOutcome> => {
    if (!store.backup) throw new Error('the store makes no backups');
    return store.backup(file);
  };
  /** Writes two turns of each person, the second one with a send. */
  const write = async (store: Store, person: string) => {
    await store.contacts.resolve([`whatsapp:${person}`], person);
    await store.sessions.commit(aCommit(person, 0));
    await store.sessions.commit(aCommit(person, 1, { effects: [aSend(person, 2, 1, 'x'.repeat(3_000))] }));
  };
  const people = async (store: Store) => {
    const found: string[] = [];
    for (;;) {
      const after = found.at(-1);
      const page = await store.sessions.list({ limit: 200, ...(after === undefined ? {} : { after }) });
      found.push(...page.map(({ state }) => state.id));
      if (page.length < 200) return found;
    }
  };

  it('made while turns are written holds the store at one moment: everything accepted before, and no turn in part', async () => {
    const [file, copy] = [place('store'), place('copy')];
    const store = await open(file);
    const before = Array.from({ length: 300 }, (_, i) => `before${String(i).padStart(4, '0')}`);
    await Promise.all(before.map((person) => write(store, person)));
    let isDone = false;
    const made = backUp(store, copy).finally(() => {
      isDone = true;
    });
    let during = 0;
    while (!isDone) {
      during += 1;
      await Promise.all(Array.from({ length: 20 }, (_, i) => write(store, `during${String(during).padStart(5, '0')}x${i}`)));
    }
    const outcome = await made;
    expect(outcome).to.include({ kind: 'done', bytes: statSync(copy).size });
    expect(during, 'nothing was written meanwhile').to.be.greaterThan(1);
    expect([existsSync(`${copy}.part`), existsSync(`${copy}-wal`)]).to.deep.equal([false, false]);

    const restored = await open(copy);
    const there = await people(restored);
    expect(there).to.include.members(before);
    for (const person of there) {
      const [session, turns] = [await restored.sessions.load(person), await restored.turns.list(person, { limit: 5 })];
      expect(turns.map(({ turn }) => turn)).to.deep.equal(session?.revision === 1 ? [1] : [1, 2]);
      expect(session?.effects.length).to.equal(turns.length - 1);
      expect(await restored.contacts.find(`whatsapp:${person}`)).to.equal(person);
    }
    await write(restored, 'afterwards');
    await restored.close();

    await write(store, 'afterwards');
    expect(await people(store)).to.have.length(before.length + during * 20 + 1);
    await store.close();
    const again = await open(file);
    expect(await people(again)).to.have.length(before.length + during * 20 + 1);
    await again.close();
  });

  it('leaves the file locked for other processes', async () => {
    const file = place('locked');
    const store = await open(file);
    await write(store, 'somebody');
    expect((await backUp(store, place('copy'))).kind).to.equal('done');
    const module = new URL('../../src/store/embedded/open.js', import.meta.url).href;
    const script = `const { openEmbeddedStore } = await import(${JSON.stringify(module)});
      await openEmbeddedStore({ file: ${JSON.stringify(file)} }, { debug() {} }).then(() => console.log('open'), ({ code }) => console.log(code));
      process.exit();`;
    const second = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(second.stdout.trim()).to.equal('store/in-use');
    await store.close();
  });

  it('is refused with a reason if the file exists, the folder does not, another backup is running, or the store is in memory', async () => {
    const store = await open(place('refusing'));
    const taken = place('taken');
    writeFileSync(taken, 'mine');
    const wordsOf = (outcome: BackupOutcome) => (outcome.kind === 'refused' ? outcome.reason : outcome.kind);
    expect(wordsOf(await backUp(store, taken))).to.equal('the file exists already');
    expect(wordsOf(await backUp(store, join(folder, 'nowhere', 'copy.db')))).to.equal('the file could not be copied: ENOENT');
    const twice = await Promise.all([backUp(store, place('one')), backUp(store, place('two'))]);
    expect(twice.map(wordsOf)).to.deep.equal(['done', 'another backup is running']);
    await store.close();
    const inMemory = await open(':memory:');
    expect(wordsOf(await backUp(inMemory, place('memory')))).to.equal('the store is in memory only');
    await inMemory.close();
  });

  it('is aborted when the store closes, and leaves no file behind', async () => {
    const [file, copy] = [place('closing'), place('copy')];
    const store = await open(file);
    await write(store, 'somebody');
    const made = backUp(store, copy);
    await store.close();
    expect((await made).kind).to.equal('refused');
    expect([existsSync(copy), existsSync(`${copy}.part`)]).to.deep.equal([false, false]);
    const again = await open(file);
    expect(await people(again)).to.deep.equal(['somebody']);
    await again.close();
  });

  it('does not exist for MongoDB, which has mongodump', async () => {
    for (const { name, open: openOne } of bothStores) {
      const own = await openOne();
      expect(own.store.backup !== undefined, name).to.equal(name === 'embedded');
      await own.drop();
    }
  });
});
