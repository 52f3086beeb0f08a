import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import mongoose from 'mongoose';
import type { ContactFilter } from '../../src/contract/contact-filter.js';
import { silentLog } from '../../src/contract/host/index.js';
import type { Contact, SessionState } from '../../src/contract/index.js';
import type { Store } from '../../src/contract/store/index.js';
import { findContacts } from '../../src/manage/find-contacts.js';
import { listGroups } from '../../src/manage/groups.js';
import { openDatabase } from '../../src/store/embedded/database.js';
import { migrate } from '../../src/store/embedded/schema.js';
import { positionText, restOf } from '../../src/store/embedded/session-row.js';
import { dataFile, migrateStore } from '../../src/store/migrate-store.js';
import { fieldsOf } from '../../src/store/mongo/session-document.js';
import { openStore } from '../../src/store/open-store.js';
import { planCommit } from '../../src/store/plan-commit.js';
import type { SessionRecord } from '../../src/store/session-record.js';
import { dropDatabase, ownDatabase } from '../support/both-stores.js';
import { aCall, aCommit, aSend, aSession, at } from '../support/builders.js';

/** More than two slices. */
const SESSIONS = 1_200;
const SENDS = SESSIONS / 3;
const CALLS = SESSIONS / 4;
/** The last schema of data files before sessions had keys. */
const OLD_SCHEMA = 7;
const LATER = at(90_000);
const idOf = (i: number) => `old${String(i).padStart(4, '0')}`;
const ALL = Array.from({ length: SESSIONS }, (_, i) => idOf(i));

/** Releases before December 2026 stored the codes of groups alone. */
const VIP = ['vip'] as never;

function withContact({ contact, ...state }: SessionState, more: Partial<Contact>): SessionState {
  return { ...state, contact: { ...contact, ...more } };
}

/** A session as an earlier release has planned it: it waits until `at(1_000 + i)`; every third has a send that is due, every fourth a call. */
function oldRecord(i: number): SessionRecord {
  const id = idOf(i);
  const effects = [...(i % 3 === 0 ? [aSend(id, 1, 1)] : []), ...(i % 4 === 0 ? [aCall(id, 1, 2)] : [])];
  const index = { status: 'waiting', positions: ['flow@1#ask'], wakeAt: at(1_000 + i) } as const;
  const state = withContact(aSession(id, { turn: 1 }), { name: `Person ${i}`, ...(i % 10 === 0 ? { groups: VIP } : {}) });
  const planned = planCommit(undefined, aCommit(id, 0, { state, effects, index, hasRoom: () => false }), { newToken: () => 'none' });
  if (typeof planned === 'string') throw new Error(planned);
  return planned.record;
}

/** What an earlier release found a session by: the first time at which something of it is due. */
function oldDue({ effects, updatedAt }: SessionRecord): readonly [dueAt: string, channel: string, lane: string] | undefined {
  const [first] = effects;
  if (!first) return undefined;
  return first.effect.body.kind === 'send' ? [updatedAt, 'wa', 'reply'] : [updatedAt, '', ''];
}

function fillFile(folder: string): void {
  const db = openDatabase(dataFile(folder), 'NORMAL');
  migrate(db, OLD_SCHEMA);
  const insert = db.prepare(
    `INSERT INTO sessions (id, rev, revision, state, rest, wake_at, due_at, due_channel, due_lane, status, positions, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?, ?)`,
  );
  db.exec('BEGIN');
  for (let i = 0; i < SESSIONS; i += 1) {
    const record = oldRecord(i);
    const { id, rev, revision, state, index, updatedAt } = record;
    const due = oldDue(record) ?? [null, null, null];
    insert.run(id, rev, revision, state, restOf(record), index.wakeAt ?? null, ...due, positionText(record), updatedAt);
  }
  db.exec('COMMIT');
  db.close();
}

async function fillDatabase(url: string): Promise<void> {
  const connection = await mongoose.createConnection(url).asPromise();
  const sessions = connection.collection('sessions');
  await sessions.createIndex({ dueChannel: 1, dueLane: 1, dueAt: 1 }, { sparse: true });
  const documents = ALL.map((_id, i) => {
    const record = oldRecord(i);
    const { wakeKey: _, dueKey: __, callKey: ___, ...fields } = fieldsOf(record).set;
    const [dueAt, dueChannel, dueLane] = oldDue(record) ?? [];
    const due = dueAt === undefined ? {} : { dueAt, ...(dueChannel ? { dueChannel, dueLane } : {}) };
    return { _id, ...fields, wakeAt: record.index.wakeAt, ...due, journal: [] };
  });
  await sessions.insertMany(documents as never);
  await connection.close();
}

interface Older {
  readonly store: Store;
  drop(): Promise<void>;
}

async function olderFile(): Promise<Older> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-upgrade-'));
  fillFile(folder);
  const store = await openStore({ dataDir: folder }, silentLog);
  return {
    store,
    async drop() {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function olderDatabase(): Promise<Older & { readonly url: string }> {
  const url = ownDatabase();
  await fillDatabase(url);
  const store = await openStore({ mongodbUrl: url, dataDir: '' }, silentLog);
  return {
    url,
    store,
    async drop() {
      await store.close();
      await dropDatabase(url);
    },
  };
}

/** Claims everything in a queue, and returns the sessions of it. */
async function claimAll({ sessions }: Store, queue: 'reply|wa' | 'call|test'): Promise<readonly string[]> {
  const claimed: string[] = [];
  for (;;) {
    const claims = await sessions.claimMany(at(5), { queue, max: 100 });
    claimed.push(...claims.map(({ session }) => session));
    if (claims.length < 100) return claimed;
  }
}

async function contactsIn(store: Store, filter: ContactFilter): Promise<readonly string[]> {
  return (await findContacts({ store }, { limit: 50, ...filter })).items.map(({ state }) => state.id);
}

async function rename({ sessions }: Store, id: string, name: string): Promise<void> {
  const { state, revision } = (await sessions.load(id)) ?? {};
  if (!state || revision === undefined) throw new Error(`there is no ${id}`);
  const { index } = oldRecord(Number(id.slice(3)));
  const renamed = withContact({ ...state, turn: revision + 1 }, { name });
  await sessions.commit(aCommit(id, revision, { event: `rename:${revision}`, state: renamed, index, hasRoom: () => false }));
}

const hasMongo = process.env['MONGODB_URL'] !== undefined;
const STORES: Readonly<Record<string, () => Promise<Older>>> = { SQLite: olderFile, ...(hasMongo ? { MongoDB: olderDatabase } : {}) };

for (const [name, open] of Object.entries(STORES))
  describe(`rows of an earlier release on ${name}`, () => {
    let older: Older;
    let store: Store;
    before(async () => {
      older = await open();
      store = older.store;
    });
    after(() => older.drop());

    it('are found by the ends of their waits before they are moved', async () => {
      expect(await store.sessions.dueWakes(at(1_009), 100)).to.have.members(ALL.slice(0, 10));
      expect(await store.sessions.dueWakes(at(1_099), 10)).to.have.length(10);
    });

    it('can be postponed and take turns before they are moved', async () => {
      await store.sessions.postponeWake(idOf(1), LATER);
      expect(await store.sessions.commit(aCommit(idOf(2), 1))).to.have.property('revision', 2);
      expect(await store.sessions.dueWakes(at(1_003), 10)).to.have.members([idOf(0), idOf(3)]);
    });

    it('are moved in slices, and a second time changes nothing', async () => {
      let slices = 0;
      expect(await store.sessions.findContacts({ text: 'person', limit: 1 })).to.equal(undefined);
      expect(await store.sessions.countGroups({ limit: 1 })).to.equal(undefined);
      do {
        slices += 1;
        // Meanwhile contacts are found as they are, those that change as well.
        for (const i of [7 * slices, SESSIONS - 7 * slices]) await rename(store, idOf(i), `New${slices}`);
        expect(await contactsIn(store, { text: `new${slices}` })).to.have.length(2);
        expect(await contactsIn(store, { text: 'person 1199' })).to.deep.equal([idOf(1_199)]);
        expect(await contactsIn(store, { group: 'vip', text: 'person 110' })).to.deep.equal([idOf(110), idOf(1_100), idOf(1_110)]);
      } while (await store.upgrade());
      expect(slices).to.be.at.least(4);
      expect(await store.upgrade()).to.equal(false);
      expect((await store.sessions.load(idOf(3)))?.revision).to.equal(1);
    });

    it('are found by what is known of their contacts afterwards, by the index', async () => {
      for (const [text, ids] of [
        ['new2', [idOf(14), idOf(SESSIONS - 14)]],
        ['person 119', ALL.filter((id, i) => id.includes('119') && i !== SESSIONS - 7)],
      ] as const)
        expect(
          (await store.sessions.findContacts({ text, limit: 50 }))?.map(({ state }) => state.id),
          text,
        ).to.deep.equal(ids);
      expect(await store.sessions.countGroups({ limit: 5 })).to.deep.equal([{ code: 'vip', members: SESSIONS / 10 }]);
      expect(await listGroups({ store }, {} as never, { limit: 5 })).to.deep.equal({
        done: { items: [{ code: 'vip', members: SESSIONS / 10 }] },
      });
    });

    it('are found by their waits, sends and calls afterwards, each once', async () => {
      const waiting = ALL.filter((id) => id !== idOf(2));
      expect(await store.sessions.dueWakes(LATER, 2 * SESSIONS)).to.have.members(waiting);
      expect(await store.sessions.dueWakes(at(1_003), 10)).to.have.members([idOf(0), idOf(3)]);
      expect((await store.sessions.queues()).map(({ queue }) => queue)).to.have.members(['reply|wa', 'call|test']);
      for (const [queue, count] of [
        ['reply|wa', SENDS],
        ['call|test', CALLS],
      ] as const) {
        const claimed = await claimAll(store, queue);
        expect([claimed.length, new Set(claimed).size], queue).to.deep.equal([count, count]);
      }
    });
  });

if (hasMongo)
  describe('rows of an earlier release', () => {
    it('are found on MongoDB after they were copied there from a file, moved before or not', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'parley-upgrade-'));
      const url = ownDatabase();
      fillFile(folder);
      const embedded = await openStore({ dataDir: folder }, silentLog);
      await embedded.upgrade();
      await embedded.close();
      await migrateStore({ dataDir: folder, mongodbUrl: url, now: at(0), log: silentLog });
      const store = await openStore({ mongodbUrl: url, dataDir: '' }, silentLog);
      expect(await store.sessions.dueWakes(LATER, 2 * SESSIONS)).to.have.members(ALL);
      expect(await claimAll(store, 'reply|wa')).to.have.length(SENDS);
      expect(await claimAll(store, 'call|test')).to.have.length(CALLS);
      const about = ALL.filter((id) => id.includes('77'));
      expect(await contactsIn(store, { text: 'person 77' })).to.deep.equal(about);
      while (await store.upgrade());
      expect(await store.sessions.findContacts({ text: 'person 77', limit: 50 })).to.have.length(about.length);
      await store.close();
      await dropDatabase(url);
      rmSync(folder, { recursive: true });
    });

    it('on MongoDB lose the index that is no longer used, and keys that a host of that release has left behind', async () => {
      const { url, store, drop } = await olderDatabase();
      while (await store.upgrade());
      const connection = await mongoose.createConnection(url).asPromise();
      const sessions = connection.collection('sessions');
      expect((await sessions.indexes()).map(({ name }) => name)).not.to.include('dueChannel_1_dueLane_1_dueAt_1');
      const without = { ...fieldsOf({ ...oldRecord(3), effects: [] }).set };
      await sessions.updateOne({ _id: idOf(3) as never }, { $set: { rev: 9, rest: without['rest'], state: without['state'] } });
      await connection.close();
      expect(await claimAll(store, 'reply|wa')).to.have.length(SENDS - 1);
      const left = (await store.sessions.queues()).find(({ queue }) => queue === 'reply|wa');
      // What is left are leases that have not ended.
      expect((left?.dueAt ?? '') > at(5)).to.equal(true);
      await drop();
    });
  });
