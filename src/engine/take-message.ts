import { type Contact, type FlowEvent, type InboundMessage, type Match, programKey, type Sender, type Vars } from '../contract/index.js';
import type { Program } from '../flow/program.js';
import { readName } from '../text/read-name.js';
import { readAnswer, takeAnswer } from './answer.js';
import { answerStaleTap, takesReactions } from './asking-node.js';
import { hold, warnStale } from './held.js';
import { explainIgnored, isIgnored } from './ignored-message.js';
import { mayAnswerOn } from './may-answer.js';
import { closeOffer } from './offer.js';
import { resume, runOn } from './run-node.js';
import { endRun, interrupt, type NewRun, refusalOf, startRun } from './runs.js';
import type { ChannelFacts, MatchableEvent } from './turn-input.js';
import { ask, foreground, type LiveFrame, type LiveRun, say, topOf, type Work, warn } from './work.js';

type MessageEvent = Extract<FlowEvent, { type: 'message' }>;
type Best = NonNullable<Match['best']>;

/** Shows a message to the triggers and to the run that waits: the busy table of product.md, 5. */
export function takeMessage(work: Work, event: MessageEvent): Match {
  if (isIgnored(event.message)) {
    explainIgnored(work, event.message);
    return { tried: [] };
  }
  const running = foreground(work);
  const match = ask(work, event, running ? 'busy' : 'idle');
  const { best, tried } = match;
  if (!running) {
    if (best) startBy(work, event, best);
    else say(work, 'ignored', tried.length === 0 ? 'no flow is online on this channel' : 'no online flow takes this message');
    return match;
  }
  if (best?.onBusy === 'interrupt' && programBy(work, best) && startBy(work, event, best)) return match;
  if (best?.onBusy === 'background') startBy(work, event, best, false);
  giveTo(work, running, event);
  return match;
}

/** Subscriptions start flows that listen to them; to a running flow they are nothing. */
export function takeSubscription(work: Work, event: Extract<FlowEvent, { type: 'subscription' }>): void {
  const { best } = ask(work, event, foreground(work) ? 'busy' : 'idle');
  if (!best) {
    say(work, 'noted', `the person ${event.change === 'started' ? 'opened the conversation' : event.change}; no flow listens to that`);
    return;
  }
  startBy(work, event, best);
}

/** The version that matched: a replay must not take one that went online since. */
function programBy(work: Work, { flow, version }: Best): Program | undefined {
  return work.input.programs.get(programKey(flow, version)) ?? work.input.programs.online(flow);
}

/** True when the flow has begun; it takes the place of the running one where it is to, and only if it may begin. */
export function startBy(work: Work, event: MatchableEvent, best: Best, tells = true): boolean {
  const program = programBy(work, best);
  if (!program) {
    say(work, 'ignored', `"${best.flow}" matched, but is not loaded`);
    return false;
  }
  const running = foreground(work);
  const channel = event.type === 'message' ? event.message.channel : event.channel;
  const request: NewRun = {
    program,
    place: best.onBusy === 'background' ? 'background' : 'foreground',
    startedBy: `message:${event.id}`,
    channel,
    lane: 'reply',
    vars: { ...givenBy(work, event, work.input.channels.get(channel)), ...best.groups },
    ...lastMessageBy(work, event),
  };
  if (running && best.onBusy === 'interrupt' && !refusalOf(work, request)) interrupt(work, running, best.flow);
  const refused = startRun(work, request);
  if (refused) {
    warn(work, refused.code, refused.reason);
    // A message goes to the running flow then, which has its own words for it.
    if (tells && (!running || event.type !== 'message')) say(work, 'refused', `${program.key}: ${refused.reason}`);
  } else if (tells) say(work, 'started', `${program.key} started: ${best.reason}`);
  return refused === undefined;
}

/** What began the run, as `lastMessage`: words, or what stood behind the link that opened the chat. */
function lastMessageBy(work: Work, event: MatchableEvent): Pick<NewRun, 'lastMessage'> {
  if (event.type === 'message') return { lastMessage: event.message };
  const platform = work.input.channels.get(event.channel)?.platform;
  if (event.type !== 'subscription' || event.context === undefined || platform === undefined) return {};
  const { id, channel, from, context, at: sentAt } = event;
  return { lastMessage: { id, channel, platform, from, type: 'conversation_started', text: '', sentAt, context } };
}

/** What a run knows from the message that started it. */
function givenBy(work: Work, event: MatchableEvent, facts: ChannelFacts | undefined): Vars {
  const from = event.type === 'message' ? event.message.from : event.from;
  const said = event.type === 'message' ? { incomingMessage: event.message.text, incomingMessageType: event.message.type } : {};
  return { ...facts?.variables, ...said, ...customer(from, work.contact), channelId: facts?.id ?? '' };
}

/** Who the person is, as flows know it. */
export function customer(from: Sender, contact: Contact): Vars {
  return { customerPhoneNumber: from.address, customerName: readName(from.name) ?? readName(contact.name) ?? null };
}

/** To what the running flow waits for; what it cannot take now is held. */
function giveTo(work: Work, run: LiveRun, event: MessageEvent): void {
  const frame = topOf(run);
  const wait = frame?.kind === 'flow' ? frame.wait : undefined;
  if (!frame || (frame.kind === 'flow' && !wait)) {
    holdIt(work, event, 'the run is not waiting');
    return;
  }
  if (frame.kind === 'dialog' || wait?.for === 'message') {
    giveToAsker(work, run, event);
    return;
  }
  if (event.message.type === 'reaction') {
    say(work, 'ignored', 'a reaction answers nothing here');
    return;
  }
  const at = placeName(frame);
  const mayAnswer = mayAnswerOn(work, run, event.message.channel) ? run.id : undefined;
  switch (wait?.for) {
    case 'sent':
      holdIt(work, event, `${at} waits to hear whether its message was sent`, mayAnswer);
      return;
    case 'delivered':
    case 'read': {
      holdIt(work, event, `${at} waited for its message to be ${wait.for}; who writes has read`, mayAnswer);
      const receipt: FlowEvent = { id: event.id, at: event.at, type: 'receipt', effectId: wait.effectId, status: 'read' };
      if (mayAnswer !== undefined && resume(work, run, { frame, event: receipt })) work.agenda.unshift(() => runOn(work, run));
      return;
    }
    default:
      holdIt(work, event, `${at} waits for ${wait?.for === 'call' ? 'a call' : wait?.for}`);
  }
}

/** A run that asks takes what answers it; what does not is ignored, with its reason. */
function giveToAsker(work: Work, run: LiveRun, event: MessageEvent): void {
  const { message } = event;
  const why = notForIt(work, run, message);
  if (why !== undefined) {
    say(work, 'ignored', why);
    return;
  }
  const read = readAnswer(run, message);
  if (read === 'stale') {
    warnStale(work, message);
    say(work, 'ignored', 'a tap on an older question answers nothing');
    answerStaleTap(work, run, message);
    return;
  }
  const frame = topOf(run);
  if (frame?.kind === 'dialog') {
    takeAnswer(run, message);
    closeOffer(run);
    say(work, 'answered', `the dialog "${frame.dialog}" was given the message`);
    work.agenda.push(() => runOn(work, run));
    return;
  }
  if (!frame) return;
  takeAnswer(run, read);
  say(work, 'answered', `${placeName(frame)} was waiting for a message`);
  if (resume(work, run, { frame, event })) work.agenda.unshift(() => runOn(work, run));
}

/** Why a message is none that the run asks for; undefined where it may be. */
function notForIt(work: Work, run: LiveRun, { type, channel, platform }: InboundMessage): string | undefined {
  const frame = topOf(run);
  if (!mayAnswerOn(work, run, channel)) return `the run asks on ${run.channel}, and takes no answer on ${channel}`;
  const wait = frame?.kind === 'flow' ? frame.wait : undefined;
  if (frame?.kind === 'flow' && wait?.for === 'message' && wait.platform !== undefined && wait.platform !== platform)
    return `${placeName(frame)} waits for a message on ${wait.platform}`;
  return type === 'reaction' && !takesReactions(work, run) ? 'a reaction answers nothing here' : undefined;
}

function placeName(frame: LiveFrame): string {
  return frame.kind === 'flow' ? `"${frame.nodeId}" of ${frame.flow}@${frame.version}` : `the dialog "${frame.dialog}"`;
}

function holdIt(work: Work, event: MessageEvent, why: string, mayAnswer?: string): void {
  const kept = hold(work, { event, ...(mayAnswer === undefined ? {} : { mayAnswer }) });
  say(work, kept ? 'held' : 'early', why);
}

/** Ends a run at somebody's request. */
export function endOnRequest(work: Work, run: LiveRun, words: string): void {
  warn(work, 'run/ended', words);
  endRun(work, run, 'ended');
}
