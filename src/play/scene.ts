import type { Decision, DecisionReason, PathStep } from '../contract/host/index.js';
import type {
  CallBody,
  ChannelId,
  Effect,
  FlowCode,
  FlowEvent,
  IsoTime,
  Json,
  NodeId,
  Platform,
  SendBody,
  SendFailure,
  Shown,
  Skipped,
  Vars,
  Warning,
} from '../contract/index.js';
import type { Program } from '../flow/program.js';
import type { Standing } from './changes.js';
import type { PlayedProvider } from './perform-send.js';
import type { CallAnswer } from './play-step.js';
import type { PlayWorld } from './play-world.js';
import type { Talk } from './talk.js';

/** A turn of a play, and what came of it. */
export interface PlayTurn {
  /** The index of the step; -1 for what `from` begins. */
  readonly step: number;
  readonly at: IsoTime;
  readonly decision: DecisionReason;
  readonly path: readonly PathStep[];
  readonly warnings: readonly Warning[];
  readonly effects: readonly PlayedEffect[];
  /** The variables of the running flow after the turn. */
  readonly variables: Vars;
  /** The variables that the turn has changed, by name; `<flow>#<name>` in flows beside the one that is tried. Null for one that is gone. */
  readonly set: Vars;
  /** The members of the contact that the turn has changed. */
  readonly contact: Vars;
  /** Where everything stands after the turn. */
  readonly standing: readonly Standing[];
  /** What a call really returned, to be kept in the step as `answer`. */
  readonly answer?: CallAnswer;
}

/** An effect of a turn, and what a person sees of it. */
export interface PlayedEffect {
  readonly id: string;
  readonly flow?: FlowCode;
  readonly node?: NodeId;
  /** The platform of a message. */
  readonly on?: Platform;
  readonly shows: readonly Shown[];
  /** Why the provider refused the message. What was refused is the last thing in `shows`. */
  readonly refused?: SendFailure;
  /** Why the message was not sent. */
  readonly skipped?: Skipped;
  /** The message waits until the person writes or subscribes. */
  readonly parked?: true;
  /** The person sees that an answer is being written. */
  readonly typing?: true;
  /** A call. If a run waits for it, a step answers it. */
  readonly call?: { readonly service: string; readonly input: Json };
}

/** A message that was sent, for taps and receipts. */
export interface SentMessage {
  readonly effect: Effect & { readonly body: SendBody };
  readonly shows: readonly Shown[];
  readonly refused?: SendFailure;
}

/** A message that waits until the person writes or subscribes. `accepted`: how many of its requests the provider has taken already. */
export interface ParkedSend {
  readonly effect: SentMessage['effect'];
  readonly accepted: number;
}

/** A call that nobody has answered yet. */
export type OpenCall = Effect & { readonly body: CallBody };

/** A play while it goes on. */
export interface Scene {
  /** The flow that is tried. */
  readonly tried: Program;
  readonly flows: readonly Program[];
  readonly world: PlayWorld;
  readonly providers: ReadonlyMap<ChannelId, PlayedProvider>;
  readonly platform: Platform;
  /** The name that the person has given to the providers. */
  readonly name: string | undefined;
  readonly talk: Talk;
  /** Returns true if the play has taken too long. */
  readonly isOver: () => boolean;
  readonly turns: PlayTurn[];
  /** The index of the step in hand. */
  step: number;
  /** Seconds since the beginning. */
  seconds: number;
  /** How many waits have ended. */
  waits: number;
  readonly sent: SentMessage[];
  calls: readonly OpenCall[];
  parked: readonly ParkedSend[];
  /** The code with which the provider refuses the next message, and the step that says so. */
  refuse: { readonly code: string; readonly step: number } | undefined;
}

/** An event, and what a turn of it needs beside the scene. */
export interface Happening {
  readonly event: FlowEvent;
  /** Other flows than those of the scene, for this turn alone. */
  readonly world?: PlayWorld;
  readonly answer?: CallAnswer;
}

/** A turn that was computed. */
export interface Decided {
  readonly event: FlowEvent;
  readonly decision: Decision;
}
