import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import Libsql from 'libsql';
import mongoose from 'mongoose';
import { silentLog } from '../../src/contract/host/index.js';
import { BUDGET } from '../../src/contract/index.js';
import { type Claim, PRUNABLE, type Store, type TurnCommit } from '../../src/contract/store/index.js';
import { openStore } from '../../src/store/open-store.js';
import { dropDatabase, ownDatabase } from '../support/both-stores.js';
import { aCall, aCommit, aFlow, aSend, aSession, at } from '../support/builders.js';
import { countOperations, type Operation } from '../support/count-operations.js';

const PEOPLE = 2_000;

/** Statements that need no plan, that are about tables with few rows, or that only the start of a host runs. */
const MAY_SCAN: readonly RegExp[] = [
  /^(EXPLAIN|PRAGMA) /,
  / FROM (flows|versions|channels|keys|audit|meta)\b/,
  / UNION SELECT session FROM due_calls/,
];

/** Whatever a plan calls a scan of a whole collection: MongoDB, and PostgreSQL behind FerretDB. */
const SCANS: readonly string[] = ['COLLSCAN', 'Seq Scan'];

describe('the queries of the stores are answered by indexes', () => {
  it('on SQLite', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-plans-'));
    const { prepare } = Libsql.prototype;
    const prepared = new Map<string, Libsql.Database>();
    Libsql.prototype.prepare = function (this: Libsql.Database, sql: string) {
      prepared.set(sql, this);
      return prepare.call(this, sql);
    } as never;
    const store = await openStore({ dataDir: folder }, silentLog);
    try {
      await useAll(store);
      Libsql.prototype.prepare = prepare;
      const plans = [...prepared]
        .filter(([sql]) => !MAY_SCAN.some((may) => may.test(sql)))
        .map(([sql, db]) => [sql, planOf(db, sql)] as const);
      expect(plans.length).to.be.greaterThan(50);
      const scans = plans.filter(([, plan]) => /SCAN (?!CONSTANT ROW)(?!.* USING (COVERING )?INDEX)/.test(plan));
      expect(scans.map(([sql, plan]) => `${plan}: ${sql}`)).to.deep.equal([]);
    } finally {
      Libsql.prototype.prepare = prepare;
      await store.close();
      rmSync(folder, { recursive: true });
    }
  });

  if (process.env['MONGODB_URL'] !== undefined)
    it('on MongoDB', async function () {
      this.timeout(120_000);
      const url = ownDatabase();
      const operations = countOperations();
      const store = await openStore({ mongodbUrl: url, dataDir: '' }, silentLog);
      await useAll(store);
      operations.stop();
      await store.close();
      const connection = await mongoose.createConnection(url).asPromise();
      const scans: string[] = [];
      const queries = new Map(operations.all.flatMap(queriesOf).map((query) => [shapeOf(query), query]));
      for (const [shape, explain] of queries) {
        const plan = await connection.db?.command({ explain, verbosity: 'queryPlanner' });
        if (SCANS.some((scan) => JSON.stringify(plan).includes(`"${scan}"`))) scans.push(shape);
      }
      await connection.close();
      await dropDatabase(url);
      expect(queries.size).to.be.greaterThan(50);
      expect(scans).to.deep.equal([]);
    });
});

/** Returns what SQLite says about how it answers a statement. */
function planOf(db: Libsql.Database, sql: string): string {
  const values = sql
    .split('?')
    .slice(1)
    .map(() => '');
  const steps = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as readonly { readonly detail: string }[];
  return steps.map(({ detail }) => detail).join('; ');
}

/** Collections of which a host has few documents, or that it reads as a whole. */
const FEW: readonly string[] = ['flows', 'versions', 'channels', 'keys', 'audit', 'meta', 'counters'];

/** Returns the queries of an operation; those of its updates and removals, too. */
function queriesOf({ name, command }: Operation): readonly mongoose.mongo.Document[] {
  const collection = command[name];
  if (FEW.includes(collection)) return [];
  const find = (filter: object, limit?: number) => ({ find: collection, filter, ...(limit === undefined ? {} : { limit }) });
  if (name === 'update') return command['updates'].map((one: { q: object }) => find(one.q));
  if (name === 'delete') return command['deletes'].map((one: { q: object }) => find(one.q));
  if (name !== 'find' && name !== 'aggregate') return [];
  const { lsid: _, $db: __, $clusterTime: ___, txnNumber: ____, ...query } = command;
  return [query];
}

/** Returns a query without its values, so that each kind is explained once. */
function shapeOf(query: mongoose.mongo.Document): string {
  return JSON.stringify(query, (key, value) => {
    if (Array.isArray(value) && ['$in', '$nin'].includes(key)) return '?';
    return typeof value === 'string' && !value.startsWith('$') && !['find', 'aggregate', 'coll'].includes(key) ? '?' : value;
  });
}

/** Does with a store whatever a host does with it regularly. */
async function useAll(store: Store): Promise<void> {
  const { sessions, contacts, deliveries, turns, starts, flows, retention } = store;
  const committed = await Promise.all(Array.from({ length: PEOPLE }, (_, i) => sessions.commit(aTurn(i))));
  const claims = committed.flatMap((one) => (typeof one === 'string' ? [] : one.claims));
  await Promise.all(claims.map((claim, i) => settle(store, claim, i)));
  const [one, other, third] = [idOf(1), idOf(2), idOf(3)];
  for (const id of [one, other, third]) await contacts.resolve([`whatsapp:${id}`, `phone:${id}`], id);
  const start = { key: 'note:1', hash: 'h', session: one, run: 'r', at: at(1) };

  for (const next of [aTurn(1, 1), { ...aTurn(2, 1), adopts: third }]) await sessions.commit(next);
  // So many that whether an event was taken is looked up in the log of turns.
  for (let base = 1; base < BUDGET.seen + 3; base += 1) await sessions.commit(aCommit(idOf(5), base));
  await sessions.commit(aCommit(idOf(5), BUDGET.seen + 3, { event: 'new', eventTime: at(1) }));
  await Promise.all([one, other].map((id) => sessions.load(id)));
  for (const queue of ['reply|wa', 'campaign|wa', 'call|test'] as const) await sessions.claimMany(at(99), { queue, max: 50 });
  await sessions.claim(at(9_999), { session: one });
  await sessions.queues();
  await sessions.dueWakes(at(5_000), 100);
  await sessions.nextWake(at(5_000));
  await sessions.postponeWake(one, at(9_999));
  for (const query of [{}, { after: one }, { flow: 'f1' }, { status: 'waiting' }, { flow: 'f1', status: 'waiting', after: one }] as const)
    await sessions.list({ limit: 50, ...query });
  for (const query of [{ status: 'operator' }, { queue: 'q1' }, { status: 'operator', queue: 'q1', flow: 'f1', after: one }] as const)
    await sessions.list({ limit: 50, ...query });
  await sessions.list({ limit: 1, contact: one });
  while (await store.upgrade());
  for (const query of [
    { text: 'ada 1' },
    { text: '+49 151' },
    { group: 'vip' },
    { group: 'vip', text: 'ada' },
    { fields: { city: 'x' } },
  ] as const)
    for (const page of [{}, { after: one }]) expect(await sessions.findContacts({ limit: 50, ...query, ...page })).to.be.an('array');
  expect(await sessions.countGroups({ limit: 50 })).to.deep.include({ code: 'vip', members: PEOPLE / 100 });
  await sessions.positions('f1');
  await sessions.waiting();
  await sessions.census();
  await sessions.samePerson(one);

  await contacts.owners([`whatsapp:${one}`]);
  await contacts.give([`whatsapp:${one}`], one, other);
  await contacts.move(other, third);

  await turns.list(one, { limit: 10 });
  await turns.byEvent(one, 'e1');
  await turns.results({ flow: 'f1', limit: 10 });

  const receipt = { channel: 'wa', providerId: 'w1', status: 'read', at: at(5) } as const;
  await deliveries.record(receipt);
  await deliveries.record({ ...receipt, providerId: 'unknown', effectId: `${one}.1.1` });
  await deliveries.effectOf('wa', 'w1');
  await deliveries.of([`${one}.1.1`, `${other}.1.1`]);
  await deliveries.dead({ limit: 10 });
  await deliveries.dead({ limit: 10, after: at(0), channel: 'wa' });
  await deliveries.isDead(`${one}.1.1`);
  await deliveries.revive(`${one}.1.1`);

  await starts.putIfAbsent(start);
  await starts.get(start.key);
  await starts.answer(start.key, {}, one);
  await starts.remove(start.key, start.run);

  const signIn = { hash: 'h1', key: 'k1', createdAt: at(1), until: at(9) };
  await store.signIns.create(signIn);
  await store.signIns.find(signIn.hash);
  await store.signIns.extend(signIn.hash, at(10));
  await store.signIns.remove(signIn.hash);
  await store.signIns.removeOf(signIn.key);

  const file = { id: 'm1', session: one, channel: 'wa', at: at(1), state: 'waiting', size: 0, tries: 0, due: at(2) } as const;
  await store.media.add(file);
  await store.media.due(at(3), 4);
  await store.media.putPart('m1', 0, Buffer.from('a'));
  await store.media.update({ ...file, due: at(4) }, at(2));
  await store.media.part('m1', 0);
  await store.media.bytes();
  await store.media.bytes(one);
  await store.media.oldest();
  await store.media.oldest(one);
  await store.media.drop('m1', 'media/no-room');

  await flows.create({ definition: aFlow('f1'), at: at(1), by: 'Ada' });
  for (let base = 1; base < 60; base += 1) await flows.saveDraft('f1', { definition: aFlow('f1'), base, at: at(base), by: 'Ada' });
  await flows.earlierDrafts('f1');
  for (const sort of ['code', '-name', 'updatedAt'] as const) await flows.list({ limit: 10, sort });
  await flows.earlierDraft('f1', 2);
  await flows.remove('f1');

  await sessions.forget(third, at(5));
  for (const part of [contacts, turns, deliveries, starts, store.media]) await part.forget(third);
  for (const what of PRUNABLE) await retention.prune(what, at(99_999));
  await store.upgrade();
}

/** A turn of a person, who waits at a node and has something to be sent or called. */
function aTurn(i: number, base = 0): TurnCommit {
  const id = idOf(i);
  const effect = i % 7 === 0 ? aCall(id, base + 1, 1) : aSend(id, base + 1, 1);
  const { journal } = aCommit(id, base);
  const { contact, ...rest } = aSession(id, { turn: base + 1 });
  return aCommit(id, base, {
    state: { ...rest, contact: { ...contact, groups: i % 100 === 0 ? [{ group: 'vip', since: at(0) }] : [] } },
    effects: [effect],
    // The turns before such a one may be removed when it is old.
    journal: { ...journal, before: aSession(id) },
    index: {
      status: 'waiting',
      positions: [`f${i % 9}@1#ask`],
      wakeAt: at(1_000 + i * 10),
      ...(i % 100 === 0 ? { queue: `q${i % 3}` } : {}),
    },
    ...(i % 2 === 0 ? { hasRoom: () => false } : {}),
  });
}

function idOf(i: number): string {
  return `s${String(i).padStart(9, '0')}`;
}

async function settle({ sessions }: Store, claim: Claim, i: number): Promise<void> {
  const effect = claim.effect.effect.id;
  if (i % 3 === 0) await sessions.settle(at(2), claim, [{ effect, outcome: 'dead', error: { code: 'x', kind: 'rejected', message: '' } }]);
  else await sessions.settle(at(2), claim, [{ effect, outcome: 'done', receipt: { ok: true, providerIds: [`w${i}`] } }]);
}
