import type { VariableType } from './flow.js';
import type { Vars } from './json.js';
import type { Platform } from './message.js';
import type { Shape } from './shape.js';

/**
 * Variables that a run has when it begins, without the flow declaring them: from the message or the call that starts it, the person, and
 * the channel. The engine, the check, and the table in docs/flow-format.md read this list.
 */
export const GIVEN_VARIABLES = [
  {
    name: 'incomingMessage',
    by: 'message',
    isInherited: true,
    isWritten: true,
    sentence: 'The text of the message that started the flow.',
  },
  { name: 'incomingMessageType', by: 'message', isInherited: true, sentence: 'Its type, such as `text` or `image`.' },
  {
    name: 'customerPhoneNumber',
    by: 'person',
    isInherited: true,
    sentence: "The person's address on the channel: a phone number or a user id.",
  },
  {
    name: 'customerName',
    by: 'person',
    isInherited: true,
    isWritten: true,
    sentence: 'The name that the person has given to the provider.',
  },
  { name: 'channelId', by: 'channel', isInherited: true, sentence: 'The id of the channel that the run is on.' },
  { name: 'wabaId', by: 'channel', on: 'whatsapp', isInherited: true, sentence: 'The WhatsApp Business account of the channel.' },
  {
    name: 'wabaPhoneNumber',
    by: 'channel',
    on: 'whatsapp',
    isInherited: true,
    sentence: 'The phone number of the channel on WhatsApp.',
  },
  { name: 'serviceId', by: 'channel', on: 'viber', isInherited: true, sentence: 'The URI of the bot on Viber.' },
  { name: 'botName', by: 'channel', on: 'viber', sentence: 'The name of the bot on Viber.' },
  { name: 'uuid', by: 'call', sentence: 'The id of the start, as the caller has set it.' },
  { name: 'outId', by: 'call', sentence: "The caller's own id for it." },
  {
    name: 'claimTimeMillis',
    by: 'call',
    type: 'number',
    sentence: 'When it happened, in milliseconds since 1970, as the caller has set it.',
  },
  { name: 'groupId', by: 'campaign', sentence: 'Reserved for campaigns.' },
  { name: 'marketingId', by: 'campaign', sentence: 'Reserved for campaigns.' },
  { name: 'marketingInstanceId', by: 'campaign', sentence: 'Reserved for campaigns.' },
] as const satisfies readonly GivenVariable[];

/** A variable that comes from what starts a run. */
export interface GivenVariable {
  readonly name: string;
  /** Where its value comes from: the message or the API call that starts the flow, the person, the channel, or a campaign. */
  readonly by: 'message' | 'person' | 'channel' | 'call' | 'campaign';
  /** `text` by default. */
  readonly type?: VariableType;
  /** The platform that has it; by default all of them. */
  readonly on?: Platform;
  /** Whether flows that this one calls get it as well. */
  readonly isInherited?: true;
  /** Whether a person writes the value, so that nothing may depend on its being harmless. */
  readonly isWritten?: true;
  readonly sentence: string;
}

/** Values of given variables, by name. */
export type GivenVars = Readonly<Partial<Record<(typeof GIVEN_VARIABLES)[number]['name'], Vars[string]>>>;

/**
 * Objects that templates and expressions can read at any time. A variable of such a name could never be read.
 */
export const GIVEN_OBJECTS: readonly GivenObject[] = [
  {
    name: 'contact',
    shape: {
      members: { ...textsOf('id', 'name', 'language', 'timeZone', 'phone'), groups: { items: 'text' }, identities: { items: 'text' } },
      open: true,
    },
    sentence:
      'The person: `id`, `name`, `language`, `timeZone`, `groups`, `phone` (with country code), `identities` such as `whatsapp:4915112345678`, and each field that a flow has set, such as `contact.shoeSize`. It stays when the flow ends.',
  },
  { name: 'channel', shape: { members: textsOf('id', 'platform') }, sentence: 'The channel that the run is on now.' },
  {
    name: 'lastMessage',
    isWritten: true,
    shape: {
      members: {
        ...textsOf('id', 'channel', 'platform', 'type', 'text'),
        at: 'date',
        ...textsOf('choice', 'title', 'mediaUrl', 'mediaId', 'mimeType', 'fileName'),
        latitude: 'number',
        longitude: 'number',
        // https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/contacts
        contact: {
          items: {
            members: {
              name: { members: textsOf('formatted_name', 'first_name', 'last_name'), open: true },
              phones: { items: { members: textsOf('phone', 'type', 'wa_id'), open: true } },
              emails: { items: { members: textsOf('email', 'type'), open: true } },
            },
            open: true,
          },
        },
        emoji: 'text',
        form: 'any',
        order: {
          members: {
            catalogId: 'text',
            items: { items: { members: { id: 'text', quantity: 'number', price: 'number', currency: 'text' } } },
            text: 'text',
          },
        },
        replyTo: 'text',
        quoted: { members: textsOf('id', 'text', 'node', 'flow', 'run', 'effect') },
        forwarded: 'boolean',
        context: 'text',
        // https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/text
        referral: { members: textsOf('source_id', 'source_type', 'source_url', 'headline', 'body', 'media_type', 'ctwa_clid'), open: true },
        raw: 'any',
      },
    },
    sentence:
      'The newest message that the run has taken. `mediaUrl` is the address of a picture, video, sound or document on this host, valid for a day.',
  },
  { name: 'now', shape: 'date', sentence: 'The time of the turn.' },
  {
    name: 'link',
    shape: { members: textsOf('viber', 'whatsapp') },
    sentence:
      'Addresses that lead this person to your channel on the other platform, and make it one contact. They are valid for seven days.',
  },
  {
    name: 'failure',
    shape: { members: { ...textsOf('node', 'code', 'reason'), status: 'number' } },
    sentence: 'Why a node was last left by its port `failed`.',
  },
  {
    name: 'match',
    shape: { members: {}, open: true },
    sentence: 'The groups of the regular expression that started the flow.',
  },
  {
    name: 'inputs',
    shape: { members: {}, open: true },
    sentence: 'All inputs that the flow was started with, by the API or by the flow that calls it.',
  },
  {
    name: 'transcript',
    isWritten: true,
    shape: 'text',
    sentence:
      'The messages of the run as text, a line for each, the newest last: `Customer: …` and `Bot: …`. At most 8,000 characters. It begins when a flow that reads it begins.',
  },
  {
    name: 'constants',
    shape: { members: {}, open: true },
    sentence: 'Values of the installation, by name: the setting `PARLEY_CONSTANT_SHOP` is `constants.SHOP`.',
  },
  {
    name: 'secrets',
    shape: { members: {}, open: true },
    sentence:
      'Secrets of the host, by name. They may be used in the address, headers and body of a request, and in the key of a model, only.',
  },
];

function textsOf(...names: readonly string[]): Readonly<Record<string, 'text'>> {
  return Object.fromEntries(names.map((name) => [name, 'text']));
}

/** An object that Parley gives to templates. */
export interface GivenObject {
  readonly name: string;
  /** What it holds. It is open if it may have members of any name. */
  readonly shape: Shape;
  /** Whether a person writes the values in it. */
  readonly isWritten?: true;
  readonly sentence: string;
}

/** Names that mean something else than a variable: the given objects, and the words of Liquid. */
export const TAKEN_NAMES: ReadonlySet<string> = new Set([...GIVEN_OBJECTS.map(({ name }) => name), 'blank', 'empty']);

/** Names that later versions of the flow language will give a meaning. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set(['item', 'flow']);
