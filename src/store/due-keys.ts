import type { IsoTime } from '../contract/index.js';
import type { Queue, QueueState } from '../contract/store/index.js';
import { dueOf } from './due-of.js';
import type { SessionRecord } from './session-record.js';

/**
 * What a store finds due sessions by, each in an index of its own: texts such as `07|2026-11-30T09:00:00.000Z`, with the shard of the session
 * and the time. In `dueKey` and `callKey` the queue comes first: `reply|wa|07|2026-…`. So each question is a range of one index.
 */
export interface DueKeys {
  /** When a wait of the session ends. */
  readonly wakeKey?: string;
  /** The queue of its next send, and when that is due. */
  readonly dueKey?: string;
  /** The queue of its next call, and when that is due. */
  readonly callKey?: string;
}

/** A range of keys, without `above` and with `upTo`. */
export interface KeyRange {
  readonly above: string;
  readonly upTo: string;
}

/** Greater than every time. */
const EVER = '~';

export function dueKeysOf(record: SessionRecord, shard: string): DueKeys {
  const { wakeAt } = record.index;
  const { send, call } = dueOf(record);
  const keys: { -readonly [K in keyof DueKeys]: DueKeys[K] } = {};
  if (wakeAt !== undefined) keys.wakeKey = wakeKey(shard, wakeAt);
  if (send) keys.dueKey = queueKey(shard, send);
  if (call) keys.callKey = queueKey(shard, call);
  return keys;
}

export function wakeKey(shard: string, wakeAt: IsoTime): string {
  return `${shard}|${wakeAt}`;
}

function queueKey(shard: string, { queue, dueAt }: QueueState): string {
  return `${queue}|${shard}|${dueAt}`;
}

/** Returns the time that any of the keys holds. */
export function timeIn(key: string): IsoTime {
  return key.slice(key.lastIndexOf('|') + 1);
}

/** Returns the queue and the time that a `dueKey` or `callKey` holds. */
export function queueStateOf(key: string): QueueState {
  const time = key.lastIndexOf('|');
  const shard = key.lastIndexOf('|', time - 1);
  return { queue: key.slice(0, shard) as Queue, dueAt: timeIn(key) };
}

/** Returns the range of waits of a shard that end up to a time. */
export function wakesUpTo(shard: string, time: IsoTime): KeyRange {
  return { above: `${shard}|`, upTo: `${shard}|${time}` };
}

/** Returns the range of what is due in a queue up to a time, or ever. */
export function queueUpTo(queue: Queue, shard: string, time: IsoTime = EVER): KeyRange {
  return { above: `${queue}|${shard}|`, upTo: `${queue}|${shard}|${time}` };
}
