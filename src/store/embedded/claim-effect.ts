import type { IsoTime } from '../../contract/index.js';
import { type Claim, type ClaimFrom, type ClaimManyFrom, isCallQueue } from '../../contract/store/index.js';
import { queueUpTo } from '../due-keys.js';
import { newToken } from '../lease-token.js';
import { planClaim } from '../plan-claim.js';
import { changeRecord, readRecord, type SessionWork, storePlan } from './session-records.js';
import { SHARD } from './session-row.js';

export function claimEffect(work: SessionWork, now: IsoTime, from: ClaimFrom): Promise<Claim | undefined> {
  return changeRecord(work, from.session, (record) => {
    const planned = record && planClaim(record, from, { now, newToken });
    if (!planned) return undefined;
    storePlan(work, record, { planned, at: now });
    return planned.claims[0];
  });
}

/** Claims in one transaction. */
export function claimMany(work: SessionWork, now: IsoTime, from: ClaimManyFrom): Promise<readonly Claim[]> {
  return work.group.write(() => {
    const claims: Claim[] = [];
    // Effects whose lease has ended are found as well, and are only put off by that. So it looks again until it finds no more.
    for (let changed = true; changed && claims.length < from.max; ) {
      changed = false;
      for (const id of dueIn(work, now, { ...from, max: from.max - claims.length })) {
        if (claims.length === from.max) break;
        const record = readRecord(work, id);
        const planned = record && planClaim(record, from, { now, newToken });
        if (!planned) continue;
        storePlan(work, record, { planned, at: now });
        claims.push(...planned.claims);
        changed = true;
      }
    }
    return claims;
  });
}

/** Lists sessions with something due in a queue. Those that are held by the caller cannot be claimed, so as many more are listed. */
function dueIn({ sql }: SessionWork, now: IsoTime, { queue, max, held }: ClaimManyFrom): readonly string[] {
  const { above, upTo } = queueUpTo(queue, SHARD, now);
  const found = isCallQueue(queue) ? sql.dueCalls : sql.dueSends;
  return found.all(above, upTo, max + (held?.size ?? 0)).map(({ id }) => String(id));
}
