import { type Clock, type Jobs, type Log, type Meters, plusMillis, type Store, timeoutEventId } from '../contract/index.js';
import { dueWaits } from '../engine/waits.js';
import { finishMerge } from './merge-contacts.js';
import type { TakeTurn } from './take-turn.js';

const BATCH = 100;
/** A session that could not be woken is tried again after this many milliseconds; the others go first. */
const POSTPONED = 60_000;

export interface WakeParts {
  readonly store: Store;
  readonly takeTurn: TakeTurn;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly log: Log;
  readonly meters?: Meters;
}

/** Takes the timeouts that are due, batch after batch, and asks to be called again when the next one will be. */
export async function wakeSessions(parts: WakeParts, stopping?: AbortSignal): Promise<void> {
  while (!stopping?.aborted) {
    const due = await parts.store.sessions.dueWakes(parts.clock.now(), BATCH);
    await Promise.all(due.map((session) => wakeOne(parts, session)));
    if (due.length < BATCH) break;
  }
  const { wake } = await parts.store.sessions.nextDue();
  if (wake !== undefined) parts.jobs.soon('wakes', wake);
}

async function wakeOne(parts: WakeParts, session: string): Promise<void> {
  const now = parts.clock.now();
  try {
    const stored = await parts.store.sessions.load(session);
    if (stored?.state.mergedInto !== undefined) return void (await finishMerge(parts, session));
    const waits = stored ? dueWaits(stored.state, now) : [];
    // A wake without a wait would be found again and again.
    if (waits.length === 0) throw new Error('no wait of the session has run out');
    for (const { id, until = now } of waits) {
      parts.meters?.wake(Date.parse(now) - Date.parse(until));
      await parts.takeTurn(session, { id: timeoutEventId(id), at: now, type: 'timeout', waitId: id });
    }
  } catch (error) {
    parts.log.warn(
      { session, error: error instanceof Error ? error.message : String(error) },
      'a session could not be woken, and is tried again in a minute',
    );
    await parts.store.sessions.postponeWake(session, plusMillis(now, POSTPONED));
  }
}
