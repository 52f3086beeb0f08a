import {
  type FlowFrame,
  type HandOver,
  type InboundMessage,
  type Json,
  millisOf,
  OPERATORS,
  plusMillis,
  type Run,
  type SessionState,
} from '../contract/index.js';
import { jsonSize } from '../contract/json/json-size.js';
import { type LiveRun, topOf } from './live-run.js';
import { isRecordFull } from './record-budget.js';
import { recordEffect } from './record-effect.js';
import { setAside } from './set-aside.js';
import { findWait } from './waits.js';
import { edit, isLeftToOperator, newId, type Work, warn } from './work.js';

/** How many hand-overs may wait for their flows to end. */
const MAX_LATER = 10;
/** Waiting effects from which on the operator's system is not told any more, so that it never takes the room of the person's own messages. */
const MAX_WAITING = 100;
/** How long one request to the operator's system may take, in milliseconds. */
const DEADLINE = 10_000;

/** Returns the hand-over by which an operator has the talk now: of the run in the foreground, or of a flow that has ended. */
export function currentHandOver(work: Work): HandOver | undefined {
  const run = work.runs.find(({ place }) => place === 'foreground');
  if (!run) return isLeftToOperator(work) ? work.handOver : undefined;
  const frame = handingOver(run);
  if (!frame) return undefined;
  const { id, queue = '', note = '' } = frame.wait;
  if (work.handOver?.id === id) return work.handOver;
  const { flow, version, nodeId: node } = frame;
  return { id, queue, note, since: work.input.event.at, channel: run.channel, run: run.id, flow, version, node, isAwaited: true };
}

type HandingOver = FlowFrame & { readonly wait: Extract<FlowFrame['wait'], { readonly for: 'operator' }> };

/** Returns the frame of a run that waits until the talk is given back. */
export function handingOver(run: Run): HandingOver | undefined {
  const frame = topOf(run);
  return frame?.kind === 'flow' && frame.wait?.for === 'operator' ? (frame as HandingOver) : undefined;
}

/**
 * Gives the talk to a run that hands over. A run in the background comes to the foreground for it, and the run there is set aside until the
 * talk is given back. If an operator has the talk already, it waits until the foreground is free.
 */
export function takeTalk(work: Work, run: LiveRun): void {
  if (run.place !== 'background' || currentHandOver(work)) return;
  const running = work.runs.find(({ place }) => place === 'foreground');
  if (running) setAside(work, running);
  run.place = 'foreground';
  run.isBeside = true;
}

/** Returns a run to the background that was in the foreground for its hand-over. */
export function leaveTalk(work: Work, run: LiveRun): void {
  if (!run.isBeside) return;
  run.isBeside = undefined;
  run.place = 'background';
  work.tasks.push({ kind: 'startNext' });
}

/** Notes that an operator gets the talk when the run has ended. A second hand-over of the run to the same queue replaces the first. */
export function handOverLater(work: Work, run: LiveRun, { queue, note }: { readonly queue: string; readonly note: string }): void {
  const frame = topOf(run);
  if (frame?.kind !== 'flow') return;
  const others = work.laterHandOvers.filter((one) => one.run !== run.id || one.queue !== queue);
  if (others.length >= MAX_LATER) {
    warn(work, { code: 'flow/over-budget', detail: `more than ${MAX_LATER} hand-overs wait for their flows to end`, node: frame.nodeId });
    return;
  }
  const { flow, version, nodeId: node } = frame;
  const since = work.input.event.at;
  work.laterHandOvers = [...others, { id: newId(work, 'h'), queue, note, since, channel: run.channel, run: run.id, flow, version, node }];
}

/** Gives the talk to the operator who is next, while nothing is in the foreground. Returns false if there is none. */
export function startNextHandOver(work: Work): boolean {
  const waiting = work.runs.find((run) => run.place === 'background' && handingOver(run));
  if (waiting) {
    takeTalk(work, edit(work, waiting));
    return true;
  }
  const next = work.laterHandOvers.find(({ run }) => work.runs.every(({ id }) => id !== run));
  if (!next) return false;
  work.laterHandOvers = work.laterHandOvers.filter((one) => one !== next);
  work.handOver = { ...next, since: work.input.event.at };
  return true;
}

/** Notes that an operator has written. The time of the hand-over counts anew. */
export function noteAnswered(work: Work, { id, since }: HandOver): void {
  const frame = findWait(work, (wait) => wait.id === id)?.frame;
  if (frame?.wait?.for !== 'operator') return;
  const { until, answeredAt = since } = frame.wait;
  const { at } = work.input.event;
  const length = until === undefined ? undefined : millisOf(until) - millisOf(answeredAt);
  frame.wait = { ...frame.wait, answeredAt: at, ...(length === undefined ? {} : { until: plusMillis(at, length) }) };
}

/** Takes what the person writes to the operator. */
export function tellOperator(work: Work, handOver: HandOver, message: InboundMessage): void {
  work.handOver = { ...handOver, channel: message.channel };
  notify(work, { type: 'message', handOver: work.handOver, message });
}

/**
 * Compares who has the talk after the turn with who had it before: the operator's system hears who has got it and who no longer has it,
 * whatever has ended the hand-over. Messages that were held go to the operator as well.
 */
export function settleHandOver(work: Work): void {
  // A contact that was merged into another one takes no part any more.
  if (work.mergedInto !== undefined) return;
  const before = work.input.session.handOver;
  const now = currentHandOver(work);
  work.handOver = now;
  if (before?.id === now?.id) return;
  if (before) noteEnd(work, before);
  if (!now) return;
  notify(work, { type: 'handed-over', handOver: now });
  for (const { message } of work.held) notify(work, { type: 'message', handOver: now, message });
  work.held = [];
}

function noteEnd(work: Work, before: HandOver): void {
  const how = howItEnded(work, before);
  work.lastHandOver = { endedAt: work.input.event.at, how };
  notify(work, { type: how === 'expired' ? 'expired' : 'given-back', handOver: before });
}

function howItEnded({ input }: Work, { id }: HandOver): NonNullable<SessionState['lastHandOver']>['how'] {
  const { event, session } = input;
  if (event.type === 'operator') return 'given-back';
  if (event.type !== 'timeout' || event.waitId !== id) return 'ended';
  // It was given back while the flow could not run here, and the flow has gone on with that now.
  const hasCome = session.runs.some((run) => handingOver(run)?.wait.came);
  return hasCome ? 'given-back' : 'expired';
}

interface Notice {
  readonly type: 'handed-over' | 'message' | 'given-back' | 'expired';
  readonly handOver: HandOver;
  readonly message?: InboundMessage;
}

/** Tells the operator's system what happens. It is an effect whether or not there is such a system: only the outbox knows its address. */
function notify(work: Work, { type, handOver, message }: Notice): void {
  const { queue, note, channel, run, flow, version, node } = handOver;
  const { session, event } = work.input;
  const about = { type, at: event.at, session: session.id, contact: work.contact.id, queue, note };
  const input: Json = { ...about, ...(message ? { message: shownMessage(message) } : {}) };
  const body = { kind: 'call', service: OPERATORS, input, deadline: DEADLINE, notice: { channel } } as const;
  const isFull = work.effects.length + work.input.waitingEffects >= MAX_WAITING || isRecordFull(work, jsonSize(input), 0);
  if (isFull) warn(work, { code: 'operator/not-told', detail: TOO_MANY, node });
  recordEffect(work, { body, run, flow, version, node, ...(isFull ? { skipped: { code: 'operator/not-told', reason: TOO_MANY } } : {}) });
}

const TOO_MANY = "the operator's system is not told: too much is waiting to be sent";

/** Returns a message as flows see it, without the provider's own JSON. */
function shownMessage({ from: _, raw: __, sentAt: at, ...message }: InboundMessage): Json {
  return { ...message, at } as unknown as Json;
}
