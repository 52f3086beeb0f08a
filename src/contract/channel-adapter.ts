import type Joi from 'joi';
import type { SendErrorKind, SendFailure } from './effect.js';
import type { JsonObject, Vars } from './json.js';
import type { ChannelId, Identity, InboundMessage, OutboundMessage, Platform, Sender } from './message.js';
import type { OfferedMessage } from './session.js';
import type { IsoTime } from './time.js';

/** One messaging provider: pure translations. The webhook route and the outbox do the HTTP on both sides of them. */
export interface ChannelAdapter<C = unknown> {
  /** The folder: 'whatsapp', 'viber', 'cams-viber', … */
  readonly type: string;
  readonly platform: Platform;
  /** A channel's settings; labels and defaults live here, the console draws the form from it. */
  readonly config: Joi.ObjectSchema<C>;
  /** Config keys whose values must never reach a log or an API answer. */
  readonly secrets: readonly (keyof C & string)[];
  /** The provider's name for this account; events carry it, so that one body may serve several channels. */
  account(config: C): string;
  /** Channels with the same value share one webhook at the provider. Compared, never shown. */
  app(config: C): string;
  /** What every run on the channel may know of it: `wabaId`, `wabaPhoneNumber`, … */
  variables(config: C): Vars;
  /** The person of an identity (`whatsapp:4915…`), as one who can be written to on this channel; undefined where it is of another kind. */
  senderOf(identity: Identity, channel: ChannelId): Sender | undefined;
  /**
   * Of a person's identities the one that stays with them while numbers change hands, and within what (WhatsApp: a business-scoped user
   * id, within the account's portfolio). Two persons never have the same one; undefined where there is none.
   */
  userId?(identities: readonly Identity[], config: C): UserId | undefined;
  /** An address that leads people to this channel, where their first message or event gives the token back; undefined where none is known. */
  link?(config: C, token: string): string | undefined;
  /** Asks the provider for settings that were left out and that it knows; undefined where none is missing. */
  inquiry?(config: C): Inquiry<C> | undefined;
  /** Answers the provider's check of the webhook address (GET). */
  handshake?(request: WebhookRequest, config: C): WebhookReply | undefined;
  /** The signature over the raw bytes, in constant time. Never throws. */
  verify(request: WebhookRequest, config: C): boolean;
  /** Messages, receipts, subscriptions. What is unknown gives nothing; bytes that are no JSON throw `UnreadableBody`. */
  parse(request: WebhookRequest, config: C): readonly InboundEvent[];
  /** What the HTTP answer itself can carry: Viber's one welcome message to `conversation_started`, the first request of a message. */
  answer?(message: OutboundMessage, config: C, effectId: string): HttpAnswer | undefined;
  /** Total for what the check lets pass: what comes too long from a variable is cut with "…". */
  render(to: string, message: OutboundMessage, config: C, effectId: string): readonly ProviderRequest[];
  /** What a person can tap of a message, and how it is shown; undefined where there is nothing. Never throws. */
  tappable?(message: OutboundMessage): Tappable | undefined;
  /** Each message takes away the buttons of the one before: while a question is open, other messages show them again. */
  readonly buttonsGo?: true;
  /** Reads the provider's answer. */
  read(reply: ProviderReply): SendReceipt | SendError;
  readonly limits: ChannelLimits;
  /** The pace of this account, where it is not that of `limits`; undefined for one that nobody paces (an emulator under load). */
  pace?(config: C): Pace | undefined;
}

/** Gives the adapter back, held against its type. */
// biome-ignore lint/suspicious/noExplicitAny: a list of adapters holds every config type; each is checked where it is defined
export function defineAdapter<C>(adapter: ChannelAdapter<C>): ChannelAdapter<any> {
  return adapter;
}

export type Tappable = Pick<OfferedMessage, 'shown' | 'choices'>;

export interface UserId {
  readonly identity: Identity;
  readonly scope: string;
}

export interface WebhookRequest {
  /** Whose address it came to: a part of identities that belong to one account. */
  readonly channel: ChannelId;
  readonly method: string;
  /** After the `?`. */
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** When this host got it; stands in for a time of the provider that cannot be read. */
  readonly at: IsoTime;
}
export interface WebhookReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}
/** A message as an answer; `isWhole` unless further requests of it are left. */
export interface HttpAnswer {
  readonly reply: WebhookReply;
  readonly isWhole: boolean;
}
/** The bytes are no JSON: answered 400. Known by its name, because an adapter's package may have brought a copy of this file. */
export class UnreadableBody extends Error {
  override readonly name = 'UnreadableBody';
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'UnreadableBody';
  }
}

/** What a provider tells; `account` says whose it is. */
export type InboundEvent = { readonly account: string } & (
  | { readonly type: 'message'; readonly id: string; readonly message: Omit<InboundMessage, 'channel'> }
  | { readonly type: 'receipt'; readonly receipt: Omit<Receipt, 'channel'> }
  | {
      readonly type: 'subscription';
      readonly id: string;
      readonly from: Sender;
      readonly change: 'started' | 'subscribed' | 'unsubscribed';
      readonly subscribed: boolean;
      readonly context?: string;
    }
  /**
   * The same person under other addresses, old and new together in `from.identities`, the new ones first. `isChange`: the provider has
   * told of a change; without it, that one message went to all of them, which a number that has changed hands does, too.
   */
  | { readonly type: 'identities'; readonly id: string; readonly from: Sender; readonly isChange?: true }
);

/** What became of a message, as the provider tells it later. */
export interface Receipt {
  readonly channel: string;
  readonly providerId: string;
  /** Our effect's id, where the provider gives it back (WhatsApp's biz_opaque_callback_data). */
  readonly effectId?: string;
  readonly status: 'sent' | 'delivered' | 'read' | 'failed';
  readonly at: IsoTime;
  readonly error?: SendFailure;
}

export interface ProviderRequest {
  readonly method: 'POST' | 'GET';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
/** A question about an account, and the settings that its answer tells; none where it cannot be read. Never throws. */
export interface Inquiry<C = unknown> {
  readonly request: ProviderRequest;
  read(reply: ProviderReply): Partial<C>;
}
/** What came back, or that nothing did. */
export type ProviderReply =
  | { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }
  /** `unreachable`: no connection, surely not accepted. `lost`: sent, and no whole answer within the deadline; its status, if that came. */
  | { readonly failed: 'unreachable' | 'lost'; readonly detail: string; readonly status?: number };

/** The provider took it. */
export interface SendReceipt {
  readonly ok: true;
  /** The provider's ids of the messages, one for each request. */
  readonly providerIds: readonly string[];
  /** The person's identities that the answer tells (wa_id, user_id), as `senderOf` would. */
  readonly identities?: readonly Identity[];
  /** What is odd about the answer, for the log. */
  readonly warning?: string;
}
/** It did not, and what to do about it. */
export interface SendError extends SendFailure {
  readonly ok: false;
  readonly kind: SendErrorKind;
  /** For `throttled`: wait at least so many milliseconds. An hour and more is about the account: all its sends wait. */
  readonly retryAfter?: number;
  /** For `rejected`: the same message may be taken later, so it is tried three times more. */
  readonly mayPass?: true;
  /** For `throttled`: the pair of business and person is throttled, not the account. */
  readonly pair?: boolean;
}

/** Lengths in characters (code points), counts, and pace. Nodes and the check read the first ones, the outbox the others. */
export interface ChannelLimits {
  readonly text: number;
  readonly caption: number;
  readonly bodyWithChoices: number;
  readonly header: number;
  readonly footer: number;
  /** `description`: absent where buttons show none. */
  readonly buttons: { readonly most: number; readonly title: number; readonly id: number; readonly description?: number };
  readonly list: {
    readonly most: number;
    readonly title: number;
    readonly description: number;
    readonly id: number;
    readonly button: number;
    /** The text above a list; that above buttons where absent. */
    readonly body?: number;
  };
  readonly link: { readonly button: number; readonly text: number };
  readonly carousel?: { readonly least: number; readonly most: number; readonly text: number; readonly cardText: number };
  /** Characters of an address of a file or a page, where the provider has a limit. */
  readonly address?: number;
  /** Bytes of one whole request, where that is less than anybody could draw. */
  readonly request?: number;
  /** What files must be like; others are sent as a link to them. */
  readonly files?: Readonly<Partial<Record<'image' | 'video' | 'document', FileRule>>>;
  /** Message types that the platform can show. */
  readonly shows: readonly string[];
  /** Anything but a template only within so many hours of the person's last message. */
  readonly windowHours?: number;
  readonly pace: Pace;
}

/** What a provider wants to know of a file, because it does not look for itself. */
export interface FileRule {
  /** Of the address, in lower case, without the dot. */
  readonly endings?: readonly string[];
  /** At most so many bytes; the message has to say how many they are. */
  readonly bytes?: number;
  /** At most so many seconds. */
  readonly seconds?: number;
}

/** Requests a second for one account; for one person: `burst` at once, then one in `everyMillis`. */
export interface Pace {
  readonly perSecond: number;
  readonly pair?: { readonly burst: number; readonly everyMillis: number };
}

/** A channel as it is configured. */
export interface Channel {
  readonly id: string;
  readonly adapter: string;
  readonly name: string;
  readonly config: JsonObject;
  readonly createdAt: IsoTime;
  readonly updatedAt: IsoTime;
}
