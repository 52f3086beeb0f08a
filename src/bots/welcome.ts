import type { TurnContext } from 'botbuilder';
import type { WebhookReply } from '../contract/index.js';

/** The message that goes into the answer to a webhook. */
export interface Welcome {
  reply?: WebhookReply;
}

const KEY = Symbol('parley.welcome');

export function openWelcome(context: TurnContext): Welcome {
  const welcome: Welcome = {};
  context.turnState.set(KEY, welcome);
  return welcome;
}

/** Returns the welcome of a turn; undefined if the answer to its webhook cannot carry a message. */
export function welcomeOf(context: TurnContext): Welcome | undefined {
  return context.turnState.get(KEY);
}
