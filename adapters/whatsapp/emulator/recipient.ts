import { limits } from '../../../platforms/whatsapp/limits.js';
import type { Json, JsonObject } from '../../../src/contract/index.js';
import { member, textOf } from '../../../src/contract/json-members.js';
import type { Refusal } from './rules.js';

const WINDOW = (limits.windowHours ?? 24) * 3_600_000;

/** Who writes. */
export interface Writer {
  /** A phone number, or a user id. */
  readonly from: string;
  /** The user id of the number's owner, where Meta tells both. */
  readonly userId?: string;
}

/** What a webhook calls who has written, among its contacts and in the message. */
export function namesOf({ from, userId }: Writer): { readonly contact: JsonObject; readonly message: JsonObject } {
  if (!/^\d+$/.test(from)) return { contact: { user_id: from }, message: { from_user_id: from } };
  if (userId === undefined) return { contact: { wa_id: from }, message: { from } };
  return { contact: { wa_id: from, user_id: userId }, message: { from, from_user_id: userId } };
}

/** Whom a body is for: the digits of a phone number, a user id, or the id of a group. */
export function recipientOf(body: Json | undefined): string {
  const to = textOf(member(body, 'to')) ?? '';
  const digits = isForGroup(body) ? to : to.replace(/\D/g, '');
  return digits === '' ? (textOf(member(body, 'recipient')) ?? '') : digits;
}

/**
 * Why Meta would not send a body to this recipient now. `wroteAt`: when the person wrote last, in milliseconds; absent where windows are
 * not looked at.
 */
export function recipientRefusal(
  body: Json | undefined,
  { own, now, wroteAt }: { readonly own: string; readonly now: number; readonly wroteAt?: (recipient: string) => number | undefined },
): Refusal | undefined {
  const recipient = recipientOf(body);
  if (recipient === own) return { code: 131_021, details: 'Recipient cannot be sender' };
  if (!wroteAt || isForGroup(body) || member(body, 'type') === 'template' || member(body, 'status') !== undefined) return undefined;
  const isOpen = (wroteAt(recipient) ?? Number.NEGATIVE_INFINITY) > now - WINDOW;
  return isOpen ? undefined : { code: 131_047, details: 'More than 24 hours have passed since the customer last replied.' };
}

function isForGroup(body: Json | undefined): boolean {
  return member(body, 'recipient_type') === 'group';
}
