import { cutText, member, readId, readJson, readNumber, readText, readUnrecognizedReply } from '../../src/adapter-kit/index.js';
import type { Json, ProviderReply, SendError, SendErrorKind, SendReceipt } from '../../src/contract/index.js';
import { meaningOf } from './status-table.js';

const VIBER = { provider: 'Viber', configStatuses: [401, 403] };
/** No receipt could prove that the message was taken. It probably was, so repeating it would be worse than losing it. */
const UNREADABLE: SendReceipt = { ok: true, providerIds: [], warning: 'HTTP 2xx without an answer from Viber: probably taken' };

/**
 * Reads Viber's reply to a send. The HTTP status is 200 for errors, too; `status` in the body is 0 if the message was accepted, and
 * receipts say whether it was delivered.
 * https://developers.viber.com/docs/api/rest-bot-api/#response
 */
export function read(reply: ProviderReply): SendReceipt | SendError {
  const body = 'failed' in reply ? undefined : readJson(reply.body);
  const status = statusIn(body);
  if ('failed' in reply || status === undefined) return hasSucceeded(reply) ? UNREADABLE : readUnrecognizedReply(reply, VIBER);
  if (status !== 0) return refusalOf(body, { status, http: reply.status });
  const token = member(body, 'message_token');
  const id = typeof token === 'number' ? `${token}` : readId(token);
  return { ok: true, providerIds: id === undefined ? [] : [id] };
}

function refusalOf(body: Json | undefined, { status, http }: { readonly status: number; readonly http: number }): SendError {
  const { kind, name, pair, wait } = meaningOf(status);
  const words = readText(member(body, 'status_message')) ?? '';
  const message = words === '' || words === name ? name : `${name}: ${cutText(words, 400)}`;
  return {
    ok: false,
    kind: kind === 'rejected' ? kindByStatus(http) : kind,
    code: `${status}`,
    message,
    ...(pair ? { pair } : {}),
    ...(wait === undefined ? {} : { retryAfter: wait }),
  };
}

/** With these HTTP statuses an error of Viber's proves that the message was not taken this time, whatever its status. */
function kindByStatus(http: number): SendErrorKind {
  if (http >= 500) return 'unreachable';
  if (http === 429) return 'throttled';
  return http === 401 ? 'config' : 'rejected';
}

function hasSucceeded({ status = 0 }: ProviderReply): boolean {
  return status >= 200 && status < 300;
}

/** Some replies have the status as a string. */
function statusIn(body: Json | undefined): number | undefined {
  const status = readNumber(member(body, 'status'));
  return Number.isInteger(status) ? status : undefined;
}
