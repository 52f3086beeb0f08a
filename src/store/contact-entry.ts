import type { Contact, SessionState } from '../contract/index.js';
import { type ContactEntry, entryOf } from '../text/contact-search.js';
import { readState } from './read-stored.js';
import type { SessionRecord } from './session-record.js';

/** What the contact of a session is found by before and after a write. A merged contact is not found. */
export interface EntryChange {
  readonly from: ContactEntry | undefined;
  readonly to: ContactEntry | undefined;
}

/** Returns how a write changes what the contact is found by; undefined if it does not, as with nearly all writes. */
export function entryChange(before: SessionRecord | undefined, after: SessionRecord): EntryChange | undefined {
  if (before?.state === after.state) return undefined;
  const [was, is] = [before && contactIn(before), contactIn(after)];
  if (before && isSameContact(was, is)) return undefined;
  const [from, to] = [was && entryOf(was), is && entryOf(is)];
  return before && isSameEntry(from, to) ? undefined : { from, to };
}

/** Returns what the contact of a state is found by. */
export function entryOfState({ contact, mergedInto }: SessionState): ContactEntry | undefined {
  return mergedInto === undefined ? entryOf(contact) : undefined;
}

function contactIn({ parsed, state }: SessionRecord): Contact | undefined {
  const { contact, mergedInto } = parsed ?? readState(state);
  return mergedInto === undefined ? contact : undefined;
}

/** A turn that does not change the contact passes its members on as they are. */
function isSameContact(one: Contact | undefined, other: Contact | undefined): boolean {
  if (!one || !other) return one === other;
  return (['name', 'identities', 'fields', 'groups'] as const).every((member) => one[member] === other[member]);
}

function isSameEntry(one: ContactEntry | undefined, other: ContactEntry | undefined): boolean {
  return one?.text === other?.text && one?.isCut === other?.isCut && String(one?.groups) === String(other?.groups);
}
