import { contentMistake } from '../../platforms/whatsapp/content-rules.js';
import { meaningOf } from '../../platforms/whatsapp/error-table.js';
import { type Found, invalidParameter, type Mistake, missing, mistakeOf } from '../../platforms/whatsapp/mistake.js';
import { isObject, isTextWithin, member, readJson } from '../../src/adapter-kit/index.js';
import type { Json, JsonObject, ProviderRequest, SendFailure } from '../../src/contract/index.js';

/**
 * Returns why Meta would refuse a request to `/messages`; undefined if it would take it. What only Meta knows is not judged: templates,
 * media ids, and whether a person's window is open.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
 */
export function accepts({ body }: ProviderRequest): SendFailure | undefined {
  const mistake = mistakeOf(mistakeIn(readJson(body)));
  return mistake && refusalFor(mistake);
}

/** Returns a refusal as `read` reads it. */
export function refusalFor({ code, details }: Mistake): SendFailure {
  return { kind: meaningOf(code).kind, code: `${code}`, message: details };
}

function mistakeIn(body: Json | undefined): Found {
  if (!isObject(body)) return invalidParameter('the body is not a JSON object');
  if (body['messaging_product'] !== 'whatsapp') return missing('messaging_product');
  if (body['status'] !== undefined) return statusMistake(body);
  return recipientMistake(body) ?? envelopeMistake(body) ?? contentMistake(body);
}

/** A request that marks a message as read, with or without "typing…". */
function statusMistake({ status, message_id: id, typing_indicator: typing }: JsonObject): Found {
  if (status !== 'read' || !isTextWithin(id)) return invalidParameter('The parameter message_id is required, and status is "read".');
  const isTyping = typing === undefined || member(typing, 'type') === 'text';
  return isTyping ? undefined : invalidParameter('typing_indicator.type must be text');
}

function recipientMistake({ to, recipient, recipient_type: kind = 'individual' }: JsonObject): Found {
  if (kind !== 'individual' && kind !== 'group') return 'recipient_type is individual or group';
  if (to === undefined && recipient === undefined) return missing('to');
  if (kind === 'group') return isTextWithin(to) ? undefined : 'to is not a group id';
  if (to !== undefined) return typeof to === 'string' && /^\+?[\d\s()-]{5,24}$/.test(to) ? undefined : 'to is not a phone number';
  return typeof recipient === 'string' && /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/.test(recipient)
    ? undefined
    : 'recipient is not a user id';
}

function envelopeMistake({ context, biz_opaque_callback_data: opaque }: JsonObject): Found {
  if (context !== undefined && !isTextWithin(member(context, 'message_id'))) return 'context needs message_id';
  return opaque === undefined || isTextWithin(opaque, 512) ? undefined : 'biz_opaque_callback_data is 1 to 512 characters';
}
