import { limits } from '../../../platforms/whatsapp/limits.js';
import { member, readText } from '../../../src/adapter-kit/index.js';
import type { Json, JsonObject, SendFailure } from '../../../src/contract/index.js';
import { refusalFor } from '../accepts.js';
import type { EmulatorSettings } from './settings.js';

const WINDOW = (limits.windowHours ?? 24) * 3_600_000;

/** A person who writes: a phone number or a user id, and the user id of the number's owner, if Meta names both. */
export interface Writer {
  readonly from: string;
  readonly userId?: string;
}

/** Returns the ids of a person, as the contacts and the messages of a webhook name them. */
export function idsOf({ from, userId }: Writer): { readonly contact: JsonObject; readonly message: JsonObject } {
  if (!/^\d+$/.test(from)) return { contact: { user_id: from }, message: { from_user_id: from } };
  if (userId === undefined) return { contact: { wa_id: from }, message: { from } };
  return { contact: { wa_id: from, user_id: userId }, message: { from, from_user_id: userId } };
}

/** Returns the recipient of a body: the digits of a phone number, a user id, or the id of a group. */
export function recipientOf(body: Json | undefined): string {
  const to = readText(member(body, 'to')) ?? '';
  const digits = isForGroup(body) ? to : to.replace(/\D/g, '');
  return digits === '' ? (readText(member(body, 'recipient')) ?? '') : digits;
}

/**
 * Returns why Meta would not send a body to its recipient now. `wroteAt` returns when a person last wrote, in milliseconds since 1970; if it
 * is missing, the 24-hour window is not checked.
 */
export function recipientRefusal(
  body: Json | undefined,
  { own, now, wroteAt }: { readonly own: string; readonly now: number; readonly wroteAt?: (recipient: string) => number | undefined },
): SendFailure | undefined {
  const recipient = recipientOf(body);
  if (recipient === own) return refusalFor({ code: 131_021, details: 'Recipient cannot be sender' });
  if (!wroteAt || isForGroup(body) || member(body, 'type') === 'template' || member(body, 'status') !== undefined) return undefined;
  const isOpen = (wroteAt(recipient) ?? Number.NEGATIVE_INFINITY) > now - WINDOW;
  return isOpen ? undefined : refusalFor({ code: 131_047, details: 'More than 24 hours have passed since the customer last replied.' });
}

function isForGroup(body: Json | undefined): boolean {
  return member(body, 'recipient_type') === 'group';
}

/** What Meta knows of the people who write to a number. */
export interface Recipients {
  /** A person has written, which opens the 24-hour window. */
  wrote(person: string): void;
  /** Returns why Meta would not send a body to its recipient now. */
  refusalOf(body: Json | undefined): Promise<SendFailure | undefined>;
}

export function openRecipients({ displayPhoneNumber, windows = false, wroteBefore }: EmulatorSettings): Recipients {
  const own = displayPhoneNumber.replace(/\D/g, '');
  const lastWrote = new Map<string, number>();

  /** Meta still knows after a restart. */
  async function recall(recipient: string): Promise<void> {
    const at = lastWrote.has(recipient) ? undefined : await wroteBefore?.(recipient);
    if (at !== undefined) lastWrote.set(recipient, at);
  }

  return {
    wrote: (person) => void lastWrote.set(person, Date.now()),
    async refusalOf(body) {
      if (!windows) return recipientRefusal(body, { own, now: Date.now() });
      await recall(recipientOf(body));
      return recipientRefusal(body, { own, now: Date.now(), wroteAt: (recipient) => lastWrote.get(recipient) });
    },
  };
}
