import type { mongo } from 'mongoose';
import type { IsoTime } from '../../contract/index.js';
import type { Claim, ClaimFrom, ClaimManyFrom } from '../../contract/store/index.js';
import { queueUpTo } from '../due-keys.js';
import { newToken } from '../lease-token.js';
import { planClaim } from '../plan-claim.js';
import { orAway } from './connection.js';
import { keyIn } from './due-sessions.js';
import type { SessionDocument } from './session-document.js';
import { changeRecord, readRecord, type SessionWork, storePlan } from './session-records.js';

export async function claimEffect(work: SessionWork, now: IsoTime, from: ClaimFrom): Promise<Claim | undefined> {
  return (await claimOne(work, from.session, { now, from })).claim;
}

export async function claimMany(work: SessionWork, now: IsoTime, from: ClaimManyFrom): Promise<readonly Claim[]> {
  const claims: Claim[] = [];
  // Effects whose lease has ended are found as well, and are only put off by that. So it looks again until it finds no more.
  for (let changed = true; changed && claims.length < from.max; ) {
    const found = await dueIn(work, now, { ...from, max: from.max - claims.length });
    const tried = await Promise.all(found.map((id) => claimOne(work, id, { now, from })));
    claims.push(...tried.flatMap(({ claim }) => claim ?? []));
    changed = tried.some((one) => one.changed);
  }
  return claims;
}

interface Tried {
  readonly claim?: Claim | undefined;
  /** True if the record was written. */
  readonly changed: boolean;
}

function claimOne(
  work: SessionWork,
  id: string,
  { now, from }: { readonly now: IsoTime; readonly from: ClaimFrom | ClaimManyFrom },
): Promise<Tried> {
  return changeRecord<Tried>(work, id, async () => {
    const record = await readRecord(work, id);
    const planned = record === undefined || record === 'forgotten' ? undefined : planClaim(record, from, { now, newToken });
    if (!planned) return { value: { changed: false } };
    return (await storePlan(work, record as never, { planned, at: now }))
      ? { value: { claim: planned.claims[0], changed: true } }
      : undefined;
  });
}

/** Lists sessions with something due in a queue. Those that are held by the caller cannot be claimed, so as many more are listed. */
async function dueIn({ sessions }: SessionWork, now: IsoTime, { queue, max, held }: ClaimManyFrom): Promise<readonly string[]> {
  const field = queue.startsWith('call|') ? 'callKey' : 'dueKey';
  const ranges = keyIn(field, (shard) => queueUpTo(queue, shard, now));
  const found = await orAway(() =>
    sessions
      .find(ranges as mongo.Filter<SessionDocument>, { projection: { _id: 1 } })
      .limit(max + (held?.size ?? 0))
      .toArray(),
  );
  return found.map(({ _id }) => _id);
}
