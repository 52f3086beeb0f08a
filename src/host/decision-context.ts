import type { TurnContext } from 'botbuilder';
import type { Decision } from '../contract/host/index.js';
import type { ChannelLimits, FlowCode, FlowEvent, OutboundMessage, Vars } from '../contract/index.js';

/** The turn that is being decided, as dialogs and middleware reach it through their TurnContext. */
export interface DecisionContext {
  readonly event: FlowEvent;
  /** Computes the turn. Called again, it returns the same decision. */
  run(): Promise<Decision>;
  /** Takes what is sent: for the guest dialog that is running, else for the turn as a whole. */
  sink: Sink;
  /** The guest dialog that is running. */
  guest?: RunningGuest;
}

/** Collects what is sent to one channel. */
export interface Sink {
  readonly limits: ChannelLimits;
  readonly messages: OutboundMessage[];
}

/** What a guest dialog and the flows that it begins tell each other. */
export interface RunningGuest {
  /** The flow that the dialog wants to begin. */
  begin?: { readonly flow: FlowCode; readonly input: Vars };
  /** The outputs of the flow that the dialog has begun before, if that is over. */
  readonly returned?: Vars;
}

const KEY = Symbol('parley.decision');

export function putDecisionContext(context: TurnContext, decision: DecisionContext): void {
  context.turnState.set(KEY, decision);
}

/**
 * Returns the turn that a TurnContext belongs to.
 *
 * @throws Error if the context was not made by Parley's host.
 */
export function decisionContextOf(context: TurnContext): DecisionContext {
  const decision: DecisionContext | undefined = context.turnState.get(KEY);
  if (!decision) throw new Error('a FlowDialog runs inside a turn of the Parley host only');
  return decision;
}
