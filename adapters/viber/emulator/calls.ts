import type { JsonObject } from '../../../src/contract/index.js';
import { isObject, member, textOf } from '../../../src/contract/json-members.js';
import type { People } from './people.js';
import { type Refusal, refusalOf } from './rules.js';
import type { WebhookSender } from './webhooks.js';

/** Viber's side of a call: `status` 0 and what else the answer tells, or why not. */
export type CallAnswer = Refusal | { readonly status: 0; readonly more: JsonObject; readonly token?: string };

export interface CallParts {
  readonly bot: { readonly name: string; readonly uri: string };
  readonly people: People;
  readonly webhooks: WebhookSender;
  readonly newToken: () => string;
  /** A message was taken. */
  readonly take: (to: string, body: JsonObject) => void;
}

const MOST_RECEIVERS = 300;

/** Everything but `send_message`, by the last part of its path. */
export const CALLS: Readonly<Record<string, (parts: CallParts, body: unknown, raw: string) => CallAnswer | Promise<CallAnswer>>> = {
  set_webhook: setWebhook,
  get_account_info: ({ bot, people, webhooks }) =>
    ok({ ...bot, id: 'pa:75346594275468546724', subscribers_count: people.subscribers, webhook: webhooks.urls[0] ?? '' }),
  get_user_details: ({ people, newToken }, body) => {
    const person = people.known(textOf(member(body, 'id')) ?? '');
    if (!person?.subscribed) return { status: person ? 6 : 5, reason: person ? 'receiverNotSubscribed' : 'receiverNotRegistered' };
    return {
      status: 0,
      token: newToken(),
      more: { user: { id: person.id, name: person.name, language: 'en', country: 'DE', api_version: 10 } },
    };
  },
  get_online: ({ people }, body) => {
    const ids = listOf(member(body, 'ids'));
    if (ids.length < 1 || ids.length > 100) return { status: 3, reason: 'ids: 1 to 100' };
    return ok({ users: ids.map((id) => ({ id, online_status: people.known(id)?.subscribed ? 0 : 3 })) });
  },
  broadcast_message: broadcast,
};

/** Why a message to one person would not be taken. */
export function sendRefusal({ people, webhooks }: CallParts, body: unknown, raw: string): Refusal | undefined {
  if (webhooks.urls.length === 0) return { status: 10, reason: 'webhookNotSet' };
  return refusalOf(body, raw) ?? people.refusalFor(textOf(member(body, 'receiver')) ?? '');
}

/** Viber tries the address before it answers. An empty one takes the webhook away. */
async function setWebhook({ webhooks, newToken }: CallParts, body: unknown): Promise<CallAnswer> {
  const url = textOf(member(body, 'url'));
  if (url === undefined) return { status: 3, reason: 'object has missing required properties (["url"])' };
  if (url === '') {
    webhooks.urls = [];
    return ok({});
  }
  if (!/^https:\/\/|^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(url)) return { status: 1, reason: 'Result: failed with SSL error' };
  const status = await webhooks.probe(url, newToken());
  if (status !== 200)
    return { status: 1, reason: status === 0 ? 'Result: failed with ConnectException' : `Result: failed with HTTP ${status}` };
  webhooks.urls = [url];
  const requested = listOf(member(body, 'event_types'));
  return ok({ event_types: requested.length > 0 ? requested : EVENTS });
}

const EVENTS = ['subscribed', 'unsubscribed', 'conversation_started', 'delivered', 'failed', 'message', 'seen'];

/** Each receiver is judged alone; who cannot be written to is in `failed_list`. */
function broadcast({ people, take, webhooks, newToken }: CallParts, body: unknown, raw: string): CallAnswer {
  if (webhooks.urls.length === 0) return { status: 10, reason: 'webhookNotSet' };
  const receivers = listOf(member(body, 'broadcast_list'));
  if (receivers.length < 1 || receivers.length > MOST_RECEIVERS) return { status: 3, reason: `broadcast_list: 1 to ${MOST_RECEIVERS}` };
  const refusal = refusalOf(body, raw, true);
  if (refusal || !isObject(body)) return refusal ?? { status: 3, reason: 'badData' };
  const { broadcast_list: _, ...message } = body;
  const failed = receivers.flatMap((receiver) => {
    const why = people.refusalFor(receiver);
    if (why) return [{ receiver, status: why.status, status_message: why.reason }];
    take(receiver, message);
    return [];
  });
  return { status: 0, token: newToken(), more: { failed_list: failed } };
}

function ok(more: JsonObject): CallAnswer {
  return { status: 0, more };
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
