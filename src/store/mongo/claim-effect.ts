import type { IsoTime } from '../../contract/index.js';
import { type Claim, type ClaimFrom, type ClaimManyFrom, isCallQueue } from '../../contract/store/index.js';
import { dueKeysOf, queueUpTo } from '../due-keys.js';
import { newToken } from '../lease-token.js';
import { planClaim } from '../plan-claim.js';
import type { Planned, SessionRecord } from '../session-record.js';
import { inOrder, isServerError, orAway } from './connection.js';
import { findInShards } from './due-sessions.js';
import { type Read, recordOf } from './session-document.js';
import { changeRecord, guardedUpdate, readRecord, type SessionWork, storePlan } from './session-records.js';
import { shardOf } from './shards.js';

export function claimEffect(work: SessionWork, now: IsoTime, from: ClaimFrom): Promise<Claim | undefined> {
  return changeRecord(work, from.session, async () => {
    const record = await readRecord(work, from.session);
    const planned = record === undefined || record === 'forgotten' ? undefined : planClaim(record, from, { now, newToken });
    if (!planned) return { value: undefined };
    return (await storePlan(work, record as SessionRecord, { planned, at: now })) ? { value: planned.claims[0] } : undefined;
  });
}

/** After each round in vain, somebody else has claimed or changed what was found, so few are needed. */
const MAX_ROUNDS = 30;

/**
 * Claims with two operations: it reads the records of what is due, and writes the claims, each guarded. It waits in no mailbox: a turn that
 * comes in between wins or decides again.
 */
export async function claimMany(work: SessionWork, now: IsoTime, from: ClaimManyFrom): Promise<readonly Claim[]> {
  const claims: Claim[] = [];
  /** Sessions that are due and cannot be claimed: the caller holds them. */
  const held = new Set<string>();
  // Effects whose lease has ended are found as well, and are only put off by that. So it looks again until it finds no more.
  for (let round = 0; round < MAX_ROUNDS && claims.length < from.max; round += 1) {
    const wanted = from.max - claims.length;
    const limit = wanted + held.size;
    const found = await dueIn(work, { now, queue: from.queue, limit });
    const changes: Change[] = [];
    for (const document of found) {
      const before = recordOf(document);
      const planned = planClaim(before, from, { now, newToken }) ?? withRightKeys(before, document);
      if (!planned) held.add(before.id);
      else if (changes.length < wanted) changes.push({ before, planned });
    }
    if (changes.length === 0 && found.length < limit) break;
    claims.push(...(await storeClaims(work, changes)));
  }
  return claims;
}

interface Change {
  readonly before: SessionRecord;
  readonly planned: Planned;
}

/**
 * Plans that a record is written again if it was found by keys that are not its own: a host of a release before December 2026 has changed it,
 * and does not know them. Otherwise it would be found again and again.
 */
function withRightKeys(record: SessionRecord, { dueKey, callKey }: Read): Planned | undefined {
  const keys = dueKeysOf(record, shardOf(record.id));
  if (keys.dueKey === dueKey && keys.callKey === callKey) return undefined;
  return { record: { ...record, rev: record.rev + 1 }, claims: [], deliveries: [] };
}

/** Reads the documents of sessions with something due in a queue. */
async function dueIn(
  { sessions }: SessionWork,
  { now, queue, limit }: Pick<ClaimManyFrom, 'queue'> & { readonly now: IsoTime; readonly limit: number },
): Promise<readonly Read[]> {
  const field = isCallQueue(queue) ? 'callKey' : 'dueKey';
  const due = findInShards(sessions, { field, rangeOf: (shard) => queueUpTo(queue, shard, now), limit, project: { journal: 0 } });
  return orAway(() => due.toArray());
}

/** Writes those of the changes whose records nobody has changed since they were read. Returns the claims that were written. */
async function storeClaims({ sessions, cache }: SessionWork, changes: readonly Change[]): Promise<readonly Claim[]> {
  if (changes.length === 0) return [];
  const ordered = inOrder(changes, ({ before }) => before.id);
  const writes = ordered.map(({ before, planned }) => ({ updateOne: guardedUpdate(before, { record: planned.record }) }));
  const claims = changes.flatMap(({ planned }) => planned.claims);
  return orAway(async () => {
    if ((await countWritten(sessions, writes)) === changes.length) {
      for (const { planned } of changes) cache.set(planned.record.id, planned.record);
      return claims;
    }
    for (const { before } of changes) cache.delete(before.id);
    const stored = await sessions.find({ _id: { $in: claims.map(({ session }) => session) } }, { projection: { rest: 1 } }).toArray();
    const rests = new Map(stored.map(({ _id, rest }) => [_id, rest]));
    return claims.filter(({ session, token }) => rests.get(session)?.includes(token));
  });
}

/** Returns how many of the updates were made, or -1 if the server cannot say. */
async function countWritten(sessions: SessionWork['sessions'], writes: readonly object[]): Promise<number> {
  try {
    return (await sessions.bulkWrite(writes as never, { ordered: false })).matchedCount;
  } catch (error) {
    if (isServerError(error)) return -1;
    throw error;
  }
}
