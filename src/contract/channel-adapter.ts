import type Joi from 'joi';
import type { SendErrorKind, SendFailure } from './effect.js';
import type { JsonObject, Vars } from './json.js';
import type { MediaSource } from './media-source.js';
import type { ChannelId, Identity, InboundMessage, OutboundMessage, Platform, Sender } from './message.js';
import type { ProviderReply, ProviderRequest } from './provider-request.js';
import type { OfferedMessage } from './session.js';
import type { Shown } from './shown.js';
import type { IsoTime } from './time.js';

/**
 * A messaging provider, as pure translations: webhooks to events, messages to requests, replies to outcomes. The host does the HTTP, stores
 * what has come, retries and paces. No member may be `async`, read a clock or throw, except where it says so.
 *
 * `docs/extending.md` writes one from nothing; `parley/adapter-kit` has what most of them need; `parley/testing` has the suite that each has
 * to pass.
 */
export interface ChannelAdapter<C = unknown> {
  /** The name of the provider in a channel's `adapter`, and of the folder: `whatsapp`, `viber`, `cams-viber`. */
  readonly type: string;
  readonly platform: Platform;
  /** The name of the provider as people read it, with its API: `WhatsApp (Cloud API of Meta)`. */
  readonly title: string;
  /** The settings of a channel. Labels and defaults stand here, because the console's form and the reference page are made of it. */
  readonly config: Joi.ObjectSchema<C>;
  /** The settings whose values must never appear in a log or an API answer. */
  readonly secrets: readonly (keyof C & string)[];
  /** Returns the provider's name for the account. Events carry it, so that one webhook may serve several channels. */
  account(config: C): string;
  /** Returns a value that is the same for all channels that share one webhook at the provider. It is compared, never shown. */
  app(config: C): string;
  /** Returns the variables that every run on the channel has: `wabaId`, `wabaPhoneNumber` and so on. */
  variables(config: C): Vars;
  /**
   * Returns the person of an identity, with the address that messages are sent to. Returns undefined if this channel cannot write to such
   * an identity.
   *
   * @example senderOf('phone:+4915112345678', 'wa')   // { identities: ['whatsapp:4915112345678', 'phone:+4915112345678'], address: '4915112345678' }
   */
  senderOf(identity: Identity, channel: ChannelId): Sender | undefined;
  /**
   * Returns the identity that stays with a person when phone numbers change hands, and the scope in which it does: on WhatsApp the
   * business-scoped user id, within an account's portfolio. Two people never have the same one.
   */
  userId?(identities: readonly Identity[], config: C): UserId | undefined;
  /** Returns an address that opens a chat on this channel and hands the token over with the person's first message or event. */
  link?(config: C, token: string): string | undefined;
  /** Returns a request that asks the provider for settings that are missing; undefined if none is. */
  inquiry?(config: C): Inquiry<C> | undefined;
  /** Answers the provider's check of the webhook address, a GET request. */
  handshake?(request: WebhookRequest, config: C): WebhookReply | undefined;
  /** Returns true if the provider signed the webhook. Judges the raw bytes, in constant time. */
  verify(request: WebhookRequest, config: C): boolean;
  /**
   * Returns the messages, receipts and subscriptions of a webhook whose signature was verified. What is unknown gives no event.
   *
   * @throws UnreadableBody if the body is not valid JSON (or whatever else the provider sends).
   */
  parse(request: WebhookRequest, config: C): readonly InboundEvent[];
  /** Returns a message as the answer to a webhook, where the provider takes one there: Viber's welcome to `conversation_started`. */
  answer?(message: OutboundMessage, config: C, effectId: string): HttpAnswer | undefined;
  /**
   * Returns the requests that send a message, in order. Called for every attempt to send, retries included. Texts that templates made too
   * long are cut to `limits`.
   *
   * @throws Error for what the provider cannot show or take. The send then fails with the error's message.
   */
  render(to: string, message: OutboundMessage, config: C, effectId: string): readonly ProviderRequest[];
  /**
   * Returns what a person can tap on a message, and how it is shown; undefined if nothing. By default choices are shown as `limits` says,
   * and their ids are sent whole.
   */
  tappable?(message: OutboundMessage): Tappable | undefined;
  /**
   * Returns the request that shows the person that an answer is being written, and marks the message that they wrote as read. Absent if the
   * provider has no such indicator. It is made once, and its reply is not read.
   */
  typing?(messageId: string, config: C): ProviderRequest;
  /**
   * Returns what a person sees of a request that `render` has made; undefined for one that shows nothing. Previews, flow tests and the
   * emulator are made of it.
   */
  shows(request: ProviderRequest): Shown | undefined;
  /**
   * Returns why the provider would refuse a request that `render` has made; undefined if it would take it. Written from the provider's
   * documentation, independently of `render`, because the emulator and flow tests judge `render` by it.
   *
   * @example accepts(request)   // { kind: 'rejected', code: '131009', message: 'text.body is 1 to 4096 characters' }
   */
  accepts(request: ProviderRequest): SendFailure | undefined;
  /**
   * Returns what a refusal with this code of the provider's means. Flow tests refuse messages by it. By default the message is rejected.
   *
   * @example refusal('131047')   // { kind: 'window-closed', code: '131047', message: "Meta's error 131047" }
   */
  refusal?(code: string): SendFailure & Pick<SendError, 'retryable'>;
  /** The provider's code for a person who has not subscribed. Flow tests refuse by it what has waited too long for that. */
  readonly notSubscribed?: string;
  /** Every message replaces the buttons of the one before. While a question is open, later messages repeat its buttons. */
  readonly replacesButtons?: true;
  /** Returns what a reply of the provider means for the request that was sent. */
  read(reply: ProviderReply): SendReceipt | SendError;
  /** How the files that people send are fetched. Without it flows get the addresses that the provider's messages have. */
  readonly media?: MediaSource<C>;
  readonly limits: ChannelLimits;
  /** Returns the pace of this account if it is not the one in `limits`. Returns undefined if there is no limit, as for an emulator. */
  pace?(config: C): Pace | undefined;
  /** Returns what to do with a send if nobody knows whether the provider took it. By default it is repeated, at most three times. */
  onUnknown?(config: C): UnknownSends;
}

/**
 * Returns the adapter as it is, checked against its type.
 *
 * @example export default defineAdapter<Config>({ type: 'acme', platform: 'whatsapp', … });
 */
// biome-ignore lint/suspicious/noExplicitAny: a list of adapters holds every config type; each is checked where it is defined
export function defineAdapter<C>(adapter: ChannelAdapter<C>): ChannelAdapter<any> {
  return adapter;
}

/** What a person can tap on a message. */
export type Tappable = Pick<OfferedMessage, 'shown' | 'choices'>;

/** An identity that stays with a person, and the scope within which no other person has it. */
export interface UserId {
  readonly identity: Identity;
  readonly scope: string;
}

/** A request to the webhook address of a channel. */
export interface WebhookRequest {
  /** The channel of the address. Part of identities that belong to one account only. */
  readonly channel: ChannelId;
  readonly method: string;
  /** The parameters after the `?`. */
  readonly query: Readonly<Record<string, string>>;
  /** Header values by lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** When the host got it. Stands in for a time of the provider's that is missing or cannot be read. */
  readonly at: IsoTime;
}

/** An answer to a webhook. */
export interface WebhookReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** A message as the answer to a webhook. `isWhole` is false if further requests are needed to send the rest of it. */
export interface HttpAnswer {
  readonly reply: WebhookReply;
  readonly isWhole: boolean;
}

/**
 * Thrown by `parse` if the body cannot be read; the webhook is answered 400. Recognized by its name, because the package of an adapter may
 * have a copy of this class.
 */
export class UnreadableBody extends Error {
  override readonly name = 'UnreadableBody';
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'UnreadableBody';
  }
}

/** Something that happened at the provider. `account` is the value of `ChannelAdapter.account` of the channel that it is for. */
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
   * A person under several identities, `from.identities`: the new ones first, then those known before. `isChange` is set if the provider
   * reported a change. Without it, one message went to all of them, which is also true after a number has changed hands.
   */
  | { readonly type: 'identities'; readonly id: string; readonly from: Sender; readonly isChange?: true }
);

/** What became of a message that the provider took. */
export interface Receipt {
  readonly channel: string;
  readonly providerId: string;
  /** The id of the effect, if the provider gives it back (WhatsApp does, in `biz_opaque_callback_data`). */
  readonly effectId?: string;
  readonly status: 'sent' | 'delivered' | 'read' | 'failed';
  readonly at: IsoTime;
  readonly error?: SendFailure;
}

/** A request for settings that are missing. `read` returns those that the reply has; it never throws. */
export interface Inquiry<C = unknown> {
  readonly request: ProviderRequest;
  read(reply: ProviderReply): Partial<C>;
}

/** The provider took the message. */
export interface SendReceipt {
  readonly ok: true;
  /** The provider's ids of the messages, one for each request. */
  readonly providerIds: readonly string[];
  /** Identities of the person that the reply names, in the form of `senderOf`. */
  readonly identities?: readonly Identity[];
  /** What is unusual about the reply. Goes into the log. */
  readonly warning?: string;
}

/** The provider did not take the message. `kind` says what to do about it. */
export interface SendError extends SendFailure {
  readonly ok: false;
  readonly kind: SendErrorKind;
  /** For `throttled`: milliseconds until the next attempt, at least. An hour or more is about the account: then all its sends wait. */
  readonly retryAfter?: number;
  /** For `rejected`: another attempt may succeed. It is made at most three times. */
  readonly retryable?: true;
  /** For `throttled`: only messages to this person are throttled, not those of the whole account. */
  readonly pair?: boolean;
}

/** What to do with a send if nobody knows whether the provider took it: send it again, or give it up as failed. */
export type UnknownSends = 'repeat' | 'fail';

/**
 * What a channel can show and take. Lengths are in characters (code points). The check and the layout of messages use the first members,
 * the outbox uses `pace`.
 */
export interface ChannelLimits {
  readonly text: number;
  readonly caption: number;
  readonly bodyWithChoices: number;
  readonly header: number;
  readonly footer: number;
  /** `max`: how many buttons one message can have. `description` is missing if buttons show none. */
  readonly buttons: { readonly max: number; readonly title: number; readonly id: number; readonly description?: number };
  readonly list: {
    /** How many rows one list can have. */
    readonly max: number;
    readonly title: number;
    readonly description: number;
    readonly id: number;
    readonly button: number;
    /** The text above a list. By default `bodyWithChoices`. */
    readonly body?: number;
  };
  readonly link: { readonly button: number; readonly text: number };
  /** One message may have buttons that open an address next to buttons that answer. By default such a link is a message of its own. */
  readonly mixesLinks?: true;
  /** Missing if there are no carousels. `min` and `max`: how many cards one has. */
  readonly carousel?: { readonly min: number; readonly max: number; readonly text: number; readonly cardText: number };
  /** The address of a file or page. By default unlimited. */
  readonly address?: number;
  /** Bytes of one request, if an author can draw a message that has more. */
  readonly request?: number;
  /** What the provider demands of files. Other files are sent as a link. */
  readonly files?: Readonly<Partial<Record<'image' | 'video' | 'document', FileRule>>>;
  /** The types of messages that the channel can show. */
  readonly shows: readonly string[];
  /** Hours after the person's last message in which anything but a template may be sent. By default unlimited. */
  readonly windowHours?: number;
  readonly pace: Pace;
}

/** What a provider demands of a file. It does not look at the file itself, so the message has to say. */
export interface FileRule {
  /** Endings that the address may have: lower case, without the dot. */
  readonly endings?: readonly string[];
  /** Endings that neither the address nor the name of the file may have, written likewise. */
  readonly forbidden?: readonly string[];
  /** The largest file in bytes. The message has to give the size. */
  readonly bytes?: number;
  /** The longest file in seconds. */
  readonly seconds?: number;
}

/** Requests a second for one account. `pair`, for one person: `burst` requests at once, then one in `everyMillis` milliseconds. */
export interface Pace {
  readonly perSecond: number;
  readonly pair?: { readonly burst: number; readonly everyMillis: number };
}

/** A configured account at a provider. */
export interface Channel {
  readonly id: string;
  readonly adapter: string;
  readonly name: string;
  readonly config: JsonObject;
  readonly createdAt: IsoTime;
  readonly updatedAt: IsoTime;
}
