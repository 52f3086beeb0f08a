import { jsonOf } from '../../src/contract/exact-json.js';
import { type InboundMessage, type Json, type JsonObject, levelled } from '../../src/contract/index.js';
import { idOf, isObject, member, numberOf, objectsIn, textOf } from '../../src/contract/json-members.js';

type Content = Omit<InboundMessage, 'id' | 'channel' | 'platform' | 'from' | 'sentAt' | 'replyTo' | 'referral' | 'group' | 'raw'>;

/**
 * What a message says, whichever kind it is. What was edited, deleted, or cannot be read says nothing, and leaves a trace in the log;
 * undefined where nobody can tell what it is.
 */
export function contentOf(message: JsonObject): Content | undefined {
  const type = idOf(message['type']) ?? kindOf(message);
  if (type === undefined) return undefined;
  if (type === 'edit' || type === 'revoke') return { type, text: '' };
  const content = Object.hasOwn(READERS, type) ? READERS[type]?.(message[type], message) : undefined;
  return content ?? { type: 'unsupported', text: '' };
}

/** Some senders leave the type out; then the one part that is there says it. */
function kindOf(message: JsonObject): string | undefined {
  const kinds = Object.keys(READERS).filter((kind) => Object.hasOwn(message, kind));
  return kinds.length === 1 ? kinds[0] : undefined;
}

const READERS: Readonly<Record<string, (part: Json | undefined) => Content | undefined>> &
  Readonly<Record<string, (part: Json | undefined, message: JsonObject) => Content | undefined>> = {
  text: (part) => {
    const text = textOf(member(part, 'body'));
    return text === undefined ? undefined : { type: 'text', text };
  },
  image: media('image'),
  video: media('video'),
  audio: media('audio'),
  voice: media('audio'),
  document: media('document'),
  sticker: media('sticker'),
  location: (part) => {
    const [latitude, longitude] = [numberOf(member(part, 'latitude')), numberOf(member(part, 'longitude'))];
    if (latitude === undefined || longitude === undefined) return undefined;
    return { type: 'location', text: textOf(member(part, 'name')) ?? textOf(member(part, 'address')) ?? '', latitude, longitude };
  },
  contacts: (part) => {
    const contacts = objectsIn(part);
    const [first] = contacts;
    if (!first) return undefined;
    const phone = textOf(member(objectsIn(first['phones'])[0], 'phone'));
    return { type: 'contacts', text: textOf(member(first['name'], 'formatted_name')) ?? phone ?? '', contact: contacts };
  },
  // A reaction that was taken back has an empty emoji, or none.
  reaction: (part) => ({ type: 'reaction', text: '', emoji: textOf(member(part, 'emoji')) ?? '' }),
  button: (part) => {
    const title = textOf(member(part, 'text')) ?? textOf(member(part, 'payload'));
    return title === undefined ? undefined : tap(textOf(member(part, 'payload')) ?? title, title);
  },
  interactive: (part) => {
    const kind = textOf(member(part, 'type')) ?? '';
    const inner = member(part, kind);
    if (kind === 'nfm_reply') return { type: 'form', text: '', form: formOf(member(inner, 'response_json')) };
    const [id, title] = [textOf(member(inner, 'id')), textOf(member(inner, 'title'))];
    return (kind === 'button_reply' || kind === 'list_reply') && (id ?? title) !== undefined
      ? tap(id ?? title ?? '', title ?? id ?? '')
      : undefined;
  },
  order: (part) => (isObject(part) ? { type: 'order', text: textOf(member(part, 'text')) ?? '', form: part } : undefined),
};

function media(type: string): (part: Json | undefined) => Content | undefined {
  return (part) => {
    if (!isObject(part)) return undefined;
    const [mediaId, mediaUrl, mimeType, fileName] = ['id', 'url', 'mime_type', 'filename'].map((name) => textOf(part[name]));
    return {
      type,
      text: textOf(part['caption']) ?? '',
      ...(mediaId === undefined ? {} : { mediaId }),
      ...(mediaUrl === undefined ? {} : { mediaUrl }),
      ...(mimeType === undefined ? {} : { mimeType }),
      ...(fileName === undefined ? {} : { fileName }),
    };
  };
}

function tap(choice: string, title: string): Content {
  return { type: 'choice', choice, title, text: title };
}

/** A form comes as JSON in a text, which may be missing or broken. */
function formOf(text: Json | undefined): Json {
  return levelled(jsonOf(textOf(text) ?? '') ?? null);
}
