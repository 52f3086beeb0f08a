import { contentMistake } from '../../platforms/viber/content-rules.js';
import { isObject, isTextWithin, readJson } from '../../src/adapter-kit/index.js';
import type { JsonObject, ProviderRequest, SendFailure } from '../../src/contract/index.js';
import { meaningOf } from './status-table.js';

/** Bytes of a request. https://developers.viber.com/docs/api/rest-bot-api/#send-message */
const MAX_REQUEST = 30 * 1_024;
/** The status of data that Viber does not accept. */
const BAD_DATA = 3;

/**
 * Returns why Viber would refuse a request to `send_message`; undefined if it would take it. What only Viber knows is not judged: whether the
 * person has subscribed, and how many messages they got without an answer.
 * https://developers.viber.com/docs/api/rest-bot-api/#send-message
 */
export function accepts({ body }: ProviderRequest): SendFailure | undefined {
  return refusalOf(body, 'one');
}

/** Returns why Viber would refuse the body of a message: to one person or group, or, as a welcome and a broadcast, to nobody by name. */
export function refusalOf(raw: string, to: 'one' | 'nobody'): SendFailure | undefined {
  const mistake = mistakeIn(raw, to);
  return mistake === undefined ? undefined : refusalFor(BAD_DATA, mistake);
}

/** Returns a refusal as `read` reads it. */
export function refusalFor(status: number, message = meaningOf(status).name): SendFailure {
  return { kind: meaningOf(status).kind, code: `${status}`, message };
}

function mistakeIn(raw: string, to: 'one' | 'nobody'): string | undefined {
  const body = readJson(raw);
  if (!isObject(body)) return 'the body is not a JSON object';
  if (Buffer.byteLength(raw) > MAX_REQUEST) return 'the request is larger than 30 kB';
  return (to === 'one' ? receiverMistake(body) : undefined) ?? envelopeMistake(body) ?? contentMistake(body);
}

/** A group chat has a `chat_id` in place of the receiver. */
function receiverMistake({ receiver, chat_id: group }: JsonObject): string | undefined {
  return isTextWithin(group, 200) || isTextWithin(receiver, 200) ? undefined : 'object has missing required properties (["receiver"])';
}

function envelopeMistake({ sender, tracking_data: tracking }: JsonObject): string | undefined {
  if (!isObject(sender) || !isTextWithin(sender['name'], 28)) return 'sender.name is 1 to 28 characters';
  const isTracking = tracking === undefined || (typeof tracking === 'string' && tracking.length <= 4_000);
  return isTracking ? undefined : 'tracking_data is up to 4000 characters';
}
