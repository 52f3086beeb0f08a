import { senderIn } from '../../platforms/viber/identities.js';
import { inboundContent } from '../../platforms/viber/inbound-content.js';
import { failureOf, RECEIPTS } from '../../platforms/viber/receipts.js';
import { isObject, member, rawOf, readBody, readId, readNumber, readText, readTime } from '../../src/adapter-kit/index.js';
import type { ChannelId, InboundEvent, Json, JsonObject, Receipt, WebhookRequest } from '../../src/contract/index.js';
import { accountOf, type ViberConfig } from './config.js';

/** A callback, with what every event needs of it. */
interface Callback {
  readonly body: JsonObject;
  /** The `message_token`, a 64-bit number, as a string. */
  readonly token: string;
  readonly at: string;
  readonly channel: ChannelId;
  readonly account: string;
}

/**
 * Reads a callback. It gives one event, or none if it is unknown.
 * https://developers.viber.com/docs/api/rest-bot-api/#callbacks
 */
export function parse(request: WebhookRequest, config: ViberConfig): readonly InboundEvent[] {
  const body = readBody(request);
  const token = tokenIn(member(body, 'message_token'));
  if (!isObject(body) || token === undefined) return [];
  const at = readTime(readNumber(body['timestamp'])) ?? request.at;
  const event = eventOf({ body, token, at, channel: request.channel, account: accountOf(config) });
  return event ? [event] : [];
}

function eventOf(callback: Callback): InboundEvent | undefined {
  const name = readText(callback.body['event']) ?? '';
  const status = RECEIPTS.get(name);
  if (status) return receiptEvent(callback, status);
  switch (name) {
    case 'message':
      return messageEvent(callback);
    case 'conversation_started':
      return subscriptionEvent(callback, 'started');
    case 'subscribed':
    case 'unsubscribed':
      return subscriptionEvent(callback, name);
    default:
      return undefined;
  }
}

function messageEvent({ body, token, at, channel, account }: Callback): InboundEvent | undefined {
  // An inline query is typed in another chat.
  if (body['reply_type'] === 'query') return undefined;
  const from = senderIn(body['sender'], channel);
  const content = inboundContent(body['message']);
  if (!from || !content) return undefined;
  const message = { id: token, platform: 'viber' as const, from, sentAt: at, ...content, ...groupIn(body['chat_id']), ...rawOf(body) };
  return { account, type: 'message', id: `vb:${token}`, message };
}

function groupIn(chatId: Json | undefined): { readonly group?: string } {
  return chatId === undefined || chatId === null || chatId === '' ? {} : { group: readId(chatId) ?? 'unknown' };
}

/** `conversation_started` comes before a person subscribes. Its `context` is the one of the link that the person followed. */
function subscriptionEvent(
  { body, token, channel, account }: Callback,
  change: 'started' | 'subscribed' | 'unsubscribed',
): InboundEvent | undefined {
  const from = senderIn(change === 'unsubscribed' ? { id: body['user_id'] } : body['user'], channel);
  if (!from) return undefined;
  const subscribed = change === 'subscribed' || (change === 'started' && body['subscribed'] === true);
  const context = change === 'started' ? readText(body['context']) : undefined;
  // Two changes may have the same token.
  const id = `vb:${token}:${change}`;
  return { account, type: 'subscription', id, from, change, subscribed, ...(context ? { context } : {}) };
}

/** Comes once for each device, also for messages that the person wrote. The host ignores receipts of messages that it did not send. */
function receiptEvent({ body, token, at, account }: Callback, status: Receipt['status']): InboundEvent {
  const error = status === 'failed' ? { error: failureOf(readText(body['desc'])) } : {};
  return { account, type: 'receipt', receipt: { providerId: token, status, at, ...error } };
}

/** A number, or a string with a number in it. A number that JSON has rounded is not valid. */
function tokenIn(value: Json | undefined): string | undefined {
  const token = typeof value === 'number' && Number.isSafeInteger(value) ? `${value}` : readId(value);
  return token !== undefined && /^\d{1,20}$/.test(token) ? token : undefined;
}
