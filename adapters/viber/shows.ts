import { shownContent } from '../../platforms/viber/shown-content.js';
import { isObject, readJson } from '../../src/adapter-kit/index.js';
import type { JsonObject, ProviderRequest, Shown } from '../../src/contract/index.js';

/** Members that say who gets a message and from whom. */
const ENVELOPE: readonly string[] = ['receiver', 'chat_id', 'broadcast_list', 'sender', 'tracking_data', 'auth_token'];

/** Returns what a person sees of a request to `send_message`; undefined if its body is not JSON. */
export function shows({ body }: ProviderRequest): Shown | undefined {
  const message = readJson(body);
  return isObject(message) ? shownIn(message) : undefined;
}

/** Returns what a person sees of a message, which may also be a welcome or a broadcast. */
export function shownIn(message: JsonObject): Shown {
  return shownContent(Object.fromEntries(Object.entries(message).filter(([name]) => !ENVELOPE.includes(name))));
}
