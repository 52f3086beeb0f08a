import type { Json, JsonObject } from './json.js';
import type { IsoTime } from './time.js';

/** The messenger on a person's phone. Several providers may lead to the same one. */
export type Platform = 'whatsapp' | 'viber';
/** The id of a channel: one configured account at a provider. */
export type ChannelId = string;
/**
 * An address that a person is known by: `whatsapp:<wa_id or user id>`, `viber:<channel>:<user id>`, `phone:+<digits>`. Two contacts with the
 * same identity are one person.
 */
export type Identity = string;

/** Who wrote. */
export interface Sender {
  /** In the order in which they are claimed: those that stay with a person first, phone numbers after them. */
  readonly identities: readonly Identity[];
  /** What replies on this channel are sent to. */
  readonly address: string;
  readonly name?: string;
  readonly language?: string;
}

/** The types of messages that people write, as flows name them, with their titles. */
export const MESSAGE_TITLES = {
  text: 'Text',
  image: 'Picture',
  video: 'Video',
  audio: 'Audio',
  document: 'Document',
  sticker: 'Sticker',
  location: 'Location',
  contacts: 'Contacts',
  choice: 'Tapped choice',
  reaction: 'Reaction',
  order: 'Order',
  form: 'Form',
  unknown: 'Unknown',
};

/** The types of messages that people write. */
export const MESSAGE_TYPES: readonly string[] = Object.keys(MESSAGE_TITLES);

/** A message that a person wrote, in the same form on all platforms. */
export interface InboundMessage {
  /** The provider's id. */
  readonly id: string;
  readonly channel: ChannelId;
  readonly platform: Platform;
  readonly from: Sender;
  /** One of `MESSAGE_TYPES`, or another type of the provider's, which no wait accepts. */
  readonly type: string;
  /** The text, the caption, or the title of what was tapped; '' if there is none. */
  readonly text: string;
  /** The provider's time; the host's if that cannot be read. */
  readonly sentAt: IsoTime;
  /** The id of the choice that was tapped. */
  readonly choice?: string;
  readonly title?: string;
  /** The address of the file: the host's own, valid for a day, if the adapter says how files are fetched; else the provider's. */
  readonly mediaUrl?: string;
  readonly mediaId?: string;
  readonly mimeType?: string;
  readonly fileName?: string;
  readonly latitude?: number;
  readonly longitude?: number;
  readonly contact?: Json;
  readonly emoji?: string;
  /** The values of a form that was filled in (a WhatsApp Flow). */
  readonly form?: Json;
  /** What the person has ordered. */
  readonly order?: Order;
  /** The provider's id of the message that this one answers. */
  readonly replyTo?: string;
  /** The message of ours that this one answers, if it is known. */
  readonly quoted?: QuotedMessage;
  /** The person passed on somebody else's message. */
  readonly forwarded?: true;
  /** The context of the link that opened the chat (Viber's `conversation_started`). */
  readonly context?: string;
  /** The id of the group chat that it was written in. Flows do not get it: it is not part of the person's own chat with us. */
  readonly group?: string;
  /** The ad or post that the person came from. */
  readonly referral?: JsonObject;
  /** The provider's own element. Missing if it is larger than 8 kB as JSON. */
  readonly raw?: Json;
}

/** An order out of a catalog. */
export type Order = {
  readonly catalogId?: string;
  readonly items: readonly { readonly id?: string; readonly quantity?: number; readonly price?: number; readonly currency?: string }[];
  /** What the person wrote beside it. */
  readonly text: string;
};

/** A message of ours that a person answers. `id` is the provider's; on Viber it is that of our effect. */
export type QuotedMessage = {
  readonly id: string;
  readonly text?: string;
  readonly node?: string;
  readonly flow?: string;
  readonly run?: string;
  /** The effect that sent it. */
  readonly effect?: string;
};

/** An answer to tap. */
export interface Choice {
  /** What the flow learns. */
  readonly id: string;
  /** What the person reads. */
  readonly title: string;
  readonly description?: string;
  /** A tap opens this address instead of answering. */
  readonly url?: string;
  /** A tap hands over the person's phone number or a place. */
  readonly ask?: 'phone' | 'location';
  /** Its number in a numbered text: null for none. By default choices count from 1. */
  readonly number?: number | null;
}

/**
 * How the choices of a list in a variable are paged, if there are more of them than a channel shows at once. The engine shows one page after
 * the other; adapters get pages only.
 */
export interface Pages {
  /** The words of the last row, in the contact's language: it leads to the next page, or from the last page to the first. */
  readonly more: string;
  readonly first: string;
  /** The index of the first choice of a further page, which is sent as a text. Absent for the message itself. */
  readonly from?: number;
}

/** The choices of a message, and how they are laid out. */
export interface Choices {
  readonly choices?: readonly Choice[];
  readonly header?: string;
  readonly footer?: string;
  readonly listButton?: string;
  readonly choicesAs?: 'auto' | 'buttons' | 'list' | 'text';
  /** Set if the choices come from a list in a variable. */
  readonly pages?: Pages;
}

/** A message to a person, with all templates filled in. The adapter of the channel makes the provider's requests of it. */
export type OutboundMessage = OutboundContent & {
  /** The provider's id of the message to quote. */
  readonly replyTo?: string;
  /** The open question. On channels where each message replaces the buttons of the one before, its buttons are repeated. */
  readonly keeps?: { readonly effectId: string; readonly message: OutboundContent };
};

export type OutboundContent =
  | ({ readonly type: 'text'; readonly text: string; readonly previewUrl?: boolean } & Choices)
  | ({ readonly type: 'image'; readonly url: string; readonly text?: string } & Choices)
  | ({
      readonly type: 'video';
      readonly url: string;
      readonly text?: string;
      readonly thumbnailUrl?: string;
      readonly sizeBytes?: number;
      readonly durationSeconds?: number;
    } & Choices)
  | { readonly type: 'audio'; readonly url: string }
  | ({
      readonly type: 'document';
      readonly url: string;
      readonly fileName?: string;
      readonly text?: string;
      readonly sizeBytes?: number;
    } & Choices)
  | { readonly type: 'sticker'; readonly url?: string; readonly stickerId?: number }
  | { readonly type: 'location'; readonly latitude: number; readonly longitude: number; readonly name?: string; readonly address?: string }
  | { readonly type: 'contacts'; readonly contacts: readonly { readonly name: string; readonly phone?: string; readonly email?: string }[] }
  | { readonly type: 'link'; readonly text: string; readonly button: string; readonly url: string }
  | TemplateMessage
  | { readonly type: 'carousel'; readonly text: string; readonly cards: readonly CarouselCard[] }
  | { readonly type: 'reaction'; readonly emoji: string; readonly messageId: string }
  /** Drawn in Viber's JSON: a carousel with its alternative text, or a keyboard with the text above it. */
  | { readonly type: 'rich-media' | 'keyboard'; readonly body: JsonObject; readonly text?: string }
  /** Drawn in the provider's JSON. */
  | { readonly type: 'native'; readonly body: JsonObject };

const BOTH: readonly Platform[] = ['whatsapp', 'viber'];
/** The types of messages that can be sent, and the platforms that have them. */
const OUTBOUND_TYPES: Readonly<Record<OutboundContent['type'], readonly Platform[]>> = {
  text: BOTH,
  image: BOTH,
  video: BOTH,
  audio: ['whatsapp'],
  document: BOTH,
  sticker: BOTH,
  location: BOTH,
  contacts: BOTH,
  link: BOTH,
  template: ['whatsapp'],
  carousel: BOTH,
  reaction: ['whatsapp'],
  'rich-media': ['viber'],
  keyboard: ['viber'],
  native: BOTH,
};

/**
 * Returns the types of messages that all of these platforms have. The channels of a provider may show fewer, see `ChannelLimits.shows`.
 *
 * @example outboundTypes('viber').includes('audio')   // false
 */
export function outboundTypes(...platforms: readonly Platform[]): readonly OutboundContent['type'][] {
  const types = Object.keys(OUTBOUND_TYPES) as (keyof typeof OUTBOUND_TYPES)[];
  return types.filter((type) => platforms.every((platform) => OUTBOUND_TYPES[type].includes(platform)));
}

/** A message that Meta approved beforehand: the only one that may be sent outside the 24-hour window. */
export interface TemplateMessage {
  readonly type: 'template';
  readonly name: string;
  readonly language: string;
  readonly header?: {
    readonly type: 'text' | 'image' | 'video' | 'document';
    readonly text?: string;
    readonly url?: string;
    readonly fileName?: string;
  };
  /** The values of the body: a list for `{{1}}`, `{{2}}`, or an object by name. */
  readonly body?: readonly string[] | Readonly<Record<string, string>>;
  readonly buttons?: readonly { readonly index: number; readonly payload?: string; readonly url?: string }[];
}

/** A card of a carousel: with choices, or with a button that opens an address. */
export interface CarouselCard {
  readonly imageUrl: string;
  readonly text: string;
  readonly choices?: readonly Choice[];
  readonly button?: string;
  readonly url?: string;
}
