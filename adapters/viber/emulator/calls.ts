import { answer, type Exchange, isObject, member, readText, type WebhookSender } from '../../../src/adapter-kit/index.js';
import type { JsonObject, SendFailure } from '../../../src/contract/index.js';
import { refusalFor, refusalOf } from '../accepts.js';
import type { People } from './people.js';
import { callbackBody } from './webhooks.js';

/** The answer to a call: `status` 0 with the members that the call gives, or a refusal. */
export type CallAnswer = SendFailure | { readonly status: 0; readonly members: JsonObject; readonly token?: string };

export interface CallParts {
  readonly bot: { readonly name: string; readonly uri: string };
  readonly people: People;
  readonly sender: WebhookSender;
  readonly newToken: () => string;
  /** Takes a message for a person. */
  readonly take: (to: string, body: JsonObject) => void;
}

type Call = (parts: CallParts, body: unknown, raw: string) => CallAnswer | Promise<CallAnswer>;

/** The calls of the Bot API, but for `send_message`. */
export const CALLS: Readonly<Record<string, Call>> = {
  set_webhook: setWebhook,
  get_account_info: ({ bot, people, sender }) =>
    ok({ ...bot, id: 'pa:75346594275468546724', subscribers_count: people.subscribers, webhook: sender.urls[0] ?? '' }),
  get_user_details: userDetails,
  get_online: onlineOf,
  broadcast_message: broadcast,
};

/** Writes an answer as Viber does: HTTP 200 for refusals, too, and the token as a number of 64 bits, which `JSON.stringify` cannot write. */
export function answerText(given: CallAnswer): string {
  const [status, status_message, members] = 'kind' in given ? [given.code, given.message, {}] : [given.status, 'ok', given.members];
  const token = 'token' in given && given.token !== undefined ? `"message_token":${given.token},` : '';
  const rest = JSON.stringify({ status_message, chat_hostname: 'SN-CHAT-05_', ...members }).slice(1);
  return `{"status":${status},${token}${rest}`;
}

export function answerCall(exchange: Exchange, given: CallAnswer, http = 200): void {
  answer(exchange, http, answerText(given));
}

/** Viber tries the address before it answers. An empty address removes the webhook. */
async function setWebhook({ sender, newToken }: CallParts, body: unknown): Promise<CallAnswer> {
  const url = readText(member(body, 'url'));
  if (url === undefined) return refusalFor(3, 'object has missing required properties (["url"])');
  if (url === '') {
    sender.urls = [];
    return ok({});
  }
  if (!/^https:\/\/|^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(url)) return refusalFor(1, 'Result: failed with SSL error');
  const status = await sender.probe(url, callbackBody({ event: 'webhook', token: newToken(), members: {} }));
  if (status !== 200) return refusalFor(1, status === 0 ? 'Result: failed with ConnectException' : `Result: failed with HTTP ${status}`);
  sender.urls = [url];
  const requested = textsIn(member(body, 'event_types'));
  return ok({ event_types: requested.length > 0 ? requested : EVENTS });
}

const EVENTS = ['subscribed', 'unsubscribed', 'conversation_started', 'delivered', 'failed', 'message', 'seen'];

function userDetails({ people, newToken }: CallParts, body: unknown): CallAnswer {
  const person = people.known(readText(member(body, 'id')) ?? '');
  if (!person) return refusalFor(5);
  if (!person.subscribed) return refusalFor(6);
  const user = { id: person.id, name: person.name, language: 'en', country: 'DE', api_version: 10 };
  return { status: 0, token: newToken(), members: { user } };
}

function onlineOf({ people }: CallParts, body: unknown): CallAnswer {
  const ids = textsIn(member(body, 'ids'));
  if (ids.length < 1 || ids.length > 100) return refusalFor(3, 'ids: 1 to 100');
  return ok({ users: ids.map((id) => ({ id, online_status: people.known(id)?.subscribed ? 0 : 3 })) });
}

const MAX_RECEIVERS = 300;

/** Each receiver is checked on their own. Those who cannot be written to are in `failed_list`. */
function broadcast({ people, take, sender, newToken }: CallParts, body: unknown, raw: string): CallAnswer {
  if (sender.urls.length === 0) return WEBHOOK_NOT_SET;
  const receivers = textsIn(member(body, 'broadcast_list'));
  if (receivers.length < 1 || receivers.length > MAX_RECEIVERS) return refusalFor(3, `broadcast_list: 1 to ${MAX_RECEIVERS}`);
  const refusal = refusalOf(raw, 'nobody');
  if (refusal || !isObject(body)) return refusal ?? refusalFor(3);
  const { broadcast_list: _, ...message } = body;
  const failed = receivers.flatMap((receiver) => {
    const reason = people.refusalFor(receiver);
    if (reason) return [{ receiver, status: Number(reason.code), status_message: reason.message }];
    take(receiver, message);
    return [];
  });
  return { status: 0, token: newToken(), members: { failed_list: failed } };
}

export const WEBHOOK_NOT_SET: SendFailure = refusalFor(10);

function ok(members: JsonObject): CallAnswer {
  return { status: 0, members };
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
