import { MAX_RETRY_AFTER } from '../contract/host/index.js';
import { type IsoTime, plusMillis, type SendError, type SendFailure } from '../contract/index.js';
import { doubtsOf, proofWait, type Settlement, type WaitingEffect } from '../contract/store/index.js';

/** What to do with a send that was not accepted: try it again, hold its channel for so many milliseconds, or give it up. */
export type Verdict =
  | ({ readonly retryAt: IsoTime } & Pick<Extract<Settlement, { outcome: 'retry' }>, 'inDoubt' | 'doubts' | 'refusals'>)
  | { readonly hold: number }
  | { readonly dead: SendFailure };

/** The time of an attempt. If the wall clock was set a moment ago, it is not trusted, and no send is given up by it. */
export interface AttemptedAt {
  readonly now: IsoTime;
  readonly isClockTrusted: boolean;
}

/** Longest and shortest pause that the provider has not asked for, in milliseconds: the replies behind it have to wait as well. */
const MAX_PAUSE = 60_000;
const MIN_PAUSE = 1_000;
/** How long a send is tried, in milliseconds from its first attempt. */
const PATIENCE = 24 * 3_600_000;
/** How often a send is retried that the provider has refused with a retryable error. */
const MAX_REFUSALS = 3;
/** How long the sends of a channel are held whose settings were refused, in milliseconds, unless the channel is changed. */
const HOLD = 60_000;
/** If a provider asks to wait for hours, that is about the account, not about a message. Then one send tries every so many milliseconds. */
const HOURS = 3_600_000;

/** Decides by the kind of the error, the attempts so far and the time of the first one. Pure: jitter comes from the effect's number. */
export function verdictOn(error: SendError, waiting: WaitingEffect, { now, isClockTrusted }: AttemptedAt): Verdict {
  const dead: Verdict = { dead: { kind: error.kind, code: error.code, message: error.message } };
  if (error.kind === 'config') return { hold: HOLD };
  if (error.kind === 'throttled' && (error.retryAfter ?? 0) >= HOURS) return { hold: HOURS };
  if (isClockTrusted && now >= plusMillis(waiting.since ?? now, PATIENCE)) return dead;
  switch (error.kind) {
    case 'throttled': {
      // 131056: wait 4^X seconds, X = 0, 1, 2, … https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
      const requested = error.pair
        ? Math.max(error.retryAfter ?? 0, MIN_PAUSE * 4 ** waiting.attempts)
        : (error.retryAfter ?? pauseFor(waiting));
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
      return error.retryable && refusals <= MAX_REFUSALS ? { retryAt: plusMillis(now, pauseFor(waiting)), refusals } : dead;
    }
    default:
      return dead;
  }
}

/** Returns 1 s, 2 s, 4 s, … at most a minute, with up to a fifth of jitter. */
export function pauseFor({ attempts, effect }: WaitingEffect): number {
  const pause = Math.min(MAX_PAUSE, MIN_PAUSE * 2 ** Math.min(attempts, 10));
  const jitter = ((effect.number * 7_919) % 100) / 500;
  return Math.min(MAX_PAUSE, Math.round(pause * (1 + jitter)));
}
