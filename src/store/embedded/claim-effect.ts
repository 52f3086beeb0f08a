import type { IsoTime } from '../../contract/index.js';
import type { Claim, ClaimFrom } from '../../contract/store/index.js';
import { newToken } from '../lease-token.js';
import { planClaim } from '../plan-claim.js';
import { changeRecord, type SessionWork, storePlan } from './session-records.js';

/** Claims an effect of the first session that has one to claim. */
export async function claimEffect(work: SessionWork, now: IsoTime, from: ClaimFrom): Promise<Claim | undefined> {
  for (const id of candidates(work, now, from)) {
    const claim = await changeRecord(work, id, (record) => {
      const planned = record && planClaim(record, from, { now, newToken });
      if (!planned) return undefined;
      storePlan(work, record, { planned, at: now });
      return planned.claims[0];
    });
    if (claim) return claim;
  }
  return undefined;
}

function candidates({ sql }: SessionWork, now: IsoTime, from: ClaimFrom): readonly string[] {
  if ('session' in from) return [from.session];
  const rows = 'any' in from ? sql.due.all(now) : sql.dueInLane.all(now, from.channel, from.lane);
  return rows.map(({ id }) => String(id));
}
