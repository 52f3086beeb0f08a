import { type Jobs, type Log, type Meters, OperationalError } from '../contract/host/index.js';
import { type Clock, type FlowEvent, type IsoTime, plusMillis, timeoutEventId, type Wait } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';
import type { TakeTurn } from '../contract/take-turn.js';
import { dueWaits } from '../engine/waits.js';
import { finishMerge } from '../people/merge-contacts.js';

const BATCH = 100;
/** A session that could not be woken is tried again after this many milliseconds; the others go first. */
const POSTPONED = 60_000;
/** A wall clock that was set wakes nobody before it has stood so long, in milliseconds: it may be set back. */
const STANDS = 60_000;

export interface WakeParts {
  readonly store: Store;
  readonly takeTurn: TakeTurn;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly log: Log;
  readonly meters?: Meters;
  /** How long nobody has set the wall clock, in milliseconds; absent: nobody ever does. */
  readonly steadyFor?: () => number;
  readonly grace?: Grace;
}

/** A host that was down does not know who answered meanwhile, until providers have brought their messages again. */
export interface Grace {
  /** Waits for a message that ran out before this host's start, */
  readonly before: IsoTime;
  /** are left alone for so many milliseconds more. */
  left(): number;
}

/** Takes the timeouts that are due, batch after batch, and asks to be called again when the next one will be. */
export async function wakeSessions(parts: WakeParts, stopping?: AbortSignal): Promise<void> {
  if (parts.steadyFor && parts.steadyFor() < STANDS) return;
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
    const spared = waits.filter((wait) => isSpared(wait, parts.grace));
    for (const wait of waits.filter((one) => !spared.includes(one))) {
      const { id, until = now } = wait;
      parts.meters?.wake(Date.parse(now) - Date.parse(until));
      const told = await toldMeanwhile(parts, wait, now);
      if (told && (await parts.takeTurn(session, told)).kind === 'taken') continue;
      await parts.takeTurn(session, { id: timeoutEventId(id), at: now, type: 'timeout', waitId: id });
    }
    if (spared.length > 0) await parts.store.sessions.postponeWake(session, plusMillis(now, parts.grace?.left() ?? 0));
  } catch (error) {
    // What lacks a node type here is told once a minute, for all sessions together.
    if (!(error instanceof OperationalError && error.code === 'flow/lacks-type'))
      parts.log.warn(
        { session, error: error instanceof Error ? error.message : String(error) },
        'a session could not be woken, and is tried again in a minute',
      );
    await parts.store.sessions.postponeWake(session, plusMillis(now, POSTPONED));
  }
}

function isSpared(wait: Wait, grace: Grace | undefined): boolean {
  return grace !== undefined && grace.left() > 0 && wait.for === 'message' && wait.until !== undefined && wait.until < grace.before;
}

const STAGES: readonly string[] = ['sent', 'delivered', 'read'];

/** The receipt that a run waits for, where it is in the delivery log and its turn was lost with a host. */
async function toldMeanwhile({ store }: WakeParts, wait: Wait, at: IsoTime): Promise<FlowEvent | undefined> {
  if (!('effectId' in wait)) return undefined;
  const { effectId } = wait;
  const delivery = (await store.deliveries.of([effectId])).get(effectId);
  if (!delivery) return undefined;
  const { error, providerIds } = delivery;
  // What was never sent has failed for the run that waits to hear of it.
  const status = delivery.status === 'skipped' ? 'failed' : delivery.status;
  if (status !== 'failed' && STAGES.indexOf(status) < STAGES.indexOf(wait.for)) return undefined;
  const messageId = providerIds.at(-1);
  return {
    id: `${effectId}:${status}`,
    at,
    type: 'receipt',
    effectId,
    status,
    ...(messageId === undefined ? {} : { messageId }),
    ...(error ? { error } : {}),
  };
}
