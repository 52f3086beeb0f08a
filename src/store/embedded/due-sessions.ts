import type { IsoTime } from '../../contract/index.js';
import type { QueueState } from '../../contract/store/index.js';
import { queueStateOf, queueUpTo, timeIn, wakeKey, wakesUpTo } from '../due-keys.js';
import type { Statement } from './database.js';
import type { SessionWork } from './session-records.js';
import { SHARD } from './session-row.js';
import { FIRST_QUEUE, OLD_WAKES } from './upgrade-rows.js';

/** Keys of earlier releases are times alone. They are asked for as well until all are moved. */
export function dueWakes({ sql }: SessionWork, now: IsoTime, limit: number): readonly string[] {
  const { above, upTo } = wakesUpTo(SHARD, now);
  const old = sql.dueWakes.all(OLD_WAKES, now, limit);
  return [...old, ...sql.dueWakes.all(above, upTo, limit)].slice(0, limit).map(({ id }) => String(id));
}

export function postponeWake({ sql, group }: SessionWork, id: string, until: IsoTime): Promise<void> {
  const key = wakeKey(SHARD, until);
  return group.write(() => {
    sql.postponeWake.run(key, id, key);
    sql.postponeOldWake.run(key, id, OLD_WAKES, until);
  });
}

export function nextWake({ sql }: SessionWork, before: IsoTime): IsoTime | undefined {
  const { above, upTo } = wakesUpTo(SHARD, before);
  const key = sql.nextWake.all(OLD_WAKES, before)[0]?.['key'] ?? sql.nextWake.all(above, upTo)[0]?.['key'];
  return typeof key === 'string' ? timeIn(key) : undefined;
}

export function queues({ sql }: SessionWork): readonly QueueState[] {
  return [...firstKeys(sql.nextSend), ...firstKeys(sql.nextCall)].map(queueStateOf);
}

/** Yields the first key of each queue, asked for by a statement that finds the next key above another. */
export function* firstKeys(next: Statement): Generator<string> {
  for (let above = FIRST_QUEUE; ; ) {
    const key = next.all(above)[0]?.['key'];
    if (typeof key !== 'string') return;
    yield key;
    above = queueUpTo(queueStateOf(key).queue, SHARD).upTo;
  }
}
