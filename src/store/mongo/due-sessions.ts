import type { mongo } from 'mongoose';
import type { IsoTime } from '../../contract/index.js';
import type { Queue, QueueState } from '../../contract/store/index.js';
import { type DueKeys, type KeyRange, wakeKey, wakesUpTo } from '../due-keys.js';
import { orAway } from './connection.js';
import type { SessionDocument } from './session-document.js';
import type { SessionWork } from './session-records.js';
import { SHARDS, shardOf } from './shards.js';

/** How many keys are read to find the earliest. */
const MAX_KEYS = 200;

/** Documents of earlier releases have `wakeAt`. They are asked for as well until all are moved. */
export async function dueWakes({ sessions }: SessionWork, now: IsoTime, limit: number): Promise<readonly string[]> {
  const list = (filter: object) =>
    sessions
      .find(filter as mongo.Filter<SessionDocument>, { projection: { _id: 1 } })
      .limit(limit)
      .toArray();
  return orAway(async () => {
    const [old, due] = await Promise.all([list({ wakeAt: { $lte: now } }), list(keyIn('wakeKey', (shard) => wakesUpTo(shard, now)))]);
    return [...old, ...due].slice(0, limit).map(({ _id }) => _id);
  });
}

export async function postponeWake({ sessions }: SessionWork, id: string, until: IsoTime): Promise<void> {
  const key = wakeKey(shardOf(id), until);
  const filter = { _id: id, $or: [{ wakeKey: { $lt: key } }, { wakeAt: { $lt: until } }] } as mongo.Filter<SessionDocument>;
  await orAway(() => sessions.updateOne(filter, { $set: { wakeKey: key }, $unset: { wakeAt: '' } }));
}

export async function nextWake({ sessions }: SessionWork, before: IsoTime): Promise<IsoTime | undefined> {
  const ranges = keyIn('wakeKey', (shard) => wakesUpTo(shard, before));
  const found = await orAway(() =>
    sessions
      .find(ranges as mongo.Filter<SessionDocument>, { projection: { wakeKey: 1 } })
      .limit(MAX_KEYS)
      .toArray(),
  );
  const times = found.flatMap(({ wakeKey: key }) => (key === undefined ? [] : [key.slice(key.lastIndexOf('|') + 1)]));
  return times.sort().find((time) => time < before);
}

export async function queues({ sessions }: SessionWork): Promise<readonly QueueState[]> {
  const [sends, calls] = await orAway(() => Promise.all([queuesBy(sessions, 'dueKey'), queuesBy(sessions, 'callKey')]));
  return [...sends, ...calls].map(({ _id, dueAt }) => ({ queue: _id, dueAt }));
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

/** Returns a filter for keys that lie in a range of any shard. Begins with another shard each time, so that none always comes last. */
export function keyIn(field: keyof DueKeys, rangeOf: (shard: string) => KeyRange): object {
  const first = Math.floor(Math.random() * SHARDS.length);
  const shards = [...SHARDS.slice(first), ...SHARDS.slice(0, first)];
  return {
    $or: shards.map((shard) => {
      const { above, upTo } = rangeOf(shard);
      return { [field]: { $gt: above, $lte: upTo } };
    }),
  };
}
