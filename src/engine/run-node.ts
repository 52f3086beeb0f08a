import type { Effect, Failure, FlowEvent, Json, NodeOutcome, SendFailure, Wait, WaitBody, Why } from '../contract/index.js';
import type { ProgramNode } from '../flow/program.js';
import { addEffect } from './add-effect.js';
import { beginFlow } from './begin-flow.js';
import { callNode } from './call-node.js';
import { changeContact } from './change-contact.js';
import { endOtherRuns } from './end-runs.js';
import { clearMemory, endWait, failFrame, popFrame } from './frames.js';
import { handOverLater, leaveTalk, takeTalk } from './hand-over.js';
import { takeHeldAnswer } from './held.js';
import { WINDOW_CLOSED } from './judge-send.js';
import { type LiveRun, topOf } from './live-run.js';
import { overBudget } from './over-budget.js';
import { failRun } from './runs.js';
import type { ResumeTask, Task } from './task.js';
import { addToPath, type Visit, visitOf } from './visit.js';
import { newId, type Work, warn } from './work.js';

/** Enters the node on top of a run's stack. Returns what the run does next; undefined when it waits or has ended. */
export function continueRun(work: Work, run: LiveRun): Task | undefined {
  const frame = topOf(run);
  // It has ended meanwhile, or was set aside.
  if (!frame || !work.runs.includes(run) || run.aside !== undefined) return undefined;
  leaveTalk(work, run);
  if (frame.kind === 'dialog') return { kind: 'callDialog', run, frame, event: work.input.event };
  const visit = visitOf(work, run, frame);
  if (!visit || takesTooManySteps(work, visit)) return undefined;
  return visitNode(work, visit);
}

/** Gives an event to a node that waits. Returns what the run does next; undefined when it waits or has ended. */
export function resumeNode(work: Work, { run, frame, event, isStep }: ResumeTask): Task | undefined {
  leaveTalk(work, run);
  const visit = visitOf(work, run, frame);
  if (!visit || (isStep && takesTooManySteps(work, visit))) return undefined;
  return visitNode(work, visit, event);
}

/** Counts a step of the turn. Fails the run and returns true if it was one too many. */
function takesTooManySteps(work: Work, { run, program }: Visit): boolean {
  const { maxSteps } = program.settings;
  work.steps += 1;
  if (work.steps <= maxSteps) return false;
  failRun(work, run, { code: 'flow/too-many-steps', reason: `more than ${maxSteps} steps in one turn` });
  return true;
}

function visitNode(work: Work, visit: Visit, event?: ResumeTask['event']): Task | undefined {
  const outcome = callNode(work, visit, event);
  return outcome && applyOutcome(work, visit, outcome);
}

/** Does what a node asks for: its changes, its effects, and then the way that it goes on. */
function applyOutcome(work: Work, visit: Visit, outcome: NodeOutcome<Json>): Task | undefined {
  const { run, frame } = visit;
  const over = overBudget(work, { run, frame, outcome });
  if (over !== undefined) return fail(work, visit, { code: 'flow/over-budget', reason: over });
  const before = frame.wait;
  // What a node sends while it goes on waiting for a message belongs to the question that is open.
  if (!('wait' in outcome.then && outcome.then.wait.for === 'message')) endWait(run, frame);
  saveChanges(work, visit, outcome);
  let effect: Effect | undefined;
  for (const body of outcome.effects ?? []) effect = addEffect(work, run, body);
  if (outcome.handOver) handOverLater(work, run, outcome.handOver);
  if (outcome.endRuns) endOtherRuns(work, run, outcome.endRuns);
  frame.wait = undefined;
  const then = 'begin' in outcome.then ? beginFlow(work, visit, outcome.then) : outcome.then;
  if (then === 'begun') return { kind: 'continue', run };
  if ('exit' in then) return leave(work, visit, then);
  if ('fail' in then) return fail(work, visit, then.fail);
  if ('wait' in then) return startWait(work, visit, { wait: then.wait, effect, before });
  addToPath(work, visit);
  return popFrame(work, run, then.end.outputs);
}

function saveChanges(work: Work, { frame, node }: Visit, { set, setContact, memory }: NodeOutcome<Json>): void {
  if (set) frame.vars = { ...frame.vars, ...set };
  if (setContact) changeContact(work, setContact);
  if (memory !== undefined) frame.memory = { ...frame.memory, [node.id]: memory };
}

interface NewWait {
  readonly wait: WaitBody;
  /** The last effect of the same outcome: what is waited for. */
  readonly effect: Effect | undefined;
  /** The node's wait until now. It goes on for the same effect if the outcome has none. */
  readonly before: Wait | undefined;
}

/** Lets the run wait at the node, unless what it waits for is here already: a send that was skipped, or a message that was held. */
function startWait(work: Work, visit: Visit, { wait, effect, before }: NewWait): Task | undefined {
  const { run, frame } = visit;
  const first = wait.for === 'message' && wait.takesFirst && run.opening ? run.lastMessage : undefined;
  if (wait.for === 'message') run.opening = undefined;
  const id = newId(work, 'w');
  const until = wait.until === undefined ? {} : { until: wait.until };
  switch (wait.for) {
    case 'sent':
    case 'delivered':
    case 'read': {
      if (effect?.skipped) return { kind: 'resume', run, frame, event: refusedReceipt(work, effect.id, effect.skipped), isStep: true };
      const effectId = effect?.id ?? (before && 'effectId' in before ? before.effectId : undefined);
      if (effectId === undefined)
        return fail(work, visit, { code: 'send/nothing-to-send', reason: 'the node waits for a receipt, but has sent nothing' });
      if (effect) markAwaited(work, effect.id, wait.for);
      frame.wait = { id, ...until, for: wait.for, effectId };
      break;
    }
    case 'call':
      frame.wait = {
        id,
        ...until,
        for: 'call',
        callId: effect?.id ?? (before && 'callId' in before ? before.callId : id),
        ...(wait.hears ? { hears: true as const } : {}),
      };
      break;
    case 'message':
      frame.wait = {
        id,
        ...until,
        for: 'message',
        ...(wait.platform ? { platform: wait.platform } : {}),
        ...(before?.for === 'message' && before.toldStale ? { toldStale: true as const } : {}),
      };
      break;
    case 'operator': {
      const { queue, note } = wait;
      frame.wait = { id, ...until, for: 'operator', ...(queue === undefined ? {} : { queue }), ...(note === undefined ? {} : { note }) };
      takeTalk(work, run);
      break;
    }
    default:
      frame.wait = { id, ...until, for: wait.for };
  }
  addToPath(work, visit);
  if (first) {
    const { id, at } = work.input.event;
    return { kind: 'resume', run, frame, event: { id, at, type: 'message', message: first }, isStep: true };
  }
  const answer = wait.for === 'message' ? takeHeldAnswer(work, run) : undefined;
  return answer && { kind: 'resume', run, frame, event: answer };
}

/** Returns the receipt by which a node hears that its send was skipped: the same as if the provider had refused it. */
function refusedReceipt(work: Work, effectId: string, { code, reason: message }: NonNullable<Effect['skipped']>): FlowEvent {
  const error: SendFailure = { kind: code === WINDOW_CLOSED.code ? 'window-closed' : 'rejected', code, message };
  return { id: `${effectId}:failed`, at: work.input.event.at, type: 'receipt', effectId, status: 'failed', error };
}

function markAwaited(work: Work, effectId: string, awaited: 'sent' | 'delivered' | 'read'): void {
  const index = work.effects.findIndex((one) => one.id === effectId);
  const effect = work.effects[index];
  if (effect) work.effects[index] = { ...effect, awaited };
}

/** Leaves the node by a port, to the next node or, if the port has no edge, out of the flow. */
export function leave(work: Work, visit: Visit, { exit, why }: { readonly exit: string; readonly why?: Why }): Task | undefined {
  const { run, frame, node } = visit;
  if (exit === 'failed') run.failure = failureOf(node, why);
  endWait(run, frame);
  addToPath(work, visit, exit);
  clearMemory(frame, node);
  const to = node.edges.get(exit);
  if (to === undefined) return popFrame(work, run, {});
  frame.nodeId = to;
  return { kind: 'continue', run };
}

/** Returns the variable `failure` as it is after a node was left by `failed`. */
function failureOf({ id }: ProgramNode, { code, reason, status }: Why = UNKNOWN): Failure {
  return { node: id, code, reason, ...(status === undefined ? {} : { status }) };
}

const UNKNOWN: Why = { code: 'node/failed', reason: 'the node could not do its part' };

/** Leaves a node that failed by its port `failed`; if that has no edge, the flow fails. */
function fail(work: Work, visit: Visit, why: Why): Task | undefined {
  warn(work, { code: why.code, detail: why.reason, node: visit.node.id });
  if (visit.node.edges.has('failed')) return leave(work, visit, { exit: 'failed', why });
  addToPath(work, visit);
  return failFrame(work, visit.run, why);
}
