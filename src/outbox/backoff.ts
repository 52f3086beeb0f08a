import { type IsoTime, PROOF_WAIT, plusMillis, type SendError, type SendFailure, type WaitingEffect } from '../contract/index.js';

/** What to do with a send that was not taken. */
export type Verdict = { readonly retryAt: IsoTime; readonly inDoubt?: true } | { readonly dead: SendFailure };

/** A longer pause would silence the answers behind it, in milliseconds. */
export const LONGEST_PAUSE = 60_000;
const SHORTEST_PAUSE = 1_000;
/** How long a send is tried again and again, in milliseconds. */
const PATIENCE = 24 * 3_600_000;

/** Judges by the kind of the error, the tries so far, and when the send was asked for. Pure: jitter comes from the effect's number. */
export function verdictOn(error: SendError, waiting: WaitingEffect, now: IsoTime): Verdict {
  const failure: SendFailure = { kind: error.kind, code: error.code, message: error.message };
  if (now >= plusMillis(waiting.effect.at, PATIENCE)) return { dead: failure };
  switch (error.kind) {
    case 'throttled': {
      // 131056: wait 4^X seconds, X = 0, 1, 2, … (Meta's error code page).
      const wished = error.retryAfter ?? (error.pair ? SHORTEST_PAUSE * 4 ** waiting.attempts : pauseFor(waiting));
      return wished > LONGEST_PAUSE ? { dead: failure } : { retryAt: plusMillis(now, wished) };
    }
    case 'unreachable':
      return { retryAt: plusMillis(now, pauseFor(waiting)) };
    case 'unknown':
      return { retryAt: plusMillis(now, PROOF_WAIT), inDoubt: true };
    default:
      return { dead: failure };
  }
}

/** 1 s, 2 s, 4 s, … at most a minute, each a little apart from the others'. */
function pauseFor({ attempts, effect }: WaitingEffect): number {
  const pause = Math.min(LONGEST_PAUSE, SHORTEST_PAUSE * 2 ** Math.min(attempts, 10));
  const jitter = ((effect.number * 7_919) % 100) / 500;
  return Math.min(LONGEST_PAUSE, Math.round(pause * (1 + jitter)));
}
