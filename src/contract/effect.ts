import type { FlowCode, NodeId } from './flow.js';
import type { Json } from './json.js';
import type { ChannelId, OutboundMessage, Platform, TemplateMessage } from './message.js';
import type { IsoTime } from './time.js';

/** What a node can ask for: a message to be sent, or a service to be called. */
export type EffectBody =
  | SendRequest
  /** Shows the person that an answer is being written, and marks their last message as read. Skipped where the channel cannot. */
  | { readonly kind: 'typing' }
  /** `deadline`: milliseconds for all attempts together, at most 120,000. Default: 30,000. */
  | { readonly kind: 'call'; readonly service: string; readonly input: Json; readonly deadline?: number };

/** A message to be sent. The engine decides where it goes, in how many parts, and whether it may be sent at all. */
export interface SendRequest {
  readonly kind: 'send';
  readonly message: OutboundMessage;
  /** From which channel to which address. Default: to the contact. */
  readonly to?: { readonly channel: ChannelId; readonly address: string };
  /** The platforms that can show it. Sent on the run's channel if that is on one of them, else where the contact was heard last. */
  readonly on?: readonly Platform[];
  /** Sent instead of the message if the contact's 24-hour window is closed. */
  readonly ifWindowClosed?: TemplateMessage;
}

/** A message to send or a service to call. Stored with the turn that asked for it, then performed at least once, in order within a session. */
export interface Effect {
  /** `<session>.<turn>.<n>`: the same whenever the turn is computed again. WhatsApp returns it in every status. */
  readonly id: string;
  /** Counts the effects of the session. Sends go out in this order. */
  readonly number: number;
  readonly at: IsoTime;
  readonly body: SendBody | TypingBody | CallBody;
  /** The run, flow and node that asked for it. Absent if botbuilder middleware sent it. */
  readonly run?: string;
  readonly flow?: FlowCode;
  readonly version?: number;
  readonly node?: NodeId;
  /** What the run waits for. Its outcome is a turn of its own. */
  readonly awaited?: 'sent' | 'delivered' | 'read';
  /** The person has not subscribed on the channel. The send waits outside of the queue until they do, for at most 14 days. */
  readonly parked?: true;
  /** Why it was not sent. Such an effect is in the turn's record and in no queue. */
  readonly skipped?: Skipped;
  /** From a flow with `logging: false`: its content is in no log. */
  readonly unlogged?: true;
  /** Of a start that a flow asks for: see `Run.chain`. */
  readonly chain?: number;
  /** The operator who sent it. */
  readonly by?: string;
  /** The effect that was given up and is sent again by this one. */
  readonly resends?: string;
}
export interface SendBody {
  readonly kind: 'send';
  readonly channel: ChannelId;
  readonly address: string;
  readonly lane: Lane;
  /** The address is not the contact's own. Whether its person has opted out is only known when it is sent. */
  readonly isOther?: true;
  /** The first parts of a message that is too long for one, in order. Each is a request to the provider. Their receipts are ignored. */
  readonly before?: readonly OutboundMessage[];
  /** The whole message, or its last part. */
  readonly message: OutboundMessage;
}
/** An indicator that an answer is being written. It waits in the order of the sends, is tried once, and is no message. */
export interface TypingBody {
  readonly kind: 'typing';
  readonly channel: ChannelId;
  readonly address: string;
  readonly lane: Lane;
  /** The provider's id of the person's message that is marked as read. */
  readonly messageId: string;
}
/** `campaign`: for runs started by a campaign or by `starts`. `reply`: for everything else. Replies are sent first. */
export type Lane = 'reply' | 'campaign';

/** Why a send was skipped. */
export interface Skipped {
  readonly code: string;
  readonly reason: string;
}
export interface CallBody {
  readonly kind: 'call';
  readonly service: string;
  readonly input: Json;
  /** Milliseconds for all attempts together, at most 120,000. */
  readonly deadline: number;
  /** What happens in a hand-over, for the operator's system: a call that nothing waits for, made in order and retried for a day. */
  readonly notice?: { readonly channel: ChannelId };
}

/** The service that tells the operators' system what happens in hand-overs. */
export const OPERATORS = 'operators';

/** The service that starts a flow with a person, as the trigger endpoint does. */
export const STARTS = 'start-flow';

/** Why a send did not arrive. Written for the operator, and stored; never contains a secret. */
export interface SendFailure {
  readonly kind: SendErrorKind;
  /** The provider's code as a string, or one of ours (`send/no-address`). */
  readonly code: string;
  readonly message: string;
}
/**
 * The kinds of failed sends.
 * - `throttled`, `unreachable`: not accepted for sure. Retried for a day.
 * - `unknown`: the response was lost. Retried three times.
 * - `rejected`, `blocked`, `window-closed`: final.
 * - `config`: the provider refused the channel's settings. The channel's sends are held back until it accepts them.
 */
export type SendErrorKind = 'throttled' | 'unreachable' | 'unknown' | 'rejected' | 'blocked' | 'window-closed' | 'config';

/** Returns the id of an earlier part of a send, for the provider and the delivery log. `n` counts from 1. */
export function partId(effectId: string, n: number): string {
  return `${effectId}#${n}`;
}

/** Returns the effect's id from a part's id. An effect's own id is returned unchanged. */
export function effectOfPart(id: string): string {
  return id.split('#', 1)[0] ?? id;
}

/** Returns the session that an effect belongs to. */
export function effectSession(effectId: string): string {
  return effectId.split('.', 1)[0] ?? effectId;
}
