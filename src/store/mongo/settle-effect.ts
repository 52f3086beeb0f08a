import type { IsoTime } from '../../contract/index.js';
import type { Claim, SessionStore, Settlement } from '../../contract/store/index.js';
import { newToken } from '../lease-token.js';
import { planSettle } from '../plan-settle.js';
import { answerForgotten, changeRecord, isAtRest, isStale, readRecord, type SessionWork, storePlan } from './session-records.js';

type Answer = Awaited<ReturnType<SessionStore['settle']>>;

export function settleEffect(
  work: SessionWork,
  claim: Claim,
  { now, results }: { readonly now: IsoTime; readonly results: readonly Settlement[] },
): Promise<Answer> {
  const id = claim.session;
  return changeRecord<Answer>(work, id, async () => {
    const record = work.cache.get(id) ?? (await readRecord(work, id));
    if (record === 'forgotten') return answerForgotten(work, id, undefined);
    const planned = record && planSettle(record, claim, { now, results, newToken });
    if (planned === undefined || planned === 'moved') return (await isStale(work, record)) ? undefined : { value: planned };
    if (!(await storePlan(work, record, { planned, at: now }))) return undefined;
    if (isAtRest(planned.record)) work.journals.copy(id);
    return { value: planned.claims[0] };
  });
}
