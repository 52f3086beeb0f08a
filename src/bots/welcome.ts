import type { TurnContext } from 'botbuilder';
import type { WebhookReply } from '../contract/index.js';

/** The one message that may go into the answer to a webhook. */
export interface Welcome {
  reply?: WebhookReply;
}

const KEY = Symbol('parley.welcome');

export function openWelcome(context: TurnContext): Welcome {
  const welcome: Welcome = {};
  context.turnState.set(KEY, welcome);
  return welcome;
}

/** Undefined in turns whose answer carries nothing. */
export function welcomeOf(context: TurnContext): Welcome | undefined {
  return context.turnState.get(KEY);
}
