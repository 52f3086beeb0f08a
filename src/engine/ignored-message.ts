import type { InboundMessage } from '../contract/index.js';
import { say, type Work } from './work.js';

/** Why a message is nobody's answer and starts no flow, whatever waits or listens; undefined for all others. */
export function isIgnored(message: InboundMessage): boolean {
  return message.group !== undefined || NO_WORDS.has(message.type) || (message.type === 'reaction' && !message.emoji);
}

/** Kinds that are nobody's words. They leave a trace in the log, and nothing else. */
const NO_WORDS: ReadonlyMap<string, string> = new Map([
  ['edit', 'a message was edited: what was said first has been taken'],
  ['revoke', 'a message was deleted: what it said has been taken'],
  ['unsupported', 'a message of a kind that cannot be read'],
]);

/** Says why. */
export function explainIgnored(work: Work, { group, type }: InboundMessage): void {
  if (group !== undefined) say(work, 'group', `it was written in the group ${group}`);
  else say(work, 'ignored', NO_WORDS.get(type) ?? 'a reaction was taken back');
}
