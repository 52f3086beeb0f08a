import { jsonOf } from '../../src/contract/exact-json.js';
import type { Json, ProviderReply, SendError, SendReceipt } from '../../src/contract/index.js';
import { idOf, member, numberOf, textOf } from '../../src/contract/json-members.js';
import { meaningOf } from './status-table.js';

/**
 * Reads Viber's answer to a send: HTTP says 200 to errors too, `status` in the body has the word. 0 means taken, not delivered.
 * https://developers.viber.com/docs/api/rest-bot-api/#response
 */
export function read(reply: ProviderReply): SendReceipt | SendError {
  if ('failed' in reply) {
    const lost = reply.failed === 'lost';
    return {
      ok: false,
      kind: lost ? 'unknown' : 'unreachable',
      code: lost ? 'send/answer-lost' : 'send/unreachable',
      message: reply.detail,
    };
  }
  const body = jsonOf(reply.body);
  const status = statusIn(body);
  if (status === undefined) return withoutStatus(reply.status);
  if (status !== 0) return refusal(status, reply.status, textOf(member(body, 'status_message')));
  const token = member(body, 'message_token');
  const id = typeof token === 'number' ? `${token}` : idOf(token);
  return { ok: true, providerIds: id === undefined ? [] : [id] };
}

function refusal(status: number, http: number, said = ''): SendError {
  const { kind, name, pair } = meaningOf(status);
  const message = said === '' || said === name ? name : `${name}: ${said.slice(0, 400)}`;
  // With 429 or 5xx Viber's own words prove that it was not taken, whatever the status.
  const passing = kind !== 'rejected' ? kind : http === 429 ? 'throttled' : http >= 500 ? 'unreachable' : http === 401 ? 'config' : kind;
  return { ok: false, kind: passing, code: `${status}`, message, ...(pair ? { pair } : {}) };
}

/** A page of some proxy: after a 5xx nobody knows how far the request came. */
function withoutStatus(http: number): SendError {
  const kind = http >= 500 || http < 300 ? 'unknown' : http === 429 ? 'throttled' : http === 401 || http === 403 ? 'config' : 'rejected';
  return { ok: false, kind, code: `http-${http}`, message: `HTTP ${http} without an answer of Viber's` };
}

/** A number, seen as a text too. */
function statusIn(body: Json | undefined): number | undefined {
  const status = numberOf(member(body, 'status'));
  return Number.isInteger(status) ? status : undefined;
}
