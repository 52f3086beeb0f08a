import { type EmulatedFile, type HeardMessage, hmacOf, readText } from '../../../src/adapter-kit/index.js';
import type { JsonObject } from '../../../src/contract/index.js';
import { idsOf, type Writer } from './recipient.js';
import type { EmulatorSettings } from './settings.js';
import { tapOn } from './tap.js';

/** What a person writes. */
export interface Said extends Writer {
  readonly name?: string;
  /** The id of the message, and its time in milliseconds since 1970: those of an earlier delivery, if it is repeated. */
  readonly id?: string;
  readonly at?: number;
  readonly text?: string;
  readonly choice?: { readonly id: string; readonly title: string };
  /** The id of the message that is tapped. By default the newest one that shows the choice. */
  readonly quotes?: string;
  /** A file that is sent: its bytes are served as Meta serves them. */
  readonly file?: EmulatedFile & {
    readonly type: 'image' | 'video' | 'audio' | 'document';
    readonly caption?: string;
    readonly fileName?: string;
  };
  /** Any other content, as Meta writes it: `{ type: 'image', image: { … } }`. */
  readonly content?: JsonObject;
}

/** The account of a webhook, in Meta's words. */
type Account = Pick<EmulatorSettings, 'businessAccountId' | 'phoneNumberId' | 'displayPhoneNumber'>;

/** Returns the headers that sign a webhook as Meta does. */
export function signedBy(appSecret: string): (body: string) => Readonly<Record<string, string>> {
  return (body) => ({ 'x-hub-signature-256': `sha256=${hmacOf({ secret: appSecret, body })}` });
}

/** Returns the body of a webhook. */
export function webhookBody({ businessAccountId, phoneNumberId, displayPhoneNumber }: Account, value: JsonObject): string {
  const metadata = { display_phone_number: displayPhoneNumber.replace(/\D/g, ''), phone_number_id: phoneNumberId };
  const change = { field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } };
  return escapeAsMeta({ object: 'whatsapp_business_account', entry: [{ id: businessAccountId, changes: [change] }] });
}

/** Returns the value of a webhook with a message of a person. `id` is used if the message has none. */
export function messageValue(said: Said, { id, heard }: { readonly id: string; readonly heard: readonly HeardMessage[] }): JsonObject {
  const { name = 'Somebody', at = Date.now(), text = '', choice } = said;
  const content = said.content ?? (choice ? tapOn(heard, { ...said, choice }) : { type: 'text', text: { body: text } });
  const ids = idsOf(said);
  return {
    contacts: [{ profile: { name }, ...ids.contact }],
    messages: [{ ...ids.message, id: said.id ?? id, timestamp: secondsOf(at), ...content }],
  };
}

/** Returns the value of a webhook with a status of a message that was taken. */
export function statusValue({ id, to, body }: HeardMessage, status: string, error?: JsonObject): JsonObject {
  const opaque = readText(body['biz_opaque_callback_data']);
  return {
    statuses: [
      {
        id,
        status,
        timestamp: secondsOf(Date.now()),
        recipient_id: to,
        ...(opaque === undefined ? {} : { biz_opaque_callback_data: opaque }),
        ...(error ? { errors: [error] } : {}),
      },
    ],
  };
}

function secondsOf(millis: number): string {
  return String(Math.floor(millis / 1000));
}

/** Meta escapes slashes and everything beyond plain ASCII, so a signature over JSON that was written anew never matches. */
function escapeAsMeta(body: JsonObject): string {
  return JSON.stringify(body)
    .replace(/\//g, '\\/')
    .replace(/[@<>&'\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
