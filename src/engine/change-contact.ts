import type { Contact, ContactChange, OptOut, Vars } from '../contract/index.js';
import { heardAt } from './contact-changes.js';
import type { Work } from './work.js';

/** Changes the contact as a node asks for. Null removes a text or a field, as if it had never been set. */
export function changeContact(work: Work, { fields, groups, optOut, ...texts }: ContactChange): void {
  const { contact } = work;
  work.contact = {
    ...withTexts(contact, texts),
    ...(fields ? { fields: withFields(contact.fields, fields) } : {}),
    ...(groups ? { groups } : {}),
    ...(optOut ? { optOut: withOptOut(contact.optOut, optOut, said(work)) } : {}),
  };
}

function withTexts(contact: Contact, texts: Pick<ContactChange, 'name' | 'language' | 'timeZone'>): Contact {
  const kept = Object.entries({ ...contact, ...texts }).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(kept) as unknown as Contact;
}

function withFields(fields: Vars, more: Vars): Vars {
  return Object.fromEntries(Object.entries({ ...fields, ...more }).filter(([name, value]) => value !== null || !Object.hasOwn(more, name)));
}

function withOptOut(optOut: Contact['optOut'], change: NonNullable<ContactChange['optOut']>, said: OptOut): Contact['optOut'] {
  const all: Record<string, Contact['optOut'][keyof Contact['optOut']]> = { ...optOut };
  for (const [platform, isOut] of Object.entries(change)) all[platform] = isOut ? said : undefined;
  return Object.fromEntries(Object.entries(all).filter(([, one]) => one !== undefined));
}

/** Returns when the person has said what this turn does, and in which message, if the turn is about one. */
function said({ input: { event } }: Work): OptOut {
  if (event.type !== 'message') return { since: event.at };
  return { since: heardAt(event.message.sentAt, event.at), message: event.message.id };
}
