import type { SendFailure } from './effect.js';
import type { FlowCode, OnBusy } from './flow.js';
import type { Json, Vars } from './json.js';
import type { ChannelId, Identity, InboundMessage, Platform, Sender } from './message.js';
import type { Contact, Lane, SessionState } from './session.js';
import type { IsoTime } from './time.js';
import type { Warning } from './turn.js';

/**
 * Something that happened and comes in. `id` is the same however often it is delivered; `at` is when this host got it (the
 * provider's time is `message.sentAt`).
 */
export type FlowEvent = { readonly id: string; readonly at: IsoTime } & (
  | { readonly type: 'message'; readonly message: InboundMessage }
  | {
      readonly type: 'subscription';
      readonly channel: ChannelId;
      readonly from: Sender;
      readonly change: 'started' | 'subscribed' | 'unsubscribed';
      readonly subscribed: boolean;
      readonly context?: string;
    }
  | StartEvent
  | { readonly type: 'timeout'; readonly waitId: string }
  | {
      readonly type: 'receipt';
      readonly effectId: string;
      readonly status: 'sent' | 'delivered' | 'read' | 'failed';
      readonly messageId?: string;
      readonly error?: SendFailure;
    }
  | { readonly type: 'callResult'; readonly callId: string; readonly ok: boolean; readonly value: Json }
  | {
      readonly type: 'command';
      readonly command: 'end' | 'resume' | 'move' | 'migrate' | 'set' | 'resend' | 'fail';
      readonly args: Json;
      readonly by: string;
    }
  | { readonly type: 'operator'; readonly text?: string; readonly giveBack?: boolean }
  /** To the contact that a link is of: somebody came by it, with these addresses. */
  | {
      readonly type: 'linked';
      readonly channel: ChannelId;
      /** Of the channel. */
      readonly platform?: Platform;
      readonly from: Sender;
      readonly token: string;
      /** The provider's time of the message that brought the token. */
      readonly wroteAt?: IsoTime;
      readonly subscribed?: boolean;
    }
  /** To the winner: takes over what the loser had. Its effects and the ids that it has seen go along in the commit. */
  | {
      readonly type: 'merge';
      readonly loser: string;
      readonly contact: Contact;
      readonly channels: SessionState['channels'];
      readonly links?: NonNullable<SessionState['links']>;
      readonly runs?: SessionState['runs'];
      readonly held?: SessionState['held'];
      readonly effectCount?: number;
      /** Where the message came in that told of it. */
      readonly toldOn?: ChannelId;
    }
  /** To the loser: everything new goes to `winner`. `isDone`: what it had is there now. */
  | { readonly type: 'merged'; readonly winner: string; readonly toldOn?: ChannelId; readonly isDone?: true }
  /** The provider says that a person has other addresses now (user_changed_number, user_id_update). */
  | { readonly type: 'identities'; readonly channel: ChannelId; readonly from: Sender; readonly isChange?: true }
  /** The number of this contact is another person's now, `heir`; `instead` is how this one is still reached. */
  | {
      readonly type: 'numberMoved';
      readonly identities: readonly Identity[];
      readonly addresses: readonly string[];
      readonly instead?: string;
      readonly heir: string;
    }
);

/** The events of one type: `EventOf<'message'>`. */
export type EventOf<T extends FlowEvent['type']> = Extract<FlowEvent, { readonly type: T }>;

/** A start asked for by a system: the trigger endpoint, a campaign, or another flow. */
export interface StartEvent {
  readonly type: 'start';
  readonly flow: FlowCode;
  readonly version: number;
  readonly run: string;
  readonly channel: ChannelId;
  readonly from: Sender;
  readonly by: string;
  readonly lane: Lane;
  readonly onBusy: OnBusy;
  readonly data: Vars;
  /** What of the data was read with a guess. */
  readonly warnings?: readonly Warning[];
  readonly uuid?: string;
  readonly outId?: string;
  /** When it was asked for first; `at` is that of the repeat that got it through. */
  readonly askedAt?: IsoTime;
  readonly claimedAt?: IsoTime;
  readonly discardAt?: IsoTime;
}

/** The id of the event that says that a wait's time is up. */
export function timeoutEventId(waitId: string): string {
  return `${waitId}:timeout`;
}
