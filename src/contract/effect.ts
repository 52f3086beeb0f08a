import type { FlowCode, NodeId } from './flow.js';
import type { Json } from './json.js';
import type { ChannelId, OutboundMessage, Platform, TemplateMessage } from './message.js';
import type { Lane } from './session.js';
import type { IsoTime } from './time.js';

/** What a node asks for. */
export type EffectBody =
  | SendRequest
  /** `deadline`: milliseconds over all retries, at most 120 000; 30 000 when absent. */
  | { readonly kind: 'call'; readonly service: string; readonly input: Json; readonly deadline?: number };

/** A message as it is wanted. The engine decides where it goes, in how many parts, and whether it may go out at all. */
export interface SendRequest {
  readonly kind: 'send';
  readonly message: OutboundMessage;
  /** From a channel to an address; absent: to the contact. */
  readonly to?: { readonly channel: ChannelId; readonly address: string };
  /** The platforms that may show it: the run's channel where it is on one of them, else the one that the contact was heard on last. */
  readonly on?: readonly Platform[];
  /** Sent instead of the message while the contact's 24-hour window is closed. */
  readonly ifWindowClosed?: TemplateMessage;
}

/** Something to be done, goes out: stored with the turn that asked for it, then performed at least once, in order within a session. */
export interface Effect {
  /** `<session>.<turn>.<n>`: the same however often the turn is computed. WhatsApp gives it back in every status. */
  readonly id: string;
  /** Grows over the session's life by one for each effect; sends leave in this order. */
  readonly number: number;
  readonly at: IsoTime;
  readonly body: SendBody | CallBody;
  /** Where it comes from; absent for what botbuilder middleware sent. */
  readonly run?: string;
  readonly flow?: FlowCode;
  readonly version?: number;
  readonly node?: NodeId;
  /** The run waits for this to become true of the send, so its outcome is a turn of its own. */
  readonly awaited?: 'sent' | 'delivered' | 'read';
  /** The person has not subscribed there: it waits outside of the queue until they do, at most 14 days. */
  readonly parked?: true;
  /** Why it was never sent: such an effect is in the turn's record and in no queue. */
  readonly skipped?: Skipped;
  /** Of a flow with `logging: false`: what it says stands in no log. */
  readonly unlogged?: true;
  /** The send that was given up, and of which this is another try. */
  readonly resends?: string;
}
export interface SendBody {
  readonly kind: 'send';
  readonly channel: ChannelId;
  readonly address: string;
  readonly lane: Lane;
  /** Earlier parts of a message that is too long for one, in order; each is one request to the provider. Receipts of them count for nothing. */
  readonly before?: readonly OutboundMessage[];
  /** The whole message, or its last part. */
  readonly message: OutboundMessage;
}
export interface Skipped {
  readonly code: string;
  readonly reason: string;
}
export interface CallBody {
  readonly kind: 'call';
  readonly service: string;
  readonly input: Json;
  /** Milliseconds over all retries, at most 120 000. */
  readonly deadline: number;
}

/** Why a send did not arrive, in words for the operator. Stored; never holds a secret. */
export interface SendFailure {
  readonly kind: SendErrorKind;
  /** The provider's code as text, or ours (`send/no-address`). */
  readonly code: string;
  readonly message: string;
}
/**
 * `throttled`, `unreachable`: surely not accepted, tried again for a day. `unknown`: the answer was lost; repeated three times. `rejected`,
 * `blocked`, `window-closed`: final. `config`: the channel's settings were refused; its sends are held back until they are taken.
 */
export type SendErrorKind = 'throttled' | 'unreachable' | 'unknown' | 'rejected' | 'blocked' | 'window-closed' | 'config';

/** Under this id an earlier part of a send is known to the provider and to the delivery log; `n` counts from 1. */
export function partId(effectId: string, n: number): string {
  return `${effectId}#${n}`;
}

/** The effect of a part's id; an effect's own id stays as it is. */
export function effectOfPart(id: string): string {
  return id.split('#', 1)[0] ?? id;
}

/** The session that an effect belongs to. */
export function effectSession(effectId: string): string {
  return effectId.split('.', 1)[0] ?? effectId;
}
