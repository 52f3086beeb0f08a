import { apiVersionOf } from '../../platforms/viber/api-version.js';
import { limits } from '../../platforms/viber/limits.js';
import { type Content, contentOf } from '../../platforms/viber/outbound-content.js';
import { trackingOf } from '../../platforms/viber/tracking.js';
import type { HttpAnswer, JsonObject, OutboundMessage, ProviderRequest } from '../../src/contract/index.js';
import { callTo } from './call.js';
import type { ViberConfig } from './config.js';

/** How addresses of group chats begin; a group is written to without a receiver. */
const GROUP = 'group:';

/**
 * The requests that show a message: one for each bubble. Viber quotes nothing, so `replyTo` is passed over.
 * https://developers.viber.com/docs/api/rest-bot-api/#send-message
 */
export function render(to: string, message: OutboundMessage, config: ViberConfig, effectId: string): readonly ProviderRequest[] {
  const call = callTo('send_message', config);
  const receiver = to.startsWith(GROUP) ? { chat_id: to.slice(GROUP.length) } : { receiver: to };
  return bodiesOf(message, config, effectId).map((body) => ({ ...call, body: written({ ...receiver, ...body }) }));
}

/**
 * The welcome: the one message that a person gets before subscribing, as the body of the answer to `conversation_started`.
 * https://developers.viber.com/docs/api/rest-bot-api/#sending-a-welcome-message
 */
export function answer(message: OutboundMessage, config: ViberConfig, effectId: string): HttpAnswer | undefined {
  const [body, ...more] = bodiesOf(message, config, effectId);
  if (!body) return undefined;
  const reply = { status: 200, contentType: 'application/json', body: written(body) };
  return { reply, isWhole: more.length === 0 };
}

/** What an author has drawn may be larger than Viber takes, once its templates are filled: nothing of it can be left out. */
function written(body: JsonObject): string {
  const json = JSON.stringify(body);
  const bytes = Buffer.byteLength(json);
  if (bytes > limits.request) throw new Error(`the message has ${bytes} bytes; Viber takes ${limits.request}`);
  return json;
}

/** Members of the message come last: in Viber's own JSON they are the author's. */
function bodiesOf(message: OutboundMessage, { senderName, senderAvatar }: ViberConfig, effectId: string): readonly JsonObject[] {
  const { parts, offers }: Content = contentOf(message);
  const kept = message.keeps && contentOf(message.keeps.message);
  const asks = offers.length > 0 || !kept || kept.offers.length === 0;
  const tracking_data = trackingOf(asks ? effectId : (message.keeps?.effectId ?? effectId), [...offers, ...(kept?.offers ?? [])]);
  const sender = { name: senderName, ...(senderAvatar === undefined ? {} : { avatar: senderAvatar }) };
  return withKeyboardOf(parts, kept).map((part) => {
    const version = apiVersionOf(part);
    return { ...(version > 1 ? { min_api_version: version } : {}), sender, tracking_data, ...part };
  });
}

/** A message without a keyboard takes away the one that is there: that of the open question comes again. */
function withKeyboardOf(parts: readonly JsonObject[], kept: Content | undefined): readonly JsonObject[] {
  const keyboard = kept?.parts.map((part) => part['keyboard']).findLast((one) => one !== undefined);
  if (keyboard === undefined || parts.some((part) => part['keyboard'] !== undefined)) return parts;
  const last = { ...parts.at(-1), keyboard };
  return Buffer.byteLength(JSON.stringify(last)) <= limits.request - 4_500 ? [...parts.slice(0, -1), last] : parts;
}
