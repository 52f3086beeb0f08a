import { jsonOf } from '../../src/contract/exact-json.js';
import type { JsonObject, ProviderReply, SendError, SendReceipt } from '../../src/contract/index.js';
import { idOf, isObject, member, objectsIn } from '../../src/contract/json-members.js';
import { codeOf, failureOf, meaningOf } from './error-table.js';
import { identitiesOf, isAddress } from './parse.js';

/** Reads Meta's answer to a send. 200 means taken, not delivered. */
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
  const error = member(body, 'error');
  if (isObject(error)) return refusal(error, reply.status);
  const providerIds = objectsIn(member(body, 'messages')).flatMap((one) => idOf(one['id']) ?? []);
  if (reply.status >= 200 && reply.status < 300 && providerIds.length > 0) {
    const [contact] = objectsIn(member(body, 'contacts'));
    const ids = [idOf(contact?.['user_id']), idOf(contact?.['wa_id'])].flatMap((one) => (one !== undefined && isAddress(one) ? [one] : []));
    return { ok: true, providerIds, identities: identitiesOf(ids) };
  }
  // A page of some proxy: nobody knows how far the request came.
  if (reply.status >= 500 || reply.status < 300)
    return { ok: false, kind: 'unknown', code: `http-${reply.status}`, message: `HTTP ${reply.status} without an answer of Meta's` };
  if (reply.status === 429) return { ok: false, kind: 'throttled', code: 'http-429', message: 'HTTP 429' };
  return {
    ok: false,
    kind: reply.status === 401 ? 'config' : 'rejected',
    code: `http-${reply.status}`,
    message: `HTTP ${reply.status} without an answer of Meta's`,
  };
}

function refusal(error: JsonObject, status: number): SendError {
  const failure = failureOf(error);
  const { wait, pair } = meaningOf(codeOf(error));
  // 5xx with Meta's own words, or 429: surely not taken, whatever the code.
  const kind =
    failure.kind === 'rejected' && status >= 500
      ? 'unreachable'
      : failure.kind === 'rejected' && status === 429
        ? 'throttled'
        : failure.kind;
  return { ok: false, ...failure, kind, ...(wait === undefined ? {} : { retryAfter: wait }), ...(pair ? { pair } : {}) };
}
