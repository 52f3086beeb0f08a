import type { Json, JsonObject } from './json.js';
import type { IsoTime } from './time.js';

/** What the person holds in the hand. */
export type Platform = 'whatsapp' | 'viber';
/** One configured account ("our Viber"). */
export type ChannelId = string;
/** One of a person's addresses: `whatsapp:<wa id or BSUID>`, `viber:<channel>:<user id>`, `phone:+<E.164>`. */
export type Identity = string;

/**
 * Who wrote. `identities` in the order in which they are claimed (BSUID first, then phone); `address` is what a reply on this
 * channel is sent to.
 */
export interface Sender {
  readonly identities: readonly Identity[];
  readonly address: string;
  readonly name?: string;
  readonly language?: string;
}

/** The types that a message from a person can have, as flows name them. */
export const MESSAGE_TYPES: readonly string[] = [
  'text',
  'image',
  'video',
  'audio',
  'document',
  'sticker',
  'location',
  'contacts',
  'choice',
  'reaction',
  'order',
  'form',
  'unknown',
];

/** A message from a person, the same for all platforms. `text` is the body, the caption or the title of a tap; '' when there is none. */
export interface InboundMessage {
  /** The provider's id. */
  readonly id: string;
  readonly channel: ChannelId;
  readonly platform: Platform;
  readonly from: Sender;
  /** `text image video audio document sticker location contacts choice reaction order form unknown …` */
  readonly type: string;
  readonly text: string;
  /** The provider's time, or the host's where the provider's cannot be read. */
  readonly sentAt: IsoTime;
  readonly choice?: string;
  readonly title?: string;
  readonly mediaUrl?: string;
  readonly mediaId?: string;
  readonly mimeType?: string;
  readonly fileName?: string;
  readonly latitude?: number;
  readonly longitude?: number;
  readonly contact?: Json;
  readonly emoji?: string;
  /** The values of a filled-in form (WhatsApp Flow). */
  readonly form?: Json;
  /** The provider's id of the message that this one answers. */
  readonly replyTo?: string;
  /** The message of ours that this one answers, where it is known. */
  readonly quoted?: QuotedMessage;
  /** The person passed on what somebody else had written. */
  readonly forwarded?: true;
  /** What stood behind the link that opened the chat (Viber's `conversation_started`). */
  readonly context?: string;
  /** The group chat in which it was written: it is not the person's own talk with us. */
  readonly group?: string;
  /** The ad or post that the person came from. */
  readonly referral?: JsonObject;
  /** The provider's own element, left out when larger than 8 kB as JSON. */
  readonly raw?: Json;
}

/** A message of ours that a person answers: the provider's id or, on Viber, our effect's; what it said, and where it came from. */
export type QuotedMessage = {
  readonly id: string;
  readonly text?: string;
  readonly node?: string;
  readonly flow?: string;
  readonly run?: string;
  /** The effect that sent it. */
  readonly effect?: string;
};

export interface Choice {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly url?: string;
  readonly ask?: 'phone' | 'location';
}

/** The choices that `text`, `image`, `video` and `document` may carry, and how to lay them out. */
export interface Choices {
  readonly choices?: readonly Choice[];
  readonly header?: string;
  readonly footer?: string;
  readonly listButton?: string;
  readonly choicesAs?: 'auto' | 'buttons' | 'list' | 'text';
}

/** A message to a person, with every template filled in. The channel's adapter makes the provider's requests of it. */
export type OutboundMessage = OutboundContent & {
  /** The provider's id of the message to quote. */
  readonly replyTo?: string;
  /** The open question whose buttons stay in sight, on channels where each message takes away those of the one before. */
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
  /** Viber's own: a carousel with its alternative text, or a keyboard with the text that it comes with. */
  | { readonly type: 'rich-media' | 'keyboard'; readonly body: JsonObject; readonly text?: string }
  | { readonly type: 'native'; readonly body: JsonObject };

/** A message type approved by Meta beforehand; the only kind that may be sent outside the 24-hour window. */
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
  readonly body?: readonly string[] | Readonly<Record<string, string>>;
  readonly buttons?: readonly { readonly index: number; readonly payload?: string; readonly url?: string }[];
}

export interface CarouselCard {
  readonly imageUrl: string;
  readonly text: string;
  readonly choices?: readonly Choice[];
  readonly button?: string;
  readonly url?: string;
}
