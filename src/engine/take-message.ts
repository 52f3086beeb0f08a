import type { Match } from '../contract/host/index.js';
import {
  type Contact,
  type EventOf,
  type FlowEvent,
  type GivenVars,
  type InboundMessage,
  programKey,
  type Sender,
  type Vars,
} from '../contract/index.js';
import type { Program } from '../flow/program.js';
import { readName } from '../text/read-name.js';
import { choosesOffered, readAnswer, takeAnswer } from './answer.js';
import { answerStaleTap, takesReactions } from './asking-node.js';
import { noteMessage, noteSender, noteSubscription } from './contact-changes.js';
import { currentHandOver, tellOperator } from './hand-over.js';
import { hold, warnStale } from './held.js';
import { explainIgnored, isIgnored } from './ignored-message.js';
import { bringsToken, ignoreBadLink } from './links.js';
import { type LiveFrame, type LiveRun, topOf } from './live-run.js';
import { mayAnswerOn } from './may-answer.js';
import { closeOffer } from './offer.js';
import { answerStop, optOutWord, takeStart, takeStop } from './opt-out.js';
import { interrupt, type NewRun, refusalOf, startRun } from './runs.js';
import type { Task } from './task.js';
import type { MatchableEvent } from './turn-input.js';
import { turnedPage, turnPage } from './turn-page.js';
import { conclude, findTrigger, foreground, isBusy, type Work, warn } from './work.js';

type Best = NonNullable<Match['best']>;

/** Takes what a person wrote: notes what it says of the sender, then shows it to the triggers and to the run in the foreground. */
export function takeMessage(work: Work, event: EventOf<'message'>): Task | undefined {
  const { message } = event;
  // What is said in a group opens no window and gives no address.
  if (message.group === undefined) {
    noteMessage(work, message, event.at);
    if (work.channels[message.channel]?.subscribed === false) noteSubscription(work, message.channel, true);
  }
  const running = foreground(work);
  if (running) running.alone = undefined;
  // A valid link has become an event of its own, at the contact that it belongs to.
  if (bringsToken(event)) return ignoreBadLink(work);
  if (isIgnored(message)) return explainIgnored(work, message);
  const word = optOutWord(work, message, running);
  if (word === 'stop') {
    if (takeStop(work, event) && !startByStop(work, event)) answerStop(work, message);
    return undefined;
  }
  if (word === 'start') takeStart(work, event);
  // Nothing that the person says to an operator answers or starts a flow.
  const handOver = currentHandOver(work);
  if (handOver) {
    tellOperator(work, handOver, message);
    conclude(work, 'operator', HEARD);
    return undefined;
  }
  if (!running) {
    startByMessage(work, event);
    return undefined;
  }
  const { best } = findTrigger(work, event, isOffered(running, message) ? 'offered' : 'busy');
  if (best?.onBusy === 'interrupt' && programBy(work, best) && startBy(work, event, { best })) return undefined;
  const hasStarted = best?.onBusy === 'background' && startBy(work, event, { best, isBeside: true });
  const task = giveTo(work, running, event);
  if (hasStarted) work.held = work.held.map((one) => (one.eventId === event.id ? { ...one, hasStarted } : one));
  return task;
}

const HEARD = 'an operator has the talk, who gets the message';
/** Returns whether the open offer of the run has what the message says: an answer, or more choices. */
function isOffered(run: LiveRun, message: InboundMessage): boolean {
  return choosesOffered(run, message) || turnedPage(run, message) !== undefined;
}

/** Takes the news that a person opened the conversation, subscribed or unsubscribed. It may start a flow, and answers no running one. */
export function takeSubscription(work: Work, event: EventOf<'subscription'>): undefined {
  noteSender(work, event.channel, event.from);
  noteSubscription(work, event.channel, event.subscribed);
  if (bringsToken(event)) return ignoreBadLink(work);
  const best = currentHandOver(work) ? undefined : findTrigger(work, event, isBusy(work) ? 'busy' : 'idle').best;
  if (best) startBy(work, event, { best });
  else
    conclude(work, 'noted', `the person ${event.change === 'started' ? 'opened the conversation' : event.change}; no flow listens to that`);
}

/** Starts the flow that takes a message while the foreground is free. Returns false if no online flow takes it. */
export function startByMessage(work: Work, event: EventOf<'message'>): boolean {
  const { best, tried } = findTrigger(work, event, 'idle');
  if (best) startBy(work, event, { best });
  else conclude(work, 'ignored', tried.length === 0 ? 'no flow is online on this channel' : 'no online flow takes this message');
  return best !== undefined;
}

/**
 * Starts the flow that has a STOP word as a keyword: it answers the word in the place of the channel. Returns false if there is none, or if a
 * run on the other platform is in its way.
 */
function startByStop(work: Work, event: EventOf<'message'>): boolean {
  if (isBusy(work)) return false;
  const { best } = findTrigger(work, event, 'stop');
  return best !== undefined && startBy(work, event, { best, isBeside: true });
}

/** Returns the version that the trigger belongs to; a replay must not take one that went online later. */
function programBy(work: Work, { flow, version }: Best): Program | undefined {
  return work.input.programs.get(programKey(flow, version)) ?? work.input.programs.online(flow);
}

interface Found {
  readonly best: Best;
  /** The flow runs beside the one that gets the message, which decides what the turn came to. */
  readonly isBeside?: true;
}

/** Starts the flow whose trigger takes the event, in place of the running one if the trigger says so. Returns whether it was started. */
export function startBy(work: Work, event: MatchableEvent, { best, isBeside }: Found): boolean {
  const program = programBy(work, best);
  if (!program) {
    conclude(work, 'ignored', `"${best.flow}" matched, but is not loaded`);
    return false;
  }
  const running = foreground(work);
  const request = newRun(work, event, { best, program });
  if (running && best.onBusy === 'interrupt' && !refusalOf(work, request)) interrupt(work, running, best.flow);
  const refused = startRun(work, request);
  if (refused) {
    warn(work, { code: refused.code, detail: refused.reason });
    // A message goes to the running flow then, and what that does with it counts.
    if (!isBeside && (!running || event.type !== 'message')) conclude(work, 'refused', `${program.key}: ${refused.reason}`);
  } else if (!isBeside) conclude(work, 'started', `${program.key} started: ${best.reason}`);
  return refused === undefined;
}

function newRun(work: Work, event: MatchableEvent, { best, program }: { readonly best: Best; readonly program: Program }): NewRun {
  return {
    program,
    place: best.onBusy === 'background' ? 'background' : 'foreground',
    startedBy: `message:${event.id}`,
    channel: event.type === 'message' ? event.message.channel : event.channel,
    lane: 'reply',
    vars: { ...givenBy(work, event), ...best.groups },
    ...lastMessageBy(work, event),
  };
}

/** Returns the event as the run's `lastMessage`: a message, or what stood behind the link that opened the chat. */
function lastMessageBy(work: Work, event: MatchableEvent): Pick<NewRun, 'lastMessage' | 'opening'> {
  if (event.type === 'message') return { lastMessage: event.message, opening: true };
  const platform = work.input.channels.get(event.channel)?.platform;
  if (event.type !== 'subscription' || event.context === undefined || platform === undefined) return {};
  const { id, channel, from, context, at: sentAt } = event;
  return { lastMessage: { id, channel, platform, from, type: 'conversation_started', text: '', sentAt, context } };
}

/** Returns the variables that a run gets from the event that started it. */
function givenBy(work: Work, event: MatchableEvent): Vars {
  const { channel, from } = event.type === 'message' ? event.message : event;
  const facts = work.input.channels.get(channel);
  const words: GivenVars = event.type === 'message' ? { incomingMessage: event.message.text, incomingMessageType: event.message.type } : {};
  return { ...facts?.variables, ...words, ...customer(from, work.contact), channelId: facts?.id ?? '' };
}

/** Returns the variables that tell flows who the person is. */
export function customer(from: Sender, contact: Contact): GivenVars {
  return { customerPhoneNumber: from.address, customerName: readName(from.name) ?? readName(contact.name) ?? null };
}

/** Gives a message to the run in the foreground. If the run cannot take it now, the message is held for later. */
function giveTo(work: Work, run: LiveRun, event: EventOf<'message'>): Task | undefined {
  const frame = topOf(run);
  const wait = frame?.kind === 'flow' ? frame.wait : undefined;
  if (!frame || (frame.kind === 'flow' && !wait)) return holdMessage(work, event, { why: 'the run is not waiting' });
  if (frame.kind === 'dialog' || wait?.for === 'message') return giveToAsker(work, run, event);
  if (event.message.type === 'reaction') {
    conclude(work, 'ignored', 'a reaction cannot answer here');
    return undefined;
  }
  const at = nameOf(frame);
  const mayAnswer = mayAnswerOn(work, run, event.message.channel) ? run.id : undefined;
  switch (wait?.for) {
    case 'sent':
      return holdMessage(work, event, { why: `${at} waits to hear whether its message was sent`, mayAnswer });
    case 'delivered':
    case 'read': {
      // A person who writes has read what was sent before.
      holdMessage(work, event, { why: `${at} waited for its message to be ${wait.for}; a person who writes has read it`, mayAnswer });
      const receipt: FlowEvent = { id: event.id, at: event.at, type: 'receipt', effectId: wait.effectId, status: 'read' };
      return mayAnswer === undefined ? undefined : { kind: 'resume', run, frame, event: receipt };
    }
    case 'call':
      return holdMessage(work, event, { why: `${at} waits for a call`, mayAnswer: wait.hears && mayAnswer });
    default:
      return holdMessage(work, event, { why: `${at} waits for ${wait?.for}` });
  }
}

/** Gives a message to a run that waits for one. A message that does not answer it is ignored, with the reason. */
function giveToAsker(work: Work, run: LiveRun, event: EventOf<'message'>): Task | undefined {
  const { message } = event;
  const why = whyNotFor(work, run, message);
  if (why !== undefined) {
    conclude(work, 'ignored', why);
    return undefined;
  }
  const page = turnedPage(run, message);
  if (page) {
    turnPage(work, run, { page, message });
    return undefined;
  }
  const answer = readAnswer(run, message);
  if (answer === 'stale') {
    warnStale(work, message);
    conclude(work, 'ignored', 'a tap on an older question is no answer');
    answerStaleTap(work, run, message);
    return undefined;
  }
  const frame = topOf(run);
  if (frame?.kind === 'dialog') {
    takeAnswer(run, message);
    closeOffer(run);
    conclude(work, 'answered', `the dialog "${frame.dialog}" was given the message`);
    work.tasks.push({ kind: 'continue', run });
    return undefined;
  }
  if (!frame) return undefined;
  takeAnswer(run, answer);
  conclude(work, 'answered', `${nameOf(frame)} was waiting for a message`);
  return { kind: 'resume', run, frame, event };
}

/** Returns why a message cannot answer the run; undefined if it may. */
function whyNotFor(work: Work, run: LiveRun, { type, channel, platform }: InboundMessage): string | undefined {
  const frame = topOf(run);
  if (!mayAnswerOn(work, run, channel)) return `the run takes no answer on ${channel}, it asks on ${run.channel}`;
  const wait = frame?.kind === 'flow' ? frame.wait : undefined;
  if (frame?.kind === 'flow' && wait?.for === 'message' && wait.platform !== undefined && wait.platform !== platform)
    return `${nameOf(frame)} waits for a message on ${wait.platform}`;
  return type === 'reaction' && !takesReactions(work, run) ? 'a reaction cannot answer here' : undefined;
}

function nameOf(frame: LiveFrame): string {
  return frame.kind === 'flow' ? `"${frame.nodeId}" of ${frame.flow}@${frame.version}` : `the dialog "${frame.dialog}"`;
}

/** `mayAnswer`: the run that may take the message at its next wait for one. */
interface Holding {
  readonly why: string;
  readonly mayAnswer?: string | undefined;
}

function holdMessage(work: Work, event: EventOf<'message'>, { why, mayAnswer }: Holding): undefined {
  const isHeld = hold(work, { event, ...(mayAnswer === undefined ? {} : { mayAnswer }) });
  conclude(work, isHeld ? 'held' : 'early', why);
}
