import type { IsoTime } from '../../contract/index.js';
import type { Claim, SessionStore, Settlement } from '../../contract/store/index.js';
import { newToken } from '../lease-token.js';
import { planSettle } from '../plan-settle.js';
import { changeRecord, changeRecordSoon, type SessionWork, storePlan } from './session-records.js';

export function settleEffect(
  work: SessionWork,
  claim: Claim,
  { now, results }: { readonly now: IsoTime; readonly results: readonly Settlement[] },
): ReturnType<SessionStore['settle']> {
  const change = isAllThatWaits(work, claim, results) ? changeRecordSoon : changeRecord;
  return change(work, claim.session, (record) => {
    const planned = record && planSettle(record, claim, { now, results, newToken });
    if (planned === undefined || planned === 'moved') return planned;
    storePlan(work, record, { planned, at: now });
    return planned.claims[0];
  });
}

/**
 * Returns true if nothing of the session waits for this settlement: its only effect is done. It would cost a transaction of its own, and
 * can join the next one.
 */
function isAllThatWaits({ cache }: SessionWork, { session }: Claim, results: readonly Settlement[]): boolean {
  return cache.peek(session)?.effects.length === 1 && results.every(({ outcome }) => outcome === 'done');
}
