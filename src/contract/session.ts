import type { FlowEvent } from './event.js';
import type { FlowCode, NodeId } from './flow.js';
import type { Json, Vars } from './json.js';
import type { ChannelId, Choice, Identity, InboundMessage, OutboundMessage, Platform } from './message.js';
import type { IsoTime } from './time.js';

/** A person, across platforms. The id is that of the contact's one session. */
export interface Contact {
  readonly id: string;
  readonly createdAt: IsoTime;
  readonly identities: readonly Identity[];
  readonly name?: string;
  readonly language?: string;
  readonly timeZone?: string;
  /** The identity that stays with the person while numbers change hands, by its scope (see `ChannelAdapter.userId`). */
  readonly userIds?: Readonly<Record<string, Identity>>;
  readonly fields: Vars;
  readonly groups: readonly string[];
  readonly optOut: Readonly<Partial<Record<Platform, boolean>>>;
}

/** Everything a conversation remembers; plain JSON, stored whole after every turn. */
export interface SessionState {
  readonly id: string;
  /** Counted by takeTurn alone; numbers the effects of a turn and seeds its random choices. */
  readonly turn: number;
  /** How many effects this session has ever asked for; numbers the next one. */
  readonly effectCount: number;
  readonly contact: Contact;
  readonly channels: Readonly<Record<ChannelId, ChannelUse>>;
  readonly runs: readonly Run[];
  /** Messages kept for later, oldest first; at most 20. */
  readonly held: readonly Held[];
  /**
   * The contact's number is another person's now. Its runs are aside until then, and end as `number-moved`, unless the provider tells
   * meanwhile that both are one person.
   */
  readonly numberMoved?: { readonly id: string; readonly until: IsoTime };
  /** Links to another platform that have been shown and not been opened. */
  readonly links?: readonly Link[];
  /**
   * Set when this contact turned out to be another one: everything new goes there, and what it had goes along. Until all of that is
   * there, runs and identities stay here and nothing of them changes; then they are gone.
   */
  readonly mergedInto?: string;
}

/** Who opens it on the platform is this contact, until then and once. */
export interface Link {
  readonly token: string;
  readonly platform: Platform;
  readonly until: IsoTime;
}

/** How a person is reached on one channel. */
export interface ChannelUse {
  readonly address: string;
  /** The newest message from the person here; WhatsApp's window counts from it. */
  readonly lastInboundAt?: IsoTime;
  /** False: a person who may not be written to before they write or subscribe (Viber). Absent where nobody has to. */
  readonly subscribed?: boolean;
}

/** A message that came while nobody could take it. */
export interface Held {
  readonly eventId: string;
  readonly at: IsoTime;
  readonly message: InboundMessage;
  /** The run may take it as the answer at its next message wait: it came while a send was being confirmed. */
  readonly mayAnswer?: string;
}

/** One start of a flow. */
export interface Run {
  readonly id: string;
  /** `message:<event id>`, `api`, `campaign:<id>`, `flow:<run id>`. */
  readonly startedBy: string;
  readonly place: 'foreground' | 'background' | 'queued';
  readonly startedAt: IsoTime;
  /** A queued run not begun by then is dropped. */
  readonly discardAt?: IsoTime;
  /** Where it began, then where a message was last taken as its answer. */
  readonly channel: ChannelId;
  /** Started by a campaign or by `starts`: its sends go in the campaign lane. */
  readonly lane: Lane;
  /** When it sent something last, on each channel. */
  readonly sentAt?: Readonly<Record<ChannelId, IsoTime>>;
  /** Queued in the middle of its flow, not before its start: it comes back to the node where it stands, and to this place. */
  readonly aside?: 'foreground' | 'background';
  readonly lastMessage?: InboundMessage;
  /**
   * What the run has sent that can be tapped since its last wait for a message ended, oldest first. It decides taps, typed titles and
   * numbers. Absent in runs that were stored before there were offers.
   */
  readonly offer?: readonly OfferedMessage[];
  /** What the run asked last: the newest message of the offer, else its last message before the wait. Can be said again elsewhere. */
  readonly question?: { readonly effectId: string; readonly message: OutboundMessage };
  /** Other channels that its link has joined, or on which it was before: an answer may come there, too. */
  readonly alsoOn?: readonly ChannelId[];
  /** Read in runs that were stored before there were offers: the choices shown last. */
  readonly offered?: readonly Choice[];
  /** Turns that the run has taken in a row without anybody: no message, operator, time-out or start. Absent where the last one had somebody. */
  readonly alone?: { readonly turns: number; readonly second: string; readonly inSecond: number };
  /** Why a node was last left by `failed`. */
  readonly failure?: Failure;
  readonly stack: readonly Frame[];
}

/** What `{{ failure }}` tells; `status` is that of an HTTP answer. */
export interface Failure {
  readonly node: NodeId;
  readonly code: string;
  readonly reason: string;
  readonly status?: number;
}

/**
 * A message with something to tap. `numbers`: a text in which each choice has its number; `titles`: the same without numbers;
 * `any`: every payload of a tap on it counts, because the message knows only a part of its buttons, or none.
 */
export interface OfferedMessage {
  readonly effectId: string;
  readonly flow?: FlowCode;
  readonly node?: NodeId;
  readonly shown: 'buttons' | 'list' | 'numbers' | 'titles' | 'any';
  readonly choices: readonly OfferedChoice[];
}
/** `sent`: the id that the provider was given, where it is not the whole one. */
export interface OfferedChoice {
  readonly id: string;
  readonly title: string;
  readonly sent?: string;
}

/** `campaign`: runs started by a campaign or by `starts`; all else is `reply`. Replies go first. */
export type Lane = 'reply' | 'campaign';

export type Frame = FlowFrame | DialogFrame;
/** One flow being run, pinned to the version it started with. */
export interface FlowFrame {
  readonly kind: 'flow';
  readonly flow: FlowCode;
  readonly version: number;
  readonly nodeId: NodeId;
  readonly vars: Vars;
  /** Each node's own: jump counters, tries, a dialogue's history. */
  readonly memory: Readonly<Record<NodeId, Json>>;
  readonly wait?: Wait;
}
/** A guest dialog written in TypeScript, with its own stack. */
export interface DialogFrame {
  readonly kind: 'dialog';
  readonly dialog: string;
  readonly dialogs: Json;
}

/** What the current node waits for. Leaving the wait cancels its deadline, whose event id is `<wait id>:timeout`. */
export type Wait = {
  readonly id: string;
  readonly until?: IsoTime;
  /** It has happened while the run was aside: the run goes on with it when it comes back. */
  readonly came?: FlowEvent;
} & WaitFor;
type WaitFor =
  /** `toldStale`: the person has heard that a tap on an older question is no answer. */
  | { readonly for: 'message'; readonly platform?: Platform; readonly toldStale?: true }
  | { readonly for: 'sent' | 'delivered' | 'read'; readonly effectId: string }
  | { readonly for: 'call'; readonly callId: string }
  /** Of the frame above; a deadline here drops the frames above. */
  | { readonly for: 'return' }
  | { readonly for: 'operator' }
  | { readonly for: 'time' };
