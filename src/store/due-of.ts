import { type Due, headSend, isCallEffect, isMerged, type SessionRecord, sendLeases } from './session-record.js';

/** When the outbox should look at this session, and for which lane. */
export function dueOf(record: SessionRecord): Due {
  if (isMerged(record)) return {};
  const head = headSend(record.effects);
  const heldUntil = sendLeases(record)
    .map(({ until }) => until)
    .sort()[0];
  // While a send is held, no other of the session can be claimed, a parked one neither.
  const sendAt = head && (heldUntil ?? head.notBefore ?? record.updatedAt);
  const parked = record.effects.filter((one) => one.parked).map((one) => heldUntil ?? one.notBefore ?? record.updatedAt);
  const calls = record.effects.filter(isCallEffect).map((one) => one.lease?.until ?? one.notBefore ?? record.updatedAt);
  const dueAt = [...(sendAt === undefined ? [] : [sendAt]), ...parked, ...calls].sort()[0];
  if (dueAt === undefined) return {};
  const body = head?.effect.body;
  return body?.kind === 'send' ? { dueAt, channel: body.channel, lane: body.lane } : { dueAt };
}
