import { type Census, readQueue } from '../../contract/store/index.js';
import { queueStateOf, queueUpTo } from '../due-keys.js';
import { dueSince } from '../due-of.js';
import { countRange, STEP, type Step } from './count-range.js';
import { countWaiting } from './count-waiting.js';
import type { Database } from './database.js';
import { firstKeys } from './due-sessions.js';
import type { GroupCommit } from './group-commit.js';
import { inSteps } from './in-steps.js';
import { SHARD } from './session-row.js';

/** After a step, the host has this many times as long for everything else. */
const PAUSES = 3;

/**
 * Counts sessions and waiting sends by the indexes that exist. It counts in steps that take turns with the writes, so that it holds up no
 * turn and never reads a closed file. What changes meanwhile may be counted twice or not at all.
 */
export function embeddedCensus(db: Database, group: GroupCommit, step: Step = STEP): () => Promise<Census> {
  const count = { all: countAll(db, step), waiting: countWaiting(db, step), outbox: countOutbox(db, step) };
  return async () => {
    const all = await inSteps(group, count.all(), PAUSES);
    const waiting = sum(await inSteps(group, count.waiting(), PAUSES));
    const outbox = await inSteps(group, count.outbox(), PAUSES);
    return { sessions: { waiting, idle: Math.max(0, all - waiting) }, outbox };
  };
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((all, n) => all + n, 0);
}

function countAll(db: Database, { entries }: Step): () => Generator<void, number> {
  const count = countRange(db, { by: 'id', where: 'id > ?' }, entries);
  return () => count([], ['']);
}

/** Counts each queue by the keys of its index. */
function countOutbox(db: Database, { entries }: Step): () => Generator<void, Census['outbox']> {
  const next = db.prepare('SELECT due_key AS key FROM sessions WHERE due_key > ? ORDER BY due_key LIMIT 1');
  // Many sessions may have the same key.
  const count = countRange(db, { by: 'due_key, rowid', where: 'due_key < ? AND (due_key, rowid) > (?, ?)' }, entries);
  return function* () {
    const lanes: Census['outbox'][number][] = [];
    for (const first of firstKeys(next)) {
      const { queue, dueAt } = queueStateOf(first);
      const { above, upTo } = queueUpTo(queue, SHARD);
      const depth = yield* count([upTo], [above, 0]);
      const place = readQueue(queue);
      if ('channel' in place) lanes.push({ ...place, depth, dueSince: dueSince(dueAt) });
    }
    return lanes;
  };
}
