import type { KeptEffect, SessionRecord } from './record-shape.js';
import { isCallEffect } from './session-record.js';

/** The effects of a session that is merged into another one, as the other one keeps them: with their ids, tries, doubts and leases. */
export function effectsAlong({ effects, lease }: SessionRecord): readonly KeptEffect[] {
  // The record of the other session has a lease for its own head, so a send that is under way keeps the one that it has.
  return effects.map((one) => (lease && one.status === 'claimed' && !isCallEffect(one) && !one.lease ? { ...one, lease } : one));
}
