import { readJson } from '../../src/contract/exact-json.js';
import { type Json, type ProviderReply, readWordless, type SendError, type SendReceipt } from '../../src/contract/index.js';
import { member, readId, readNumber, readText } from '../../src/contract/json-members.js';
import { cutText } from '../../src/text/cut-text.js';
import { meaningOf } from './status-table.js';

const VIBER = { whose: "Viber's", refusing: [401, 403] };
const UNREADABLE: SendReceipt = { ok: true, providerIds: [], warning: 'HTTP 2xx without a word from Viber: most probably taken' };

/**
 * Reads Viber's answer to a send: HTTP says 200 to errors too, `status` in the body has the word. 0 means taken, not delivered.
 * https://developers.viber.com/docs/api/rest-bot-api/#response
 */
export function read(reply: ProviderReply): SendReceipt | SendError {
  const body = 'failed' in reply ? undefined : readJson(reply.body);
  const status = statusIn(body);
  if ('failed' in reply || status === undefined) return isTaken(reply) ? UNREADABLE : readWordless(reply, VIBER);
  if (status !== 0) return refusal(status, reply.status, readText(member(body, 'status_message')));
  const token = member(body, 'message_token');
  const id = typeof token === 'number' ? `${token}` : readId(token);
  return { ok: true, providerIds: id === undefined ? [] : [id] };
}

function refusal(status: number, http: number, said = ''): SendError {
  const { kind, name, pair } = meaningOf(status);
  const message = said === '' || said === name ? name : `${name}: ${cutText(said, 400)}`;
  // With 429 or 5xx Viber's own words prove that it was not taken, whatever the status.
  const retryable = kind !== 'rejected' ? kind : http === 429 ? 'throttled' : http >= 500 ? 'unreachable' : http === 401 ? 'config' : kind;
  return { ok: false, kind: retryable, code: `${status}`, message, ...(pair ? { pair } : {}) };
}

/** No receipt of Viber's would ever prove it, and most of what is answered so was taken: to repeat it would be worse. */
function isTaken({ status = 0 }: ProviderReply): boolean {
  return status >= 200 && status < 300;
}

/** A number, seen as a text too. */
function statusIn(body: Json | undefined): number | undefined {
  const status = readNumber(member(body, 'status'));
  return Number.isInteger(status) ? status : undefined;
}
