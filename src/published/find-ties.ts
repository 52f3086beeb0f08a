import type { ChannelId, FlowCode } from '../contract/index.js';
import { type ListeningTrigger, type OnlineFlow, takesAnyMessage } from './match-trigger.js';

/** A flow that would take the same messages as the candidate, and which messages. */
export interface Tie {
  readonly flow: FlowCode;
  readonly reason: string;
}

/**
 * Finds the online flows that would tie with the candidate: on the same channel and with the same priority they have a keyword, a message
 * type, an event, a context or a referral in common, or both have a regular expression, or both take any message. An earlier version of
 * the candidate does not count.
 */
export function findTies(candidate: OnlineFlow, online: readonly OnlineFlow[]): readonly Tie[] {
  const ties: Tie[] = [];
  for (const other of online) {
    if (other.code === candidate.code) continue;
    const channel = candidate.channels.find((id) => other.channels.includes(id));
    if (channel === undefined) continue;
    const shared = sharedBetween(candidate.triggers, other.triggers);
    if (shared !== undefined) ties.push({ flow: other.code, reason: reasonFor(other.code, channel, shared) });
  }
  return ties;
}

function reasonFor(flow: FlowCode, channel: ChannelId, shared: string): string {
  return `the flow "${flow}" is ONLINE on the channel "${channel}" and also takes ${shared}, with the same priority`;
}

function sharedBetween(mine: readonly ListeningTrigger[], theirs: readonly ListeningTrigger[]): string | undefined {
  for (const a of mine) {
    for (const b of theirs) {
      if (a.trigger.type !== b.trigger.type || (a.trigger.priority ?? 0) !== (b.trigger.priority ?? 0)) continue;
      const shared = sharedBy(a, b);
      if (shared !== undefined) return shared;
    }
  }
  return undefined;
}

function sharedBy(a: ListeningTrigger, b: ListeningTrigger): string | undefined {
  if (takesAnyMessage(a.trigger) && takesAnyMessage(b.trigger)) return 'any message';
  const keyword = a.keywords.find((one) => b.keywords.some((other) => other.folded === one.folded));
  if (keyword) return `the keyword "${keyword.text}"`;
  if (a.regex && b.regex) return 'messages by regular expression';
  const [mine, theirs] = [a.trigger.match, b.trigger.match];
  const type = mine?.messageTypes?.find((one) => theirs?.messageTypes?.includes(one));
  if (type !== undefined) return `messages of type ${type}`;
  const event = mine?.events?.find((one) => theirs?.events?.includes(one));
  if (event !== undefined) return `the event ${event}`;
  const context = mine?.contexts?.find((one) => theirs?.contexts?.includes(one));
  if (context !== undefined) return `the context "${context}"`;
  return sharedReferral(mine?.referral, theirs?.referral);
}

function sharedReferral(
  a: true | { readonly sourceId: string } | undefined,
  b: true | { readonly sourceId: string } | undefined,
): string | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (a === true && b === true) return 'every referral';
  if (a !== true && b !== true && a.sourceId === b.sourceId) return `the referral ${a.sourceId}`;
  return undefined;
}
