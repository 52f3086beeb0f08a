import { BUDGET, type FlowEvent, type IsoTime, millisOf, type StartEvent } from '../contract/index.js';
import { jsonSize } from '../contract/json-size.js';
import { takeCommand } from './commands.js';
import { noteMessage, noteSender, noteSubscription } from './contact-changes.js';
import { endlessLoop } from './endless-loop.js';
import { dropInput } from './guest.js';
import { bringsToken, sayBadLink } from './links.js';
import { takeOver } from './merge.js';
import { missingNodeType, throwIfNodeTypeMissing } from './missing-node-type.js';
import { endWhatStoodStill, loseNumber } from './number-moved.js';
import { endWait, resume, runOn } from './run-node.js';
import { failRun, interrupt, type NewRun, refusalOf, startRun } from './runs.js';
import { keepForLater } from './set-aside.js';
import { takeLink } from './take-link.js';
import { customer, takeMessage, takeSubscription } from './take-message.js';
import type { TurnInput, TurnProgress } from './turn-input.js';
import { findWait } from './waits.js';
import { beginWork, drive, foreground, say, type Work, warn } from './work.js';

/** A turn: what one event makes of a session. Pure and synchronous; the same input gives the same turn, today and when it is replayed. */
export function advance(input: TurnInput): TurnProgress {
  const work = beginWork(input);
  const { event } = input;
  // A good one has led to the contact that it is of, as an event of its own.
  const isBadLink = bringsToken(event) !== undefined;
  if (isBadLink) warn(work, 'link/bad', 'a link was opened that is none of ours, has run out, or was used before');
  switch (event.type) {
    case 'message':
      // What is said in a group opens no window and gives no address.
      if (event.message.group === undefined) noteMessage(work, event.message, event.at);
      if (event.message.group === undefined && work.channels[event.message.channel]?.subscribed === false)
        noteSubscription(work, event.message.channel, true);
      for (const run of work.runs) if (run.place === 'foreground') delete run.alone;
      if (isBadLink) sayBadLink(work);
      else takeMessage(work, event);
      break;
    case 'subscription':
      noteSender(work, event.channel, event.from);
      noteSubscription(work, event.channel, event.subscribed);
      if (isBadLink) sayBadLink(work);
      else takeSubscription(work, event);
      break;
    case 'start':
      noteSender(work, event.channel, event.from);
      for (const { code, detail } of event.warnings ?? []) warn(work, code, detail);
      takeStart(work, event);
      break;
    case 'timeout':
      takeTimeout(work, event);
      break;
    case 'receipt':
      wakeUp(
        work,
        event,
        (wait) => 'effectId' in wait && wait.effectId === event.effectId,
        `the message ${event.effectId} is ${event.status}`,
      );
      break;
    case 'callResult':
      wakeUp(work, event, (wait) => 'callId' in wait && wait.callId === event.callId, `the call ${event.callId} came back`);
      break;
    case 'command':
      takeCommand(work, event);
      break;
    case 'linked':
      takeLink(work, event);
      break;
    case 'merge':
      takeOver(work, event);
      say(work, 'noted', `the contact ${event.loser} is the same person`);
      break;
    case 'merged':
      work.mergedInto = event.winner;
      if (event.isDone) leaveNothing(work);
      say(work, 'noted', `this contact is the same person as ${event.winner}`);
      break;
    case 'identities':
      noteSender(work, event.channel, event.from);
      say(work, 'noted', 'the person has other addresses now');
      break;
    case 'numberMoved':
      loseNumber(work, event);
      break;
    case 'operator':
      wakeUp(work, event, (wait) => wait.for === 'operator', 'an operator has answered');
      break;
  }
  return drive(work);
}

/** What a run waits for has happened. */
function wakeUp(work: Work, event: FlowEvent, fits: Parameters<typeof findWait>[1], what: string): void {
  const found = findWait(work, fits);
  if (!found) {
    if (keepForLater(work, event, fits)) say(work, 'held', `${what}; the run that waits for it is aside`);
    else say(work, 'stale', `${what}; no run waits for that`);
    return;
  }
  const { run, frame } = found;
  if (event.type !== 'timeout' && frame.wait && missingNodeType(work, frame) !== undefined) {
    // Nobody brings it again: it is kept for when the run can go on.
    frame.wait = { ...frame.wait, came: event };
    say(work, 'held', `${what}; the flow that waits for it cannot run here`);
    return;
  }
  say(work, 'resumed', `"${frame.nodeId}" of ${frame.flow}@${frame.version}: ${what}`);
  if (event.type === 'receipt' && event.error) warn(work, event.error.code, event.error.message, frame.nodeId);
  const endless = endlessLoop(run, event);
  if (endless) failRun(work, run, endless);
  else if (resume(work, run, { frame, event })) work.agenda.unshift(() => runOn(work, run));
}

/** All of it is at the contact that this one was merged into. */
function leaveNothing(work: Work): void {
  work.runs = [];
  work.held = [];
  work.links = [];
  work.channels = {};
  work.contact = { ...work.contact, identities: [] };
}

function takeTimeout(work: Work, event: Extract<FlowEvent, { type: 'timeout' }>): void {
  if (work.numberMoved?.id === event.waitId) {
    endWhatStoodStill(work);
    return;
  }
  const found = findWait(work, (wait) => wait.id === event.waitId);
  // A called flow that took too long is dropped, with whatever it had called.
  if (found && found.depth + 1 < found.run.stack.length) {
    for (const dropped of found.run.stack.splice(found.depth + 1)) endWait(found.run, dropped);
    dropInput(found.frame);
  }
  const came = found?.frame.wait?.came;
  if (found && came) throwIfNodeTypeMissing(work, found.frame);
  if (came) wakeUp(work, came, (wait) => wait.id === event.waitId, 'what it waited for came while it could not run');
  else wakeUp(work, event, (wait) => wait.id === event.waitId, 'the time is up');
}

/** The busy table of product.md, 5, for starts. */
function takeStart(work: Work, event: StartEvent & { readonly at: IsoTime }): void {
  const program = work.input.programs.get(`${event.flow}@${event.version}`);
  if (!program) {
    say(work, 'refused', `${event.flow}@${event.version} is not loaded`);
    return;
  }
  if (event.discardAt !== undefined && event.discardAt <= event.at) {
    say(work, 'discarded', `it was to begin before ${event.discardAt}`);
    return;
  }
  const running = foreground(work);
  if (running && event.onBusy === 'ignore') {
    say(work, 'refused', 'the contact is in another flow');
    return;
  }
  const place = event.onBusy === 'background' ? 'background' : running && event.onBusy === 'queue' ? 'queued' : 'foreground';
  if (place === 'queued' && jsonSize(event.data) > BUDGET.queuedData) {
    say(work, 'refused', `the data of a queued start may have ${BUDGET.queuedData} characters`);
    return;
  }
  const { uuid, outId, claimedAt, discardAt } = event;
  const facts = work.input.channels.get(event.channel);
  const request: NewRun = {
    program,
    place,
    id: event.run,
    startedBy: event.by,
    channel: event.channel,
    lane: event.lane,
    vars: {
      ...facts?.variables,
      ...customer(event.from, work.contact),
      channelId: event.channel,
      ...(uuid === undefined ? {} : { uuid }),
      ...(outId === undefined ? {} : { outId }),
      ...(claimedAt === undefined ? {} : { claimTimeMillis: millisOf(claimedAt) }),
      ...event.data,
    },
    ...(discardAt === undefined ? {} : { discardAt }),
  };
  // What cannot begin interrupts nothing.
  if (running && place === 'foreground' && !refusalOf(work, request)) interrupt(work, running, event.flow);
  const refused = startRun(work, request);
  if (refused) say(work, 'refused', refused.reason);
  else
    say(
      work,
      place === 'queued' ? 'queued' : 'started',
      place === 'queued' ? `${program.key} waits for the running flow to end` : `${program.key} started by ${event.by}`,
    );
}
