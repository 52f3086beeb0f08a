import {
  doubtsOf,
  type IsoTime,
  MAX_RETRY_AFTER,
  plusMillis,
  proofWait,
  type SendError,
  type SendFailure,
  type Settlement,
  type WaitingEffect,
} from '../contract/index.js';

/** What to do with a send that was not taken: try it again, hold its channel for so many milliseconds and this send with it, or give it up. */
export type Verdict =
  | ({ readonly retryAt: IsoTime } & Pick<Extract<Settlement, { outcome: 'retry' }>, 'inDoubt' | 'doubts' | 'refusals'>)
  | { readonly hold: number }
  | { readonly dead: SendFailure };

/** When a try was made, and whether the wall clock can be believed: one that was set a moment ago ends nobody's patience. */
export interface TriedAt {
  readonly now: IsoTime;
  readonly isSure: boolean;
}

/** Where the provider asks for none, a pause is no longer: it would silence the answers behind it; in milliseconds. */
const LONGEST_PAUSE = 60_000;
const SHORTEST_PAUSE = 1_000;
/** How long a send is tried again and again, in milliseconds from its first try. */
const PATIENCE = 24 * 3_600_000;
/** How often a refusal that may pass is tried again. */
const MOST_REFUSALS = 3;
/** Sends of a channel whose settings were refused are held so long, in milliseconds, unless the channel is changed. */
const HOLD = 60_000;
/** A request of hours is about the account, not about a message; then one send tries every so many milliseconds. */
const HOURS = 3_600_000;

/** Judges by the kind of the error, the tries so far, and when the first one was. Pure: jitter comes from the effect's number. */
export function verdictOn(error: SendError, waiting: WaitingEffect, { now, isSure }: TriedAt): Verdict {
  const dead: Verdict = { dead: { kind: error.kind, code: error.code, message: error.message } };
  if (error.kind === 'config') return { hold: HOLD };
  if (error.kind === 'throttled' && (error.retryAfter ?? 0) >= HOURS) return { hold: HOURS };
  if (isSure && now >= plusMillis(waiting.since ?? now, PATIENCE)) return dead;
  switch (error.kind) {
    case 'throttled': {
      // 131056: wait 4^X seconds, X = 0, 1, 2, … (Meta's error code page).
      const requested = error.retryAfter ?? (error.pair ? SHORTEST_PAUSE * 4 ** waiting.attempts : pauseFor(waiting));
      return { retryAt: plusMillis(now, Math.min(requested, MAX_RETRY_AFTER)) };
    }
    case 'unreachable':
      return { retryAt: plusMillis(now, pauseFor(waiting)) };
    case 'unknown': {
      const doubts = doubtsOf(waiting) + 1;
      return { retryAt: plusMillis(now, proofWait(doubts)), inDoubt: true, doubts };
    }
    case 'rejected': {
      const refusals = (waiting.refusals ?? 0) + 1;
      return error.retryable && refusals <= MOST_REFUSALS ? { retryAt: plusMillis(now, pauseFor(waiting)), refusals } : dead;
    }
    default:
      return dead;
  }
}

/** 1 s, 2 s, 4 s, … at most a minute, each a little apart from the others'. */
function pauseFor({ attempts, effect }: WaitingEffect): number {
  const pause = Math.min(LONGEST_PAUSE, SHORTEST_PAUSE * 2 ** Math.min(attempts, 10));
  const jitter = ((effect.number * 7_919) % 100) / 500;
  return Math.min(LONGEST_PAUSE, Math.round(pause * (1 + jitter)));
}
