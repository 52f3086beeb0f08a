import type {
  ChannelId,
  ChannelLimits,
  Decision,
  FlowCode,
  FlowEvent,
  Identity,
  Json,
  Match,
  OutboundMessage,
  Platform,
  SessionState,
  Tappable,
  UserId,
  Vars,
} from '../contract/index.js';
import type { Programs } from '../flow/program.js';

/** All that a turn is computed from. Nothing in it changes while the turn is computed, so the same input gives the same turn. */
export interface TurnInput {
  readonly programs: Programs;
  readonly channels: ReadonlyMap<ChannelId, ChannelFacts>;
  /** Before the turn, but for `turn`, which is the number of this turn. */
  readonly session: SessionState;
  /** Effects of earlier turns that are still waiting, for the budget. */
  readonly waitingEffects: number;
  /** Their size in characters of JSON; 0 when absent. */
  readonly waitingSize?: number;
  readonly event: FlowEvent;
  /** For links to another platform: where a flow is bound, and what makes a token that nobody can guess, the same each time. */
  readonly links?: LinkMakers | undefined;
  /** Which online flow would take this message or subscription. `busy`: only triggers that interrupt or run in the background. */
  readonly match: (event: MatchableEvent, scope: 'idle' | 'busy') => Match;
}
export interface LinkMakers {
  readonly channelsOf: (flow: FlowCode) => readonly ChannelId[];
  readonly seal: (text: string) => string;
}
export type MatchableEvent = Extract<FlowEvent, { type: 'message' | 'subscription' | 'linked' }>;

/** What the engine knows of a configured channel. */
export interface ChannelFacts {
  readonly id: ChannelId;
  readonly platform: Platform;
  readonly limits: ChannelLimits;
  /** Given to runs that begin here: `wabaId`, `wabaPhoneNumber`, … */
  readonly variables: Vars;
  /** Of identities the one that stays with a person while numbers change hands. */
  readonly userId?: (identities: readonly Identity[]) => UserId | undefined;
  /** An address that leads a person here with a token. */
  readonly link?: (token: string) => string | undefined;
  /** An emulated account: nobody there answers for a person on a real one. */
  readonly demo?: true;
  readonly tappable?: (message: OutboundMessage) => Tappable | undefined;
  /** Each message takes away the buttons of the one before. */
  readonly buttonsGo?: boolean;
}

/** A turn is computed in one go, unless a guest dialog has a word in it: then its host answers, and the turn goes on. `error` is what a node has thrown, for the log. */
export type TurnProgress =
  | { readonly done: Decision; readonly error?: unknown }
  | { readonly guest: GuestCall; readonly goOn: (result: GuestResult) => TurnProgress };

/** A guest dialog to be begun (no `dialogs`) or continued. */
export interface GuestCall {
  readonly dialog: string;
  readonly run: string;
  readonly channel: ChannelId;
  /** The guest's own stack as it was kept. */
  readonly dialogs?: Json;
  readonly input: Vars;
  readonly event: FlowEvent;
}
export interface GuestResult {
  readonly sends: readonly OutboundMessage[];
  readonly then: { readonly waiting: Json } | { readonly complete: Json } | { readonly fail: string };
}

/** Decides a turn: `advance` in the dress of the bot host. */
export type Decide = (input: TurnInput) => Decision | Promise<Decision>;
