import type { Contact, ContactChange, InboundMessage, OptOut, Vars } from '../contract/index.js';
import { timeAfterOptOut } from './contact-changes.js';
import type { Work } from './work.js';

/** Changes the contact as a node asks for. Null removes a text or a field, as if it had never been set. */
export function changeContact(work: Work, { fields, groups, optOut, ...texts }: ContactChange): void {
  const { contact } = work;
  work.contact = {
    ...withTexts(contact, texts),
    ...(fields ? { fields: withFields(contact.fields, fields) } : {}),
    ...(groups ? { groups } : {}),
    ...(optOut ? { optOut: withOptOut(contact.optOut, optOut, (platform) => said(work, platform)) } : {}),
  };
}

function withTexts(contact: Contact, texts: Pick<ContactChange, 'name' | 'language' | 'timeZone'>): Contact {
  const kept = Object.entries({ ...contact, ...texts }).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(kept) as unknown as Contact;
}

function withFields(fields: Vars, more: Vars): Vars {
  return Object.fromEntries(Object.entries({ ...fields, ...more }).filter(([name, value]) => value !== null || !Object.hasOwn(more, name)));
}

function withOptOut(
  optOut: Contact['optOut'],
  change: NonNullable<ContactChange['optOut']>,
  outOf: (platform: string) => OptOut,
): Contact['optOut'] {
  const all: Record<string, Contact['optOut'][keyof Contact['optOut']]> = { ...optOut };
  for (const [platform, isOut] of Object.entries(change)) all[platform] = isOut ? outOf(platform) : undefined;
  return Object.fromEntries(Object.entries(all).filter(([, one]) => one !== undefined));
}

/** Returns since when the person has opted out, and the message in which they did; if it was no message, the last one of a run before it. */
function said(work: Work, platform: string): OptOut {
  const { event } = work.input;
  if (event.type === 'message') return { since: timeAfterOptOut(work, event.message, event.at), message: event.message.id };
  const before = work.runs
    .flatMap(({ lastMessage }) => (lastMessage?.platform === platform ? [lastMessage] : []))
    .reduce((last, one) => (last && last.sentAt > one.sentAt ? last : one), undefined as InboundMessage | undefined);
  return { since: event.at, ...(before ? { message: before.id } : {}) };
}
