import type { TurnContext } from 'botbuilder';
import type { Decision } from '../contract/host/index.js';
import type { OutboundMessage } from '../contract/index.js';

/** The turn that is being decided, as dialogs and middleware of a TurnContext reach it. */
export interface DecisionContext {
  /** Computes the turn, once; whoever asks again gets the same. */
  run(): Promise<Decision>;
  /** Where what is sent goes: the guest dialog that is running, else the turn as a whole. */
  sink: OutboundMessage[];
}

const KEY = Symbol('parley.decision');

export function putDecisionContext(context: TurnContext, decision: DecisionContext): void {
  context.turnState.set(KEY, decision);
}

/** Throws outside of a decision: a FlowDialog runs in Parley's host only. */
export function decisionContextOf(context: TurnContext): DecisionContext {
  const decision: DecisionContext | undefined = context.turnState.get(KEY);
  if (!decision) throw new Error('a FlowDialog runs inside a turn of the Parley host only');
  return decision;
}
