import type { Contact, ContactChange, IsoTime, Vars } from '../contract/index.js';
import { heardAt } from './contact-changes.js';
import type { Work } from './work.js';

/** Changes the contact as a node asks for. Null removes a text or a field, as if it had never been set. */
export function changeContact(work: Work, { fields, groups, optOut, ...texts }: ContactChange): void {
  const { contact } = work;
  work.contact = {
    ...withTexts(contact, texts),
    ...(fields ? { fields: withFields(contact.fields, fields) } : {}),
    ...(groups ? { groups } : {}),
    ...(optOut ? { optOut: withOptOut(contact.optOut, optOut, saidAt(work)) } : {}),
  };
}

function withTexts(contact: Contact, texts: Pick<ContactChange, 'name' | 'language' | 'timeZone'>): Contact {
  const kept = Object.entries({ ...contact, ...texts }).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(kept) as unknown as Contact;
}

function withFields(fields: Vars, more: Vars): Vars {
  return Object.fromEntries(Object.entries({ ...fields, ...more }).filter(([name, value]) => value !== null || !Object.hasOwn(more, name)));
}

function withOptOut(optOut: Contact['optOut'], change: NonNullable<ContactChange['optOut']>, since: IsoTime): Contact['optOut'] {
  const all: Record<string, Contact['optOut'][keyof Contact['optOut']]> = { ...optOut };
  for (const [platform, isOut] of Object.entries(change)) all[platform] = isOut ? { since } : undefined;
  return Object.fromEntries(Object.entries(all).filter(([, one]) => one !== undefined));
}

/** Returns when the person has said what this turn does: the time of their message, if the turn is about one. */
function saidAt({ input: { event } }: Work): IsoTime {
  return event.type === 'message' ? heardAt(event.message.sentAt, event.at) : event.at;
}
