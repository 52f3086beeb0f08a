import type { IsoTime } from '../../contract/index.js';
import type { Claim, SessionStore, Settlement } from '../../contract/store/index.js';
import { newToken } from '../lease-token.js';
import { planSettle } from '../plan-settle.js';
import { changeRecord, type SessionWork, storePlan } from './session-records.js';

export function settleEffect(
  work: SessionWork,
  claim: Claim,
  { now, results }: { readonly now: IsoTime; readonly results: readonly Settlement[] },
): ReturnType<SessionStore['settle']> {
  return changeRecord(work, claim.session, (record) => {
    const planned = record && planSettle(record, claim, { now, results, newToken });
    if (planned === undefined || planned === 'moved') return planned;
    storePlan(work, record, { planned, at: now });
    return planned.claims[0];
  });
}
