import { BUDGET, type Json, type JsonObject, UnreadableBody, type WebhookRequest } from '../contract/index.js';
import { readJson } from '../contract/json/exact-json.js';
import { jsonSize } from '../contract/json/json-size.js';
import { limitDepth } from '../contract/json/levels.js';

/**
 * Returns the JSON of a webhook's body, read by `readJson`. What is nested deeper than 60 levels becomes null: no store could keep it.
 *
 * @throws UnreadableBody if the body is not valid JSON; the host answers 400.
 * @example
 * export function parse(request: WebhookRequest): readonly InboundEvent[] {
 *   const body = readBody(request);
 *   return readObjects(member(body, 'messages')).flatMap(messageEvent);
 * }
 */
export function readBody({ body }: Pick<WebhookRequest, 'body'>): Json {
  const json = readJson(body.toString('utf8'));
  if (json === undefined) throw new UnreadableBody('the body is not valid JSON');
  return limitDepth(json);
}

/**
 * Returns a provider's own element as the member `raw` of a message, for flows that need more than the message says. Returns no member
 * if the element is larger than about 8 kB as JSON.
 *
 * @example const message = { id, platform: 'viber', from, type: 'text', text, sentAt, ...rawOf(element) };
 */
export function rawOf(element: JsonObject): { readonly raw?: JsonObject } {
  return jsonSize(element) <= BUDGET.rawMessage ? { raw: element } : {};
}
