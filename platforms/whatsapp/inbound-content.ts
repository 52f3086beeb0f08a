import { isObject, limitDepth, member, readId, readJson, readNumber, readObjects, readText } from '../../src/adapter-kit/index.js';
import type { InboundMessage, Json, JsonObject, Order } from '../../src/contract/index.js';

/** What a message says, without who wrote it, where and when. */
export type InboundContent = Omit<
  InboundMessage,
  'id' | 'channel' | 'platform' | 'from' | 'sentAt' | 'replyTo' | 'referral' | 'group' | 'raw'
>;

/**
 * Returns the content of a message in Meta's JSON, `{ type, <type>: … }`. A message that was edited or deleted, and one that cannot be
 * read, has a type that no wait accepts and no text. Returns undefined if the message does not say what it is.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
 */
export function inboundContent(message: JsonObject): InboundContent | undefined {
  const type = readId(message['type']) ?? onlyPartOf(message);
  if (type === undefined) return undefined;
  if (type === 'edit' || type === 'revoke') return { type, text: '' };
  return READERS.get(type)?.(message[type]) ?? { type: 'unsupported', text: '' };
}

/** Some senders leave out the type. Then it is the name of the only part. */
function onlyPartOf(message: JsonObject): string | undefined {
  const types = [...READERS.keys()].filter((type) => Object.hasOwn(message, type));
  return types.length === 1 ? types[0] : undefined;
}

type Reader = (part: Json | undefined) => InboundContent | undefined;

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['text', textIn],
  ['image', fileIn('image')],
  ['video', fileIn('video')],
  ['audio', fileIn('audio')],
  ['voice', fileIn('audio')],
  ['document', fileIn('document')],
  ['sticker', fileIn('sticker')],
  ['location', locationIn],
  ['contacts', contactsIn],
  // If a reaction was taken back, its emoji is empty or missing.
  ['reaction', (part) => ({ type: 'reaction', text: '', emoji: readText(member(part, 'emoji')) ?? '' })],
  ['button', templateReplyIn],
  ['interactive', interactiveReplyIn],
  ['order', orderIn],
]);

function textIn(part: Json | undefined): InboundContent | undefined {
  const text = readText(member(part, 'body'));
  return text === undefined ? undefined : { type: 'text', text };
}

function fileIn(type: string): Reader {
  return (part) => {
    if (!isObject(part)) return undefined;
    const [mediaId, mediaUrl, mimeType, fileName] = ['id', 'url', 'mime_type', 'filename'].map((name) => readText(part[name]));
    return {
      type,
      text: readText(part['caption']) ?? '',
      ...(mediaId === undefined ? {} : { mediaId }),
      ...(mediaUrl === undefined ? {} : { mediaUrl }),
      ...(mimeType === undefined ? {} : { mimeType }),
      ...(fileName === undefined ? {} : { fileName }),
    };
  };
}

function locationIn(part: Json | undefined): InboundContent | undefined {
  const [latitude, longitude] = [readNumber(member(part, 'latitude')), readNumber(member(part, 'longitude'))];
  if (latitude === undefined || longitude === undefined) return undefined;
  return { type: 'location', text: readText(member(part, 'name')) ?? readText(member(part, 'address')) ?? '', latitude, longitude };
}

function contactsIn(part: Json | undefined): InboundContent | undefined {
  const contacts = readObjects(part);
  const [first] = contacts;
  if (!first) return undefined;
  const phone = readText(member(readObjects(first['phones'])[0], 'phone'));
  return { type: 'contacts', text: readText(member(first['name'], 'formatted_name')) ?? phone ?? '', contact: contacts };
}

function orderIn(part: Json | undefined): InboundContent | undefined {
  if (!isObject(part)) return undefined;
  const text = readText(part['text']) ?? '';
  const catalogId = readId(part['catalog_id']);
  const items = readObjects(part['product_items']).map(orderItem);
  return { type: 'order', text, form: part, order: { ...(catalogId === undefined ? {} : { catalogId }), items, text } };
}

function orderItem(item: JsonObject): Order['items'][number] {
  const [id, currency] = [readId(item['product_retailer_id']), readText(item['currency'])];
  const [quantity, price] = [readNumber(item['quantity']), readNumber(item['item_price'])];
  return {
    ...(id === undefined ? {} : { id }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(price === undefined ? {} : { price }),
    ...(currency === undefined ? {} : { currency }),
  };
}

/** A tap on a quick reply of a template. */
function templateReplyIn(part: Json | undefined): InboundContent | undefined {
  return choiceIn({ id: member(part, 'payload'), title: member(part, 'text') });
}

/** A tap on a reply button or on a row of a list, or a form that was filled in. */
function interactiveReplyIn(part: Json | undefined): InboundContent | undefined {
  const type = readText(member(part, 'type')) ?? '';
  const reply = member(part, type);
  if (type === 'nfm_reply') return { type: 'form', text: '', form: formIn(member(reply, 'response_json')) };
  if (type !== 'button_reply' && type !== 'list_reply') return undefined;
  return choiceIn({ id: member(reply, 'id'), title: member(reply, 'title') });
}

function choiceIn(tap: { readonly id: Json | undefined; readonly title: Json | undefined }): InboundContent | undefined {
  const [id, title] = [readText(tap.id), readText(tap.title)];
  const choice = id ?? title;
  const words = title ?? id;
  return choice === undefined || words === undefined ? undefined : { type: 'choice', choice, title: words, text: words };
}

/** The values of a form come as JSON in a string, which may be missing or invalid. */
function formIn(json: Json | undefined): Json {
  return limitDepth(readJson(readText(json) ?? '') ?? null);
}
