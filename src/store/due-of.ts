import type { IsoTime } from '../contract/index.js';
import { type Due, headSend, isCallEffect, isMerged, type SessionRecord, sendLeases } from './session-record.js';

/** Returns when the outbox has to look at a session, and in which channel and lane; nothing if it never has to. */
export function dueOf(record: SessionRecord): Due {
  if (isMerged(record)) return {};
  const head = headSend(record.effects);
  // While one send is held, no other of the session can be claimed, not even a parked one.
  const heldUntil = earliestEnd(record);
  let dueAt: IsoTime | undefined;
  for (const one of record.effects) {
    const isCall = isCallEffect(one);
    if (!isCall && !one.parked && one !== head) continue;
    const at = (isCall ? one.lease?.until : heldUntil) ?? one.notBefore ?? record.updatedAt;
    if (dueAt === undefined || at < dueAt) dueAt = at;
  }
  if (dueAt === undefined) return {};
  const body = head?.effect.body;
  return body?.kind === 'send' ? { dueAt, channel: body.channel, lane: body.lane } : { dueAt };
}

function earliestEnd(record: SessionRecord): IsoTime | undefined {
  let earliest: IsoTime | undefined;
  for (const { until } of sendLeases(record)) if (earliest === undefined || until < earliest) earliest = until;
  return earliest;
}
