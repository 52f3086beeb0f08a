import { type Jobs, type Log, type Meters, OperationalError, type TakeTurn } from '../contract/host/index.js';
import { type Clock, type FlowEvent, type IsoTime, plusMillis, timeoutEventId, type Wait } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';
import { dueWaits } from '../engine/waits.js';
import { finishMerge } from '../people/merge-contacts.js';

/** Sessions woken at once: few enough that messages are taken in between. */
const BATCH = 25;
/** Looks are planned for waits that end within this time, in milliseconds. A regular look finds the others. */
const HORIZON = 2_000;
/** After how many milliseconds a session that could not be woken is tried again. */
const RETRY_AFTER = 60_000;
/** How long a wall clock that was set must run before it wakes sessions, in milliseconds: it may be set back. */
const STEADY_AFTER = 60_000;

export interface WakeParts {
  readonly store: Store;
  readonly takeTurn: TakeTurn;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly log: Log;
  readonly meters?: Meters;
  /** For how many milliseconds the wall clock was not set; absent if it never is. */
  readonly steadyFor?: () => number;
  readonly grace?: Grace;
}

/**
 * A time after the start of a host during which some waits are not ended: the host was down, and does not know who has answered until
 * providers have repeated their messages.
 */
export interface Grace {
  /** The start of the host. It counts for waits for a message that were due before. */
  readonly before: IsoTime;
  /** How many milliseconds are left; 0 or less if it is over. */
  left(): number;
}

/** Takes the timeouts that are due, batch by batch, and asks to be called again when the next one is due. */
export async function wakeSessions(parts: WakeParts, stopping?: AbortSignal): Promise<void> {
  if (parts.steadyFor && parts.steadyFor() < STEADY_AFTER) return;
  while (!stopping?.aborted) {
    const due = await parts.store.sessions.dueWakes(parts.clock.now(), BATCH);
    await Promise.all(due.map((session) => wakeOne(parts, session)));
    if (due.length < BATCH) break;
  }
  const wake = await parts.store.sessions.nextWake(plusMillis(parts.clock.now(), HORIZON));
  if (wake !== undefined) parts.jobs.soon('wakes', wake);
}

async function wakeOne(parts: WakeParts, session: string): Promise<void> {
  const now = parts.clock.now();
  const { grace } = parts;
  try {
    const stored = await parts.store.sessions.load(session);
    if (stored?.state.mergedInto !== undefined) return void (await finishMerge(parts, session));
    const waits = stored ? dueWaits(stored.state, now) : [];
    // Otherwise it would be found again and again.
    if (waits.length === 0) throw new Error('no wait of the session is due');
    const spared = waits.filter((wait) => isSpared(wait, grace));
    for (const wait of waits.filter((one) => !spared.includes(one))) {
      const { id, until = now } = wait;
      parts.meters?.wake(Date.parse(now) - Date.parse(until));
      const receipt = await missedReceipt(parts, wait, now);
      if (receipt && (await parts.takeTurn(session, receipt)).kind === 'taken') continue;
      await parts.takeTurn(session, { id: timeoutEventId(id), at: now, type: 'timeout', waitId: id });
    }
    if (grace && spared.length > 0) await parts.store.sessions.postponeWake(session, plusMillis(now, grace.left()));
  } catch (error) {
    // Missing node types are logged once a minute for all sessions together.
    if (!(error instanceof OperationalError && error.code === 'flow/lacks-type'))
      parts.log.warn(
        { session, error: error instanceof Error ? error.message : String(error) },
        'a session could not be woken; it is tried again in a minute',
      );
    await parts.store.sessions.postponeWake(session, plusMillis(now, RETRY_AFTER));
  }
}

function isSpared(wait: Wait, grace: Grace | undefined): boolean {
  return grace !== undefined && grace.left() > 0 && wait.for === 'message' && wait.until !== undefined && wait.until < grace.before;
}

const STAGES: readonly string[] = ['sent', 'delivered', 'read'];

/** Returns the receipt that a run waits for if it is in the delivery log: its turn was lost with a host. */
async function missedReceipt({ store }: WakeParts, wait: Wait, at: IsoTime): Promise<FlowEvent | undefined> {
  if (!('effectId' in wait)) return undefined;
  const { effectId } = wait;
  const delivery = (await store.deliveries.of([effectId])).get(effectId);
  if (!delivery) return undefined;
  const { error, providerIds } = delivery;
  // For a run that waits for a receipt, a send that was skipped has failed.
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
