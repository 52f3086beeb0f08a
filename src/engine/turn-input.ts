import type { Decision, Match } from '../contract/host/index.js';
import type {
  ChannelId,
  ChannelLimits,
  EventOf,
  FlowCode,
  FlowEvent,
  Identity,
  Json,
  OutboundMessage,
  Platform,
  SessionState,
  Tappable,
  UserId,
  Vars,
} from '../contract/index.js';
import type { Programs } from '../flow/program.js';

/** Everything that a turn is computed from. Nothing in it changes while the turn is computed, so the same input gives the same turn. */
export interface TurnInput {
  readonly programs: Programs;
  readonly channels: ReadonlyMap<ChannelId, ChannelFacts>;
  /** The session before the turn; only `turn` is the number of this turn already. */
  readonly session: SessionState;
  /** How many effects of earlier turns are still waiting, for the budget. */
  readonly waitingEffects: number;
  /** Their size in characters of JSON; 0 when absent. */
  readonly waitingSize?: number;
  readonly event: FlowEvent;
  /** Values of the installation, for `{{ constants.NAME }}`. */
  readonly constants?: Readonly<Record<string, string>> | undefined;
  /** Makes links to the other platform; without it there are none. */
  readonly links?: LinkMakers | undefined;
  /** In a replay: how the message was read then, whatever the words of its channel are now. */
  readonly wordThen?: 'stop' | 'start' | 'none';
  /** Returns which online flow's trigger takes the event. */
  readonly match: (event: MatchableEvent, scope: MatchScope) => Match;
}
export interface LinkMakers {
  /** Returns the channels that a flow is bound to. */
  readonly channelsOf: (flow: FlowCode) => readonly ChannelId[];
  /** Returns a text that nobody can guess, the same for the same text on every host. */
  readonly seal: (text: string) => string;
}
/**
 * Which triggers count. `busy`: those that interrupt the running flow or start one in the background. `offered`: the same without those of
 * `atAnyTime`, because the message chooses an answer that the running flow offers. `stop`: those that have the message, a STOP word, as a
 * keyword.
 */
export type MatchScope = 'idle' | 'busy' | 'offered' | 'stop';
/** Events that may start a flow by its triggers. */
export type MatchableEvent = EventOf<'message' | 'subscription' | 'linked'>;

/** How a channel reads STOP and START words, by which people opt out of messages and back in. */
export interface OptOutRules {
  readonly isStop: (text: string) => boolean;
  readonly isStart: (text: string) => boolean;
  /** Returns the answer to a STOP word; '' for none. */
  readonly answer: (word: string, language: string | undefined) => string;
}

/** What the engine knows of a configured channel. */
export interface ChannelFacts {
  readonly id: ChannelId;
  readonly platform: Platform;
  readonly limits: ChannelLimits;
  /** Variables for runs that begin here: `wabaId`, `wabaPhoneNumber`, … */
  readonly variables: Vars;
  /** Returns the one of a person's identities that does not change with their phone number. */
  readonly userId?: (identities: readonly Identity[]) => UserId | undefined;
  /** Returns an address that opens a chat on this channel and brings the token; undefined if the channel does not know its own address. */
  readonly link?: (token: string) => string | undefined;
  /** An emulated account. What is said there is no answer to a run on a real channel, and the other way round. */
  readonly demo?: true;
  /** Returns what can be tapped in a message. */
  readonly tappable?: (message: OutboundMessage) => Tappable | undefined;
  /** The person can be shown that an answer is being written. */
  readonly showsTyping?: true;
  /** Each message removes the buttons of the one before it. */
  readonly replacesButtons?: boolean;
  /** Without them, no word means anything. */
  readonly optOut?: OptOutRules;
}

/** How far a turn is: decided, or paused until the host has called a guest dialog. */
export type TurnProgress =
  /** `error`: what a node threw, for the log. */
  | { readonly done: Decision; readonly error?: unknown }
  | { readonly guest: GuestCall; readonly goOn: (result: GuestResult) => TurnProgress };

/** A guest dialog that the host begins (no `dialogs`) or continues. */
export interface GuestCall {
  readonly dialog: string;
  readonly run: string;
  readonly channel: ChannelId;
  /** The dialog's own stack, as it was returned last time. */
  readonly dialogs?: Json;
  readonly input: Vars;
  readonly event: FlowEvent;
  /** The outputs of the flow that the dialog has begun, which is over. */
  readonly returned?: Vars;
}
/** What a guest dialog sent, and whether it waits for a message, waits for a flow that it begins, has ended with a result, or has failed. */
export interface GuestResult {
  readonly sends: readonly OutboundMessage[];
  readonly then:
    | { readonly waiting: Json; readonly begin?: { readonly flow: FlowCode; readonly input: Vars } }
    | { readonly complete: Json }
    | { readonly fail: string };
}

/** Decides a turn: `advance`, with middleware around it and guest dialogs called. */
export type Decide = (input: TurnInput) => Decision | Promise<Decision>;
