import type { mongo } from 'mongoose';
import type { IsoTime } from '../../contract/index.js';
import type { Queue, QueueState } from '../../contract/store/index.js';
import { type DueKeys, type KeyRange, timeIn, wakeKey, wakesUpTo } from '../due-keys.js';
import { orAway } from './connection.js';
import type { SessionDocument } from './session-document.js';
import type { SessionWork } from './session-records.js';
import { SHARDS, shardOf } from './shards.js';

/** How many keys are read to find the earliest. */
const MAX_KEYS = 200;

/** Documents of earlier releases have `wakeAt`. They are asked for as well until all are moved. */
export async function dueWakes({ sessions }: SessionWork, now: IsoTime, limit: number): Promise<readonly string[]> {
  const olds = sessions.find({ wakeAt: { $lte: now } }, { projection: { _id: 1 } }).limit(limit);
  const dues = findInShards(sessions, { field: 'wakeKey', rangeOf: (shard) => wakesUpTo(shard, now), limit, project: { _id: 1 } });
  const [old, due] = await orAway(() => Promise.all([olds.toArray(), dues.toArray()]));
  return [...old, ...due].slice(0, limit).map(({ _id }) => _id);
}

export async function postponeWake({ sessions }: SessionWork, id: string, until: IsoTime): Promise<void> {
  const key = wakeKey(shardOf(id), until);
  const filter = { _id: id, $or: [{ wakeKey: { $lt: key } }, { wakeAt: { $lt: until } }] } as mongo.Filter<SessionDocument>;
  await orAway(() => sessions.updateOne(filter, { $set: { wakeKey: key }, $unset: { wakeAt: '' } }));
}

export async function nextWake({ sessions }: SessionWork, before: IsoTime): Promise<IsoTime | undefined> {
  const rangeOf = (shard: string) => wakesUpTo(shard, before);
  const keys = findInShards(sessions, { field: 'wakeKey', rangeOf, limit: MAX_KEYS, project: { wakeKey: 1 } });
  const found = await orAway(() => keys.toArray());
  const times = found.flatMap(({ wakeKey: key }) => (key === undefined ? [] : [timeIn(key)]));
  return times.sort().find((time) => time < before);
}

/** If more is due than this, the list of queues is kept for some time, because all that is due has to be counted for it. */
const MANY = 1_000;
/** It is kept for this many times as long as it took, but not longer than `MAX_KEPT` milliseconds. */
const TIMES = 10;
const MAX_KEPT = 5_000;

/** Lists the queues that are not empty. */
export function createQueues(sessions: SessionWork['sessions']): () => Promise<readonly QueueState[]> {
  let known: readonly QueueState[] = [];
  let until = 0;
  return async () => {
    const began = performance.now();
    if (began < until) return known;
    const counted = (await orAway(() => Promise.all([queuesBy(sessions, 'dueKey'), queuesBy(sessions, 'callKey')]))).flat();
    known = counted.map(({ _id, dueAt }) => ({ queue: _id, dueAt }));
    const now = performance.now();
    if (counted.some(({ depth }) => depth > MANY)) until = now + Math.min(MAX_KEPT, (now - began) * TIMES);
    return known;
  };
}

interface Counted {
  readonly _id: Queue;
  readonly dueAt: IsoTime;
  readonly depth: number;
}
/** The end of a key: the shard and the time. */
const SHARD_AND_TIME = '|00|2026-11-30T09:00:00.000Z'.length;
const TIME = '2026-11-30T09:00:00.000Z'.length;

/** Counts the sessions in each queue, by the index of its keys. */
export function queuesBy(
  sessions: SessionWork['sessions'],
  field: 'dueKey' | 'callKey',
  options: mongo.AggregateOptions = {},
): Promise<Counted[]> {
  const length = { $strLenBytes: `$${field}` };
  const queue = { $substrBytes: [`$${field}`, 0, { $subtract: [length, SHARD_AND_TIME] }] };
  const time = { $substrBytes: [`$${field}`, { $subtract: [length, TIME] }, TIME] };
  return sessions
    .aggregate<Counted>([{ $match: { [field]: { $gt: '' } } }, { $group: { _id: queue, depth: { $sum: 1 }, dueAt: { $min: time } } }], {
      ...options,
      hint: { [field]: 1 },
    })
    .toArray();
}

/** What is looked for in every shard: at most `limit` documents whose key lies in the range of their shard. */
export interface InShards {
  readonly field: keyof DueKeys;
  readonly rangeOf: (shard: string) => KeyRange;
  readonly limit: number;
  readonly project: Readonly<Record<string, 0 | 1>>;
}

/**
 * Finds documents by their keys, one shard after the other in a single operation, until there are enough. Each part is a range of one index;
 * an `$or` over the ranges is not (a server may read the whole collection for it). It does not sort: MongoDB reads an index in its order,
 * and a server that does not would have to sort everything that is due. Begins with another shard each time, so that none always comes last.
 */
export function findInShards(
  sessions: SessionWork['sessions'],
  { field, rangeOf, limit, project }: InShards,
): mongo.AggregationCursor<SessionDocument> {
  const partOf = (shard: string) => {
    const { above, upTo } = rangeOf(shard);
    return [{ $match: { [field]: { $gt: above, $lte: upTo } } }, { $limit: limit }, { $project: project }];
  };
  const begin = Math.floor(Math.random() * SHARDS.length);
  const [first = '', ...others] = [...SHARDS.slice(begin), ...SHARDS.slice(0, begin)];
  const unions = others.map((shard) => ({ $unionWith: { coll: sessions.collectionName, pipeline: partOf(shard) } }));
  return sessions.aggregate<SessionDocument>([...partOf(first), ...unions, { $limit: limit }]);
}
