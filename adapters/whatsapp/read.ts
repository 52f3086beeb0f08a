import { codeOf, failureOf, meaningOf } from '../../platforms/whatsapp/error-table.js';
import { jsonOf } from '../../src/contract/exact-json.js';
import { type JsonObject, type ProviderReply, readWordless, type SendError, type SendReceipt } from '../../src/contract/index.js';
import { idOf, isObject, member, objectsIn } from '../../src/contract/json-members.js';
import { identitiesOf, isAddress } from './parse.js';

const META = { whose: "Meta's", refusing: [401] };

/** Reads Meta's answer to a send. 200 means taken, not delivered. */
export function read(reply: ProviderReply): SendReceipt | SendError {
  if ('failed' in reply) return readWordless(reply, META);
  const body = jsonOf(reply.body);
  const error = member(body, 'error');
  if (isObject(error)) return refusal(error, reply.status);
  const providerIds = objectsIn(member(body, 'messages')).flatMap((one) => idOf(one['id']) ?? []);
  if (reply.status >= 200 && reply.status < 300 && providerIds.length > 0) {
    const [contact] = objectsIn(member(body, 'contacts'));
    const ids = [idOf(contact?.['user_id']), idOf(contact?.['wa_id'])].flatMap((one) => (one !== undefined && isAddress(one) ? [one] : []));
    return { ok: true, providerIds, identities: identitiesOf(ids) };
  }
  return readWordless(reply, META);
}

function refusal(error: JsonObject, status: number): SendError {
  const failure = failureOf(error);
  const { wait, pair, mayPass } = meaningOf(codeOf(error));
  // 5xx with Meta's own words, or 429: surely not taken, whatever the code.
  const kind =
    failure.kind === 'rejected' && status >= 500
      ? 'unreachable'
      : failure.kind === 'rejected' && status === 429
        ? 'throttled'
        : failure.kind;
  const more = { ...(wait === undefined ? {} : { retryAfter: wait }), ...(pair ? { pair } : {}), ...(mayPass ? { mayPass } : {}) };
  return { ok: false, ...failure, kind, ...more };
}
