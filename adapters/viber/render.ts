import { apiVersionOf } from '../../platforms/viber/api-version.js';
import { limits } from '../../platforms/viber/limits.js';
import { type OutboundContents, outboundContents, ROOM_WITH_OFFERS } from '../../platforms/viber/outbound-content.js';
import { trackingOf } from '../../platforms/viber/tracking.js';
import type { HttpAnswer, JsonObject, OutboundMessage, ProviderRequest } from '../../src/contract/index.js';
import { callTo } from './call.js';
import type { ViberConfig } from './config.js';

/** How the addresses of group chats begin. */
const GROUP = 'group:';

/**
 * Returns the requests that send a message, one for each bubble. Viber cannot quote a message, so `replyTo` is ignored.
 * https://developers.viber.com/docs/api/rest-bot-api/#send-message
 *
 * @throws Error if an author has drawn a message that is larger than Viber takes.
 */
export function render(to: string, message: OutboundMessage, config: ViberConfig, effectId: string): readonly ProviderRequest[] {
  const call = callTo('send_message', config);
  const receiver = to.startsWith(GROUP) ? { chat_id: to.slice(GROUP.length) } : { receiver: to };
  return bodiesOf(message, config, effectId).map((body) => ({ ...call, body: toJson({ ...receiver, ...body }) }));
}

/**
 * Returns a message as the answer to `conversation_started`: the welcome, the only message that a person gets before subscribing.
 * https://developers.viber.com/docs/api/rest-bot-api/#sending-a-welcome-message
 */
export function answer(message: OutboundMessage, config: ViberConfig, effectId: string): HttpAnswer | undefined {
  const [body, ...rest] = bodiesOf(message, config, effectId);
  if (!body) return undefined;
  const reply = { status: 200, contentType: 'application/json', body: toJson(body) };
  return { reply, isWhole: rest.length === 0 };
}

/** A message that an author has drawn cannot be shortened, and may be too large once its templates are filled in. */
function toJson(body: JsonObject): string {
  const json = JSON.stringify(body);
  const bytes = Buffer.byteLength(json);
  if (bytes > limits.request) throw new Error(`the message has ${bytes} bytes; Viber takes ${limits.request}`);
  return json;
}

/** The members of the content come last, so that those of an author's own JSON win. */
function bodiesOf(message: OutboundMessage, { senderName, senderAvatar }: ViberConfig, effectId: string): readonly JsonObject[] {
  const { contents, offers } = outboundContents(message);
  const open = message.keeps && outboundContents(message.keeps.message);
  const openOffers = open?.offers ?? [];
  // If the message has nothing to answer itself, a tap answers the open question.
  const answered = offers.length === 0 && openOffers.length > 0 ? (message.keeps?.effectId ?? effectId) : effectId;
  const tracking_data = trackingOf(answered, [...offers, ...openOffers]);
  const sender = { name: senderName, ...(senderAvatar === undefined ? {} : { avatar: senderAvatar }) };
  return withKeyboardOf(open, contents).map((content) => {
    const version = apiVersionOf(content);
    return { ...(version > 1 ? { min_api_version: version } : {}), sender, tracking_data, ...content };
  });
}

/** Repeats the keyboard of the open question, because a message without a keyboard takes it away. */
function withKeyboardOf(open: OutboundContents | undefined, contents: readonly JsonObject[]): readonly JsonObject[] {
  const keyboard = open?.contents.map((content) => content['keyboard']).findLast((one) => one !== undefined);
  if (keyboard === undefined || contents.some((content) => content['keyboard'] !== undefined)) return contents;
  const last = { ...contents.at(-1), keyboard };
  return Buffer.byteLength(JSON.stringify(last)) <= ROOM_WITH_OFFERS ? [...contents.slice(0, -1), last] : contents;
}
