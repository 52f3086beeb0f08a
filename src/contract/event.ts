import type { Lane } from './effect.js';
import type { FlowCode, OnBusy, Warning } from './flow.js';
import type { Json, Vars } from './json.js';
import type { ChannelId, Identity, InboundMessage, Platform, Sender } from './message.js';
import type { Contact, SessionState } from './session.js';
import type { IsoTime } from './time.js';
import type { WaitEvent } from './wait-event.js';

/**
 * Something that happened and is taken as a turn. `id` is the same however often the event is delivered. `at` is when this host received
 * it; the provider's time is `message.sentAt`.
 */
export type FlowEvent = WaitEvent | ({ readonly id: string; readonly at: IsoTime } & EventBody);

type EventBody =
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
  | {
      readonly type: 'command';
      readonly command: 'end' | 'resume' | 'move' | 'migrate' | 'set' | 'resend' | 'fail';
      readonly args: Json;
      readonly by: string;
      /** With `set`: the person, who may be new. */
      readonly from?: Sender;
    }
  /** For the contact who was shown a link: somebody opened it, and has these addresses. */
  | {
      readonly type: 'linked';
      readonly channel: ChannelId;
      /** The platform of the channel. */
      readonly platform?: Platform;
      readonly from: Sender;
      readonly token: string;
      /** The provider's time of the message that brought the token. */
      readonly wroteAt?: IsoTime;
      readonly subscribed?: boolean;
    }
  /** For the remaining contact of a merge (the winner): takes over what the loser had. The loser's effects and seen event ids come with the commit. */
  | {
      readonly type: 'merge';
      readonly loser: string;
      readonly contact: Contact;
      readonly channels: SessionState['channels'];
      readonly links?: NonNullable<SessionState['links']>;
      readonly runs?: SessionState['runs'];
      readonly held?: SessionState['held'];
      readonly handOvers?: NonNullable<SessionState['laterHandOvers']>;
      readonly effectCount?: number;
      /** The channel of the message that showed that both are one person. */
      readonly toldOn?: ChannelId;
    }
  /** For the loser of a merge: everything new goes to `winner`. `isDone`: the winner has taken over everything. */
  | { readonly type: 'merged'; readonly winner: string; readonly toldOn?: ChannelId; readonly isDone?: true }
  /** The provider reports that a person has other addresses now (user_changed_number, user_id_update). */
  | { readonly type: 'identities'; readonly channel: ChannelId; readonly from: Sender; readonly isChange?: true }
  /** The number of this contact belongs to another person now, `heir`. `instead` is an address at which this contact can still be reached. */
  | {
      readonly type: 'numberMoved';
      readonly identities: readonly Identity[];
      readonly addresses: readonly string[];
      readonly instead?: string;
      readonly heir: string;
    };

/** The events of one type: `EventOf<'message'>`. */
export type EventOf<T extends FlowEvent['type']> = Extract<FlowEvent, { readonly type: T }>;

/** A start requested by the trigger endpoint, a campaign, or another flow. */
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
  /** Warnings about values in the data that could be read in two ways. */
  readonly warnings?: readonly Warning[];
  readonly uuid?: string;
  readonly outId?: string;
  /** See `Run.chain`. */
  readonly chain?: number;
  /** When it was requested first. `at` is the time of the repeated request that succeeded. */
  readonly askedAt?: IsoTime;
  readonly claimedAt?: IsoTime;
  readonly discardAt?: IsoTime;
}
