import { contentOf } from '../../platforms/viber/inbound-content.js';
import { jsonOf } from '../../src/contract/exact-json.js';
import {
  BUDGET,
  type ChannelId,
  type InboundEvent,
  type Json,
  type JsonObject,
  levelled,
  type Receipt,
  type Sender,
  UnreadableBody,
  type WebhookRequest,
} from '../../src/contract/index.js';
import { idOf, isObject, member, numberOf, textOf, timeOf } from '../../src/contract/json-members.js';
import { cutText } from '../../src/text/cut-text.js';
import { readName } from '../../src/text/read-name.js';
import { accountOf, type ViberConfig } from './config.js';

/** A callback, and what every event made of it needs. */
interface Told {
  readonly body: JsonObject;
  /** Viber's 64-bit number, as text. */
  readonly token: string;
  readonly sentAt: string;
  readonly channel: ChannelId;
  readonly account: string;
}

/**
 * A callback as events: one, or none where nothing is known in it.
 * https://developers.viber.com/docs/api/rest-bot-api/#callbacks
 */
export function parse({ body: raw, at, channel }: WebhookRequest, config: ViberConfig): readonly InboundEvent[] {
  const json = jsonOf(raw.toString('utf8'));
  if (json === undefined) throw new UnreadableBody('the body is no JSON');
  const body = levelled(json);
  if (!isObject(body)) return [];
  const token = tokenOf(body['message_token']);
  const read = READERS.get(textOf(body['event']) ?? '');
  if (token === undefined || !read) return [];
  const event = read({ body, token, sentAt: timeOf(numberOf(body['timestamp'])) ?? at, channel, account: accountOf(config) });
  return event ? [event] : [];
}

const READERS: ReadonlyMap<string, (told: Told) => InboundEvent | undefined> = new Map<string, (told: Told) => InboundEvent | undefined>([
  ['message', messageEvent],
  ['conversation_started', (told) => subscriptionEvent(told, 'started')],
  ['subscribed', (told) => subscriptionEvent(told, 'subscribed')],
  ['unsubscribed', (told) => subscriptionEvent(told, 'unsubscribed')],
  ['delivered', (told) => receiptEvent(told, 'delivered')],
  ['seen', (told) => receiptEvent(told, 'read')],
  ['failed', (told) => receiptEvent(told, 'failed')],
]);

function messageEvent({ body, token, sentAt, channel, account }: Told): InboundEvent | undefined {
  // An inline query is not written in our chat.
  if (body['reply_type'] === 'query') return undefined;
  const from = senderIn(body['sender'], channel);
  const content = contentOf(body['message']);
  if (!from || !content) return undefined;
  // A group's talk is not the person's own.
  const chat = body['chat_id'];
  const group = isEmpty(chat) ? {} : { group: idOf(chat) ?? 'unknown' };
  const raw = isSmall(body) ? { raw: body } : {};
  const message = { id: token, platform: 'viber' as const, from, sentAt, ...content, ...group, ...raw };
  return { account, type: 'message', id: `vb:${token}`, message };
}

/** `conversation_started` comes before any subscription; `context` is what stood behind the link that the person followed. */
function subscriptionEvent(
  { body, token, channel, account }: Told,
  change: 'started' | 'subscribed' | 'unsubscribed',
): InboundEvent | undefined {
  const from = senderIn(change === 'unsubscribed' ? { id: body['user_id'] } : body['user'], channel);
  if (!from) return undefined;
  const subscribed = change === 'subscribed' || (change === 'started' && body['subscribed'] === true);
  const context = change === 'started' ? textOf(body['context']) : undefined;
  // Viber may tell two changes under one token.
  const id = `vb:${token}:${change}`;
  return { account, type: 'subscription', id, from, change, subscribed, ...(context ? { context } : {}) };
}

/** Comes once for each device, and for the person's own messages too; who keeps receipts knows whose it is. */
function receiptEvent({ body, token, sentAt, account }: Told, status: Receipt['status']): InboundEvent {
  const why = textOf(body['desc']) ?? '';
  const error = { kind: 'rejected', code: 'failed', message: why === '' ? 'Viber could not deliver it' : cutText(why, 500) } as const;
  return { account, type: 'receipt', receipt: { providerId: token, status, at: sentAt, ...(status === 'failed' ? { error } : {}) } };
}

/** `viber:<channel>:<user id>`, of this channel. */
export function senderOf(identity: string, channel: ChannelId): Sender | undefined {
  const [, of, id] = /^viber:([^:]+):([\x21-\x7e]{1,200})$/.exec(identity) ?? [];
  return of === channel && id !== undefined ? { identities: [identity], address: id } : undefined;
}

/** A user's id belongs to one bot, so the channel is part of the identity. */
function senderIn(user: unknown, channel: ChannelId): Sender | undefined {
  const id = idOf(member(user, 'id'));
  if (id === undefined || !/^[\x21-\x7e]{1,200}$/.test(id)) return undefined;
  const [name, language] = [readName(textOf(member(user, 'name'))), textOf(member(user, 'language'))];
  return {
    identities: [`viber:${channel}:${id}`],
    address: id,
    ...(name === undefined ? {} : { name }),
    ...(language === undefined || !/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/.test(language) ? {} : { language }),
  };
}

/** A number, or a text of one; a number that has lost digits is none. */
function tokenOf(value: Json | undefined): string | undefined {
  const token = typeof value === 'number' && Number.isSafeInteger(value) ? `${value}` : idOf(value);
  return token !== undefined && /^\d{1,20}$/.test(token) ? token : undefined;
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '';
}

function isSmall(body: JsonObject): boolean {
  return JSON.stringify(body).length <= BUDGET.rawMessage;
}
