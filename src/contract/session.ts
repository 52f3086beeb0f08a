import type { Lane } from './effect.js';
import type { FlowCode, NodeId } from './flow.js';
import type { Json, Vars } from './json.js';
import type { ChannelId, Choice, Identity, InboundMessage, OutboundMessage, Platform } from './message.js';
import type { IsoTime } from './time.js';
import type { WaitEvent } from './wait-event.js';

/** A person, on all platforms. The id is also the id of the person's one session. */
export interface Contact {
  readonly id: string;
  readonly createdAt: IsoTime;
  readonly identities: readonly Identity[];
  readonly name?: string;
  readonly language?: string;
  readonly timeZone?: string;
  /** Identities that stay with the person when phone numbers change owners, by their scope (see `ChannelAdapter.userId`). */
  readonly userIds?: Readonly<Record<string, Identity>>;
  readonly fields: Vars;
  /** The groups that the person is in. Flows and the API see their codes, too. */
  readonly groups: readonly Membership[];
  /** The platforms on which the person wants no messages. */
  readonly optOut: Readonly<Partial<Record<Platform, OptOut>>>;
}

/** That a person is in a group, and since when without a break. */
export interface Membership {
  /** The code of the group. */
  readonly group: string;
  readonly since: IsoTime;
}

/** That a person wants no messages on a platform, but answers to what they write. */
export interface OptOut {
  /** When they said so, by the provider's time if they did in a message. Absent if an earlier release stored it. */
  readonly since?: IsoTime;
  /**
   * The message in which they did; if it was not in a message, the last message of their runs before it. WhatsApp's times are whole seconds, so
   * another message of the same second may have come after it.
   */
  readonly message?: string;
}

/** The state of a conversation. Plain JSON, stored as a whole after every turn. */
export interface SessionState {
  readonly id: string;
  /** The number of the turn. Part of the ids of its effects, and the seed of its random choices. Only takeTurn counts it. */
  readonly turn: number;
  /** How many effects the session has had so far. */
  readonly effectCount: number;
  readonly contact: Contact;
  readonly channels: Readonly<Record<ChannelId, ChannelUse>>;
  readonly runs: readonly Run[];
  /** Messages kept for later, oldest first. At most 20. */
  readonly held: readonly Held[];
  /**
   * Set if the contact's number belongs to another person now. The runs that used it are set aside until `until`, and then end as
   * `number-moved`, unless the provider reports meanwhile that both are the same person.
   */
  readonly numberMoved?: { readonly id: string; readonly until: IsoTime };
  /** Links to another platform that were shown and not opened yet. */
  readonly links?: readonly Link[];
  /** The hand-over by which an operator has the talk now. What the person writes goes to the operator. */
  readonly handOver?: HandOver;
  /** Hand-overs that no run waits for: an operator gets the talk when the run has ended and nothing else is in the foreground. At most 10. */
  readonly laterHandOvers?: readonly HandOver[];
  /** How the last hand-over ended, for operators who answer too late. */
  readonly lastHandOver?: { readonly endedAt: IsoTime; readonly how: 'given-back' | 'expired' | 'ended' };
  /**
   * The contact that this one was merged into. Everything new goes there. Runs and identities stay here unchanged until the other contact
   * has taken them over, and are then removed.
   */
  readonly mergedInto?: string;
}

/** A flow hands the talk over to an operator. */
export interface HandOver {
  readonly id: string;
  /** The team or the topic that it is for; '' if the flow names none. */
  readonly queue: string;
  /** What the operator should know. */
  readonly note: string;
  /** When the operator got the talk. */
  readonly since: IsoTime;
  /** The channel on which the person wrote last: that of the operator's messages. */
  readonly channel: ChannelId;
  /** The run, flow and node that handed over. */
  readonly run: string;
  readonly flow: FlowCode;
  readonly version: number;
  readonly node: NodeId;
  /** The run waits until the talk is given back. */
  readonly isAwaited?: true;
}

/** A link to another platform. Whoever opens it first, before `until`, is recognised as this contact. */
export interface Link {
  readonly token: string;
  readonly platform: Platform;
  readonly until: IsoTime;
}

/** How a person is reached on one channel. */
export interface ChannelUse {
  readonly address: string;
  /** The time of the newest message from the person on this channel. WhatsApp's 24-hour window counts from it. */
  readonly lastInboundAt?: IsoTime;
  /** False if the person must write or subscribe before they can be written to (Viber). Absent on channels without subscriptions. */
  readonly subscribed?: boolean;
}

/** A message that could not be taken when it came. */
export interface Held {
  readonly eventId: string;
  readonly at: IsoTime;
  readonly message: InboundMessage;
  /** The run that may take it as an answer at its next wait for a message, because it came while a send was being confirmed. */
  readonly mayAnswer?: string;
  /** It has started a flow in the background, so it starts none later. */
  readonly hasStarted?: true;
}

/** A flow that was started, with all flows that it has called. */
export interface Run {
  readonly id: string;
  /** `message:<event id>`, `api`, `campaign:<id>`, `flow:<run id>`. */
  readonly startedBy: string;
  readonly place: 'foreground' | 'background' | 'queued';
  readonly startedAt: IsoTime;
  /** A queued run is dropped if it has not begun by this time. */
  readonly discardAt?: IsoTime | undefined;
  /** How many flows have started each other up to this run, without a message of a person in between. Absent if a message or a system started it. */
  readonly chain?: number | undefined;
  /** A run of the background that is in the foreground while an operator has the talk. */
  readonly isBeside?: true | undefined;
  /** The channel that it began on, or that its last answer came from. */
  readonly channel: ChannelId;
  /** `campaign` if it was started by a campaign or by `starts`. */
  readonly lane: Lane;
  /** When it last sent something, by channel. */
  readonly sentAt?: Readonly<Record<ChannelId, IsoTime>> | undefined;
  /** Set if the run was interrupted and queued in the middle of its flow. It continues at its current node, in this place. */
  readonly aside?: 'foreground' | 'background' | undefined;
  readonly lastMessage?: InboundMessage | undefined;
  /** The messages of the run as lines of text, newest last. Kept only if a flow of the run reads `transcript`. */
  readonly transcript?: string | undefined;
  /** True while the last message is the one that started the run, and no node has waited for a message: `takeFirst` may take it. */
  readonly opening?: true | undefined;
  /**
   * The messages with something to tap that the run has sent since its last wait for a message ended, oldest first. Taps, typed titles and
   * numbers are compared with it. Absent in runs that were stored by versions without offers.
   */
  readonly offer?: readonly OfferedMessage[] | undefined;
  /** The question of the run: the newest message of the offer, or its last message before the wait. It can be repeated on another channel. */
  readonly question?: { readonly effectId: string; readonly message: OutboundMessage } | undefined;
  /** Other channels on which an answer may come: joined by a link, or used by the run before. */
  readonly alsoOn?: readonly ChannelId[] | undefined;
  /** The choices shown last, in runs that were stored by versions without offers. */
  readonly offered?: readonly Choice[] | undefined;
  /** How many turns in a row the run has taken by itself: without a message, an operator, a timeout or a start. Absent if the last turn had one. */
  readonly alone?: { readonly turns: number; readonly second: string; readonly inSecond: number } | undefined;
  /** Why a node was left by its port `failed`, the last time. */
  readonly failure?: Failure | undefined;
  readonly stack: readonly Frame[];
}

/** The members of `{{ failure }}`. `status` is the status of an HTTP response. */
export interface Failure {
  readonly node: NodeId;
  readonly code: string;
  readonly reason: string;
  readonly status?: number;
}

/**
 * A message with something to tap. `shown: 'numbers'`: a text that lists choices with numbers; `titles`: the same without numbers; `any`: every
 * tap on the message counts, because not all of its buttons are known.
 */
export interface OfferedMessage {
  readonly effectId: string;
  readonly flow?: FlowCode;
  readonly node?: NodeId;
  readonly shown: 'buttons' | 'list' | 'numbers' | 'titles' | 'any';
  readonly choices: readonly OfferedChoice[];
  /** Set if the choices are shown page by page. `choices` has those of all pages then. */
  readonly list?: OfferedList;
}
/** A list that is shown page by page. */
export interface OfferedList {
  /** The message with all choices, as it was asked for. */
  readonly message: OutboundMessage;
  /** The version of the flow that asks. */
  readonly version?: number;
  /** How many choices the person has seen: numbers up to this one are answers. */
  readonly seen: number;
  /** The index of the first choice of the page that "More…" leads to; 0 on the last page. */
  readonly next: number;
  /** The page that was asked for last, and when: a second tap on the same row within some seconds is a double tap. */
  readonly turned?: { readonly from: number; readonly at: IsoTime };
}
/** A choice as it was shown. `sent` is the id that was sent to the provider, if it had to be shortened. */
export interface OfferedChoice {
  readonly id: string;
  readonly title: string;
  readonly sent?: string;
}

export type Frame = FlowFrame | DialogFrame;
/** A flow on the stack of a run, in the version that it was started with. */
export interface FlowFrame {
  readonly kind: 'flow';
  readonly flow: FlowCode;
  readonly version: number;
  readonly nodeId: NodeId;
  readonly vars: Vars;
  /** The inputs that the flow was started with. Kept only if it reads `inputs`. */
  readonly inputs?: Vars | undefined;
  /** The memory of each node: jump counters, attempts, the history of a dialogue. */
  readonly memory: Readonly<Record<NodeId, Json>>;
  readonly wait?: Wait | undefined;
}
/** A dialog written in TypeScript, with its own stack. */
export interface DialogFrame {
  readonly kind: 'dialog';
  readonly dialog: string;
  readonly dialogs: Json;
}

/** What the current node waits for. The end of its time is an event with the id `<wait id>:timeout`; it is ignored if the wait is over. */
export type Wait = {
  readonly id: string;
  readonly until?: IsoTime;
  /** The event that ended the wait while the run was set aside. The run continues with it later. */
  readonly came?: WaitEvent;
} & WaitFor;
type WaitFor =
  /** `toldStale`: the person was told that a tap on an older question does not count. */
  | { readonly for: 'message'; readonly platform?: Platform; readonly toldStale?: true }
  | { readonly for: 'sent' | 'delivered' | 'read'; readonly effectId: string }
  /** `hears`: what the person writes meanwhile may answer the run's next wait for a message. */
  | { readonly for: 'call'; readonly callId: string; readonly hears?: true }
  /** For the frame above to return. At the deadline, all frames above are dropped. */
  | { readonly for: 'return' }
  /** `answeredAt`: when an operator wrote last. The time of the hand-over counts from then on, and its end is no silence. */
  | { readonly for: 'operator'; readonly queue?: string; readonly note?: string; readonly answeredAt?: IsoTime }
  | { readonly for: 'time' };
