import type { IsoTime } from '../../contract/index.js';
import type { Claim, ClaimFrom } from '../../contract/store/index.js';
import { newToken } from '../lease-token.js';
import { planClaim } from '../plan-claim.js';
import { orAway } from './connection.js';
import { changeRecord, readRecord, type SessionWork, storePlan } from './session-records.js';

const MAX_CANDIDATES = 30;

/** Claims an effect of the first session that has one to claim. */
export async function claimEffect(work: SessionWork, now: IsoTime, from: ClaimFrom): Promise<Claim | undefined> {
  for (const id of await candidates(work, now, from)) {
    const claim = await changeRecord<Claim | undefined>(work, id, async () => {
      const record = await readRecord(work, id);
      if (record === undefined || record === 'forgotten') return { value: undefined };
      const planned = planClaim(record, from, { now, newToken });
      if (!planned) return { value: undefined };
      return (await storePlan(work, record, { planned, at: now })) ? { value: planned.claims[0] } : undefined;
    });
    if (claim) return claim;
  }
  return undefined;
}

async function candidates({ sessions }: SessionWork, now: IsoTime, from: ClaimFrom): Promise<readonly string[]> {
  if ('session' in from) return [from.session];
  const lane = 'any' in from ? {} : { dueChannel: from.channel, dueLane: from.lane };
  const found = await orAway(() =>
    sessions
      .find({ ...lane, dueAt: { $lte: now } }, { projection: { _id: 1 } })
      .sort({ dueAt: 1 })
      .limit(MAX_CANDIDATES)
      .toArray(),
  );
  return found.map(({ _id }) => _id);
}
