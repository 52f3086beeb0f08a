import { type EmulatedFile, hmacOf } from '../../../src/adapter-kit/index.js';
import type { JsonObject } from '../../../src/contract/index.js';
import type { Person } from './people.js';

/** What a person writes. */
export interface Said {
  readonly from: string;
  readonly name?: string;
  /** The token of the message, and its time in milliseconds since 1970: those of an earlier delivery, if it is repeated. */
  readonly id?: string;
  readonly at?: number;
  readonly text?: string;
  /** A tap on a button. Viber sends the id as a text. */
  readonly choice?: { readonly id: string; readonly title: string };
  /** A file that is sent: its bytes are served as Viber serves them. */
  readonly file?: EmulatedFile & { readonly type: 'picture' | 'video' | 'file'; readonly caption?: string; readonly fileName?: string };
  /** Any other content, as Viber writes it: `{ type: 'picture', media: '…' }`. */
  readonly content?: JsonObject;
}

/** A person opens the chat. */
export interface Opened {
  readonly from: string;
  readonly name?: string;
  /** The context of the link that the person followed. */
  readonly context?: string;
}

/** A callback: the name of its event, its `message_token`, and its other members. */
export interface Callback {
  readonly event: string;
  readonly token: string;
  readonly members: JsonObject;
}

/** Returns the headers that sign a callback as Viber does. */
export function signedBy(authToken: string): (body: string) => Readonly<Record<string, string>> {
  return (body) => ({ 'x-viber-content-signature': hmacOf({ secret: authToken, body }) });
}

/** Returns the body of a callback. The token is written as a number of 64 bits, which `JSON.stringify` cannot do. */
export function callbackBody({ event, token, members }: Callback): string {
  const rest = JSON.stringify({ timestamp: Date.now(), chat_hostname: 'SN-CHAT-05_', ...members }).slice(1);
  return `{"event":${JSON.stringify(event)},"message_token":${token},${rest}`;
}

/** Returns the members of the callback for a message. */
export function messageMembers({ at = Date.now(), text = '', choice, content }: Said, person: Person): JsonObject {
  const message = { ...(content ?? { type: 'text', text: choice?.id ?? text }), tracking_data: person.tracking };
  return { timestamp: at, sender: profileOf(person), message, silent: false };
}

/** Returns a person as callbacks show them. */
export function profileOf({ id, name }: Person): JsonObject {
  return { id, name, avatar: 'https://media-direct.cdn.viber.com/pg_download', country: 'DE', language: 'en', api_version: 10 };
}
