import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { silentLog } from '../../src/contract/host/index.js';
import type { Store } from '../../src/contract/store/index.js';
import { openDatabase } from '../../src/store/embedded/database.js';
import { type Exported, exportRows } from '../../src/store/embedded/export-rows.js';
import { migrate as migrateTables } from '../../src/store/embedded/schema.js';
import { takeOver } from '../../src/store/mongo/take-over.js';
import { openStore } from '../../src/store/open-store.js';
import { dropDatabase, ownDatabase } from '../support/both-stores.js';
import { runCommand } from '../support/run-command.js';

/** A data file in which people stand everywhere: see test/fixtures/stores/make.mjs. */
const FILE = resolve(import.meta.dirname, '../../../test/fixtures/stores/0a8c91a/parley.db');

describe('parley migrate', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-migrate-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('wants to know where to', async () => {
    for (const to of [[], ['--to', 'localhost'], ['--to', 'postgres://localhost/x'], ['--to', 'x mongodb://localhost']]) {
      const { code, err } = await runCommand(['migrate', '--from', folder, ...to]);
      expect([code, err.split('\n')[0]]).to.deep.equal([2, 'parley migrate: --to needs the address of a MongoDB: mongodb://…']);
    }
  });

  it('says when there is no data file', async () => {
    const { code, err } = await runCommand(['migrate', '--from', folder, '--to', 'mongodb://127.0.0.1:9/x']);
    expect([code, err]).to.deep.equal([1, `parley migrate: there is no data file: ${join(folder, 'parley.db')}\n`]);
  });

  if (process.env['MONGODB_URL'] !== undefined)
    describe('on MongoDB', () => {
      let url: string;
      beforeEach(() => {
        url = ownDatabase();
        copyFileSync(FILE, join(folder, 'parley.db'));
      });
      afterEach(() => dropDatabase(url));
      const migrate = () => runCommand(['migrate', '--from', folder, '--to', url]);

      it('carries everything over: people and what they are in the middle of, flows, channels, keys, logs', async () => {
        const { code, out, err } = await migrate();
        expect([code, err]).to.deep.equal([0, '']);
        expect(out).to.match(/^sessions: 7$/m);
        const from = await openStore({ dataDir: folder }, silentLog);
        const to = await openStore({ mongodbUrl: url, dataDir: '' }, silentLog);
        expect(await seenOf(to)).to.deep.equal(await seenOf(from));
        await Promise.all([from.close(), to.close()]);
      });

      it('goes on after an interruption, and takes nothing of another file into the same database', async () => {
        const connection = await mongoose.createConnection(url).asPromise();
        const db = openDatabase(join(folder, 'parley.db'), 'FULL');
        migrateTables(db);
        const now = '2026-11-29T10:00:00.000Z';
        const take = (pages: Iterable<Exported>, origin = 'this file') => takeOver(connection, pages, { origin, now });
        expect(await refusal(take(brokenOff(exportRows(db), 5)))).to.match(/cannot be reached/);
        expect(await refusal(take(exportRows(db), 'another file'))).to.match(/holds data of another origin/);
        expect(await take(exportRows(db))).to.include({ sessions: 7, flows: 4, channels: 2 });
        expect(await connection.collection('sessions').countDocuments({ state: { $ne: '' } })).to.equal(7);
        expect(await refusal(take(exportRows(db)))).to.match(/holds data of another origin/);
        db.close();
        await connection.close();
      });
    });
});

function* brokenOff(pages: Iterable<Exported>, after: number): Generator<Exported> {
  let page = 0;
  for (const one of pages) {
    if (page === after) throw new Error('the cable was pulled');
    page += 1;
    yield one;
  }
}

function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'it was taken',
    (error: Error) => error.message,
  );
}

async function definitionsOf(store: Store, code: string): Promise<readonly object[]> {
  const versions = await store.flows.versions(code, { limit: 100 });
  return Promise.all(versions.map(async (summary) => ({ summary, version: await store.flows.version(code, summary.version) })));
}

/** What a host would see of a store, without the time at which leases came free. */
async function seenOf(store: Store): Promise<object> {
  const sessions = await store.sessions.list({ limit: 100 });
  const people = await Promise.all(
    sessions.map(async ({ state, status }) => ({
      state,
      status,
      effects: (await store.sessions.load(state.id))?.effects.map(({ effect, attempts }) => ({ effect, attempts })),
      turns: await store.turns.list(state.id, { limit: 100 }),
      identities: await Promise.all(state.contact.identities.map((one) => store.contacts.find(one))),
    })),
  );
  const flows = await store.flows.list({ limit: 100 });
  return {
    people,
    flows,
    versions: await Promise.all(flows.map(({ flow: { code } }) => definitionsOf(store, code))),
    online: (await store.flows.online()).map(({ flow }) => flow.code),
    channels: await store.channels.list({ limit: 100 }),
    keys: await store.keys.list({ limit: 100 }),
    audit: await store.audit.list({ limit: 100 }),
    dead: await store.deliveries.dead({ limit: 100 }),
    waiting: await store.sessions.waiting(),
    start: await store.starts.get('choose:fixture-choose-4'),
    secret: await store.meta.get('linkSecret'),
  };
}
