import type { TurnRecord } from '../contract/host/index.js';
import type { Contact, Membership, OptOut, SessionState } from '../contract/index.js';

/** A contact as it may be stored: releases before December 2026 kept the codes of the groups alone, and opt-outs without their time. */
type StoredContact = Omit<Contact, 'groups' | 'optOut'> & {
  readonly groups: readonly (Membership | string)[];
  readonly optOut: Readonly<Record<string, OptOut | boolean>>;
};

/** Reads the stored text of a state, also of an earlier release. What is read is written in the form of today with the next turn. */
export function readState(text: string): SessionState {
  return stateOf(JSON.parse(text) as SessionState);
}

/** Reads the stored text of a turn, also of an earlier release. */
export function readTurn(text: string): TurnRecord {
  const record = JSON.parse(text) as TurnRecord;
  const { before, event } = record;
  if (!before && event.type !== 'merge') return record;
  return {
    ...record,
    ...(before ? { before: stateOf(before) } : {}),
    ...(event.type === 'merge' ? { event: { ...event, contact: contactOf(event.contact) } } : {}),
  };
}

function stateOf(state: SessionState): SessionState {
  const contact = contactOf(state.contact);
  return contact === state.contact ? state : { ...state, contact };
}

/** Returns the contact itself if it is in the form of today. */
function contactOf(contact: Contact): Contact {
  const { groups, optOut, createdAt } = contact as StoredContact;
  const optOuts = Object.entries(optOut);
  if (!groups.some((one) => typeof one === 'string') && !optOuts.some(([, one]) => typeof one === 'boolean')) return contact;
  return {
    ...contact,
    // Nobody wrote down when they joined. They have been members for as long as they are known.
    groups: groups.map((one) => (typeof one === 'string' ? { group: one, since: createdAt } : one)),
    optOut: Object.fromEntries(optOuts.flatMap(([platform, out]) => (out === false ? [] : [[platform, out === true ? {} : out]]))),
  };
}
