import type { InboundMessage } from '../contract/index.js';
import { conclude, type Work } from './work.js';

/** Returns whether a message can neither answer a run nor start a flow, whatever waits or listens. */
export function isIgnored(message: InboundMessage): boolean {
  return message.group !== undefined || NO_WORDS.has(message.type) || (message.type === 'reaction' && !message.emoji);
}

/** Message types that say nothing new, with the reason for the turn's record. */
const NO_WORDS: ReadonlyMap<string, string> = new Map([
  ['edit', 'a message was edited; the original was taken already'],
  ['revoke', 'a message was deleted; it was taken already'],
  ['unsupported', 'a message of a type that cannot be read'],
]);

/** Records why the message is ignored. */
export function explainIgnored(work: Work, { group, type }: InboundMessage): undefined {
  if (group !== undefined) conclude(work, 'group', `it was written in the group ${group}`);
  else conclude(work, 'ignored', NO_WORDS.get(type) ?? 'a reaction was removed');
}
