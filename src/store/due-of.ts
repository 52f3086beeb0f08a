import type { IsoTime } from '../contract/index.js';
import { type QueueState, queueOf } from '../contract/store/index.js';
import { headSend, isCallEffect, isInOrder, isMerged, type KeptEffect, type SessionRecord, sendLeases } from './session-record.js';

/** In which queues a session is, and when the outbox has to look at it there. */
export interface Due {
  readonly send?: QueueState;
  readonly call?: QueueState;
}

/** Returns the queues that a session is in; none if nothing of it waits. */
export function dueOf(record: SessionRecord): Due {
  if (record.effects.length === 0 || isMerged(record)) return {};
  const now = atOnce(record.updatedAt);
  const head = headSend(record.effects);
  // While one send is held, no other of the session can be claimed, not even a parked one.
  const heldUntil = earliestEnd(record);
  let send = head && placeOf(head, heldUntil ?? head.notBefore ?? now);
  let call: QueueState | undefined;
  for (const one of record.effects) {
    if (isCallEffect(one)) {
      if (isInOrder(one, record.effects)) call = earlier(call, one, one.lease?.until ?? one.notBefore ?? now);
    } else if (one.parked) send = earlier(send, one, heldUntil ?? one.notBefore ?? now);
  }
  return { ...(send ? { send } : {}), ...(call ? { call } : {}) };
}

function placeOf({ effect }: KeptEffect, dueAt: IsoTime): QueueState {
  return { queue: queueOf(effect), dueAt };
}

function earlier(known: QueueState | undefined, one: KeptEffect, dueAt: IsoTime): QueueState {
  return known && known.dueAt <= dueAt ? known : placeOf(one, dueAt);
}

/**
 * Returns a time of the first millennium for what may be performed at once: it is due whatever the wall clock says, which may have been ahead
 * when it was stored. The rest of the time keeps it in order.
 */
function atOnce(since: IsoTime): IsoTime {
  return `0${since.slice(1)}`;
}

/** Returns since when something is due, from the time by which it is found. */
export function dueSince(dueAt: IsoTime): IsoTime {
  return dueAt.startsWith('0') ? `2${dueAt.slice(1)}` : dueAt;
}

function earliestEnd(record: SessionRecord): IsoTime | undefined {
  let earliest: IsoTime | undefined;
  for (const { until } of sendLeases(record)) if (earliest === undefined || until < earliest) earliest = until;
  return earliest;
}
