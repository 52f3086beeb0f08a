import { codeOf, failureOf, meaningOf } from '../../platforms/whatsapp/error-table.js';
import { identitiesOf, isAddress } from '../../platforms/whatsapp/identities.js';
import { isObject, member, readJson, readObjects, readUnrecognizedReply } from '../../src/adapter-kit/index.js';
import type { JsonObject, ProviderReply, SendError, SendErrorKind, SendReceipt } from '../../src/contract/index.js';
import { readIds } from './read-ids.js';

const META = { provider: 'Meta', configStatuses: [401] };

/** Reads Meta's reply to a send. A message id with status 200 means that the message was accepted; receipts say whether it was delivered. */
export function read(reply: ProviderReply): SendReceipt | SendError {
  if ('failed' in reply) return readUnrecognizedReply(reply, META);
  const body = readJson(reply.body);
  const error = member(body, 'error');
  if (isObject(error)) return refusalOf(error, reply.status);
  const providerIds = readIds(...readObjects(member(body, 'messages')).map((message) => message['id']));
  if (reply.status < 200 || reply.status >= 300 || providerIds.length === 0) return readUnrecognizedReply(reply, META);
  const [contact] = readObjects(member(body, 'contacts'));
  return { ok: true, providerIds, identities: identitiesOf(readIds(contact?.['user_id'], contact?.['wa_id']).filter(isAddress)) };
}

function refusalOf(error: JsonObject, status: number): SendError {
  const failure = failureOf(error);
  const { wait, pair, retryable } = meaningOf(codeOf(error));
  return {
    ok: false,
    ...failure,
    kind: failure.kind === 'rejected' ? kindByStatus(status) : failure.kind,
    ...(wait === undefined ? {} : { retryAfter: wait }),
    ...(pair ? { pair } : {}),
    ...(retryable ? { retryable } : {}),
  };
}

/** With these statuses an error of Meta's proves that the message was not taken this time, whatever its code. */
function kindByStatus(status: number): SendErrorKind {
  if (status >= 500) return 'unreachable';
  return status === 429 ? 'throttled' : 'rejected';
}
