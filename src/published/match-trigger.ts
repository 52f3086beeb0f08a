import type { RE2JS } from 're2js';
import type { Match, Tried } from '../contract/host/index.js';
import {
  type ChannelId,
  type FlowCode,
  type InboundMessage,
  isMessageTrigger,
  type MessageTrigger,
  type OnBusy,
  type Platform,
  TRIGGER_PLATFORM,
  type Trigger,
  type Vars,
} from '../contract/index.js';
import type { MatchableEvent, MatchScope } from '../engine/turn-input.js';
import { hasKeyword, type Keyword, keywordOf, type SearchedText, searchedText } from '../text/find-keyword.js';
import { compilePattern } from '../text/pattern.js';
import { seenBy } from '../text/seen-by.js';

/** The triggers of a flow that is ONLINE. */
export interface OnlineFlow {
  readonly code: FlowCode;
  readonly version: number;
  readonly channels: readonly ChannelId[];
  readonly triggers: readonly ListeningTrigger[];
}

/** A message trigger that is ready for matching. */
export interface ListeningTrigger {
  readonly index: number;
  readonly trigger: MessageTrigger;
  readonly keywords: readonly Keyword[];
  readonly regex?: RE2JS;
}

/** What the person wrote. Prepared for the search when the first trigger has a keyword. */
interface Said {
  readonly text: string;
  searched?: SearchedText;
}

/** How specific a match is: a higher class wins, whatever the priority. */
const CLASS = { context: 6, event: 5, referral: 4, text: 3, messageType: 2, any: 1 } as const;
type ClassName = keyof typeof CLASS;

/** A trigger that takes the message. `weight` puts a keyword before a regular expression, and longer keywords before shorter ones. */
interface Hit {
  readonly class: ClassName;
  readonly weight: number;
  readonly reason: string;
  readonly isKeyword?: true;
  readonly groups?: Vars;
}
interface Candidate extends Hit {
  readonly flow: OnlineFlow;
  readonly listening: ListeningTrigger;
}

/** Makes the message triggers of a flow ready for matching. Their regular expressions have passed the check. */
export function listeningTriggers(triggers: readonly Trigger[]): readonly ListeningTrigger[] {
  return triggers.flatMap((trigger, index) => {
    if (!isMessageTrigger(trigger)) return [];
    const { keywords = [], regex } = trigger.match ?? {};
    return [
      {
        index,
        trigger,
        keywords: keywords.map((text) => keywordOf(text)),
        ...(regex === undefined ? {} : { regex: compilePattern(regex) }),
      },
    ];
  });
}

/**
 * Finds the online flow that takes a message or another event of a person, and why each other flow does not. The most specific match wins:
 * a context, an event, a referral, a keyword or regular expression, a message type, any message. Then the higher priority wins; then a
 * keyword before a regular expression, the longer keyword, and the flow code.
 */
export function matchTrigger(event: MatchableEvent, online: readonly OnlineFlow[], scope: MatchScope): Match {
  const channel = event.type === 'message' ? event.message.channel : event.channel;
  const said: Said = { text: event.type === 'message' ? event.message.text : '' };
  const tried: Tried[] = [];
  let best: Candidate | undefined;
  for (const flow of online) {
    if (flow.triggers.length === 0 || !flow.channels.includes(channel)) continue;
    const candidate = bestOf(flow, event, said, scope);
    tried.push({ flow: flow.code, matched: candidate.hit !== undefined, why: candidate.why });
    if (candidate.hit && (!best || beats(candidate.hit, best))) best = candidate.hit;
  }
  if (!best) return { tried };
  const { flow, listening, reason, groups } = best;
  const onBusy = onBusyOf(listening.trigger);
  return {
    tried,
    best: { flow: flow.code, version: flow.version, trigger: listening.index, onBusy, reason, ...(groups ? { groups } : {}) },
  };
}

/** Returns the best hit among the triggers of a flow, and why it is one; without a hit, why each trigger is none. */
function bestOf(
  flow: OnlineFlow,
  event: MatchableEvent,
  said: Said,
  scope: MatchScope,
): { readonly hit?: Candidate; readonly why: string } {
  let best: Candidate | undefined;
  const misses: string[] = [];
  for (const listening of flow.triggers) {
    if (isElsewhere(event, TRIGGER_PLATFORM[listening.trigger.type])) continue;
    const hit = hitIn(scope, listening, event, said);
    if (typeof hit === 'string') {
      if (!misses.includes(hit)) misses.push(hit);
      continue;
    }
    const candidate = { ...hit, flow, listening };
    if (!best || beats(candidate, best)) best = candidate;
  }
  if (best) return { hit: best, why: best.reason };
  return { why: misses.length === 0 ? 'no trigger for this platform' : misses.join('; ') };
}

/** Returns the hit of a trigger, or the reason why there is none. */
function hitIn(scope: MatchScope, listening: ListeningTrigger, event: MatchableEvent, said: Said): Hit | string {
  const deaf = whyDeaf(listening.trigger, scope);
  if (deaf !== undefined) return deaf;
  const hit = event.type === 'message' ? hitOfMessage(listening, event.message, said) : hitOfEvent(listening, event);
  if (scope === 'stop' && typeof hit !== 'string' && !hit.isKeyword) return 'a STOP word starts only a flow that has it as a keyword';
  return hit;
}

function onBusyOf({ onBusy, atAnyTime }: MessageTrigger): OnBusy {
  return onBusy ?? (atAnyTime ? 'interrupt' : 'ignore');
}

/** Returns why a trigger hears nothing while another flow is running; undefined if it does. */
function whyDeaf(trigger: MessageTrigger, scope: MatchScope): string | undefined {
  if (scope === 'idle' || scope === 'stop') return undefined;
  if (onBusyOf(trigger) === 'ignore') return 'another flow is running, and this trigger does not interrupt it';
  return scope === 'offered' && trigger.atAnyTime ? 'the message is an answer that the running flow offers' : undefined;
}

function isElsewhere(event: MatchableEvent, platform: Platform): boolean {
  if (event.type === 'message') return event.message.platform !== platform;
  return event.type === 'linked' && event.platform !== undefined && event.platform !== platform;
}

/** Returns whether a trigger has no filter. */
export function takesAnyMessage({ match = {} }: MessageTrigger): boolean {
  return Object.keys(match).every((key) => key === 'keywordMode' || key.startsWith('x-'));
}

/** Returns the hit, or the reason why there is none. */
function hitOfMessage(listening: ListeningTrigger, message: InboundMessage, said: Said): Hit | string {
  const match = listening.trigger.match;
  if (message.type === 'reaction')
    return match?.messageTypes?.includes('reaction')
      ? { class: 'messageType', weight: 0, reason: 'message type reaction' }
      : 'a reaction starts only what names it in messageTypes';
  if (!match || takesAnyMessage(listening.trigger)) return { class: 'any', weight: 0, reason: 'takes any message' };
  if (
    match.referral !== undefined &&
    message.referral &&
    (match.referral === true || match.referral.sourceId === message.referral['source_id'])
  ) {
    return { class: 'referral', weight: 0, reason: 'came from an ad or post' };
  }
  const keyword = longest(listening, said);
  if (keyword) return { class: 'text', weight: 1 + keyword.folded.length, reason: `keyword "${keyword.text}"`, isKeyword: true };
  const groups = listening.regex && regexGroups(listening.regex, message.text);
  if (groups) return { class: 'text', weight: 0, reason: `regular expression ${match.regex}`, groups: { match: groups } };
  if (match.messageTypes?.includes(message.type)) return { class: 'messageType', weight: 0, reason: `message type ${message.type}` };
  return `none of ${Object.keys(match)
    .filter((key) => key !== 'keywordMode')
    .join(', ')} fits`;
}

function hitOfEvent({ trigger: { match } }: ListeningTrigger, event: Exclude<MatchableEvent, { type: 'message' }>): Hit | string {
  const context = event.type === 'subscription' && event.change === 'started' ? event.context : undefined;
  if (context !== undefined && match?.contexts?.includes(context))
    return { class: 'context', weight: 0, reason: `came with the context "${context}"` };
  const name = event.type === 'linked' ? 'linked' : event.change === 'started' ? 'conversation_started' : event.change;
  const wanted: readonly string[] = match?.events ?? [];
  return wanted.includes(name) ? { class: 'event', weight: 0, reason: `event ${name}` } : `does not listen to ${name}`;
}

function longest(listening: ListeningTrigger, said: Said): Keyword | undefined {
  if (listening.keywords.length === 0) return undefined;
  const mode = listening.trigger.match?.keywordMode ?? 'firstWord';
  said.searched ??= searchedText(said.text);
  const { searched } = said;
  let found: Keyword | undefined;
  for (const keyword of listening.keywords) {
    if (hasKeyword(searched, keyword, mode) && (!found || keyword.folded.length > found.folded.length)) found = keyword;
  }
  return found;
}

/** Returns the groups as `{ '0': all, '1': …, name: … }`; undefined if the text does not match. */
function regexGroups(regex: RE2JS, text: string): Vars | undefined {
  const matcher = regex.matcher(seenBy(text));
  if (!matcher.find()) return undefined;
  const groups: Record<string, string> = {};
  for (let i = 0; i <= matcher.groupCount(); i += 1) groups[i] = matcher.group(i) ?? '';
  for (const name of Object.keys(regex.namedGroups())) groups[name] = matcher.group(name) ?? '';
  return groups;
}

function beats(a: Candidate, b: Candidate): boolean {
  const byClass = CLASS[a.class] - CLASS[b.class];
  if (byClass !== 0) return byClass > 0;
  const byPriority = (a.listening.trigger.priority ?? 0) - (b.listening.trigger.priority ?? 0);
  if (byPriority !== 0) return byPriority > 0;
  if (a.weight !== b.weight) return a.weight > b.weight;
  return a.flow.code < b.flow.code;
}
