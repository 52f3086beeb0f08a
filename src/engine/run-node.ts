import type { Effect, Failure, FlowCode, FlowEvent, Json, NodeOutcome, SendFailure, Vars, Why } from '../contract/index.js';
import type { Program, ProgramNode } from '../flow/program.js';
import { addEffect } from './add-effect.js';
import { begin } from './begin-flow.js';
import { pauseFor } from './guest.js';
import { dealWithHeld } from './held.js';
import { WINDOW_CLOSED } from './judge-send.js';
import { throwIfNodeTypeMissing } from './missing-node-type.js';
import { closeOffer } from './offer.js';
import { overBudget } from './over-budget.js';
import { endRun, failRun } from './runs.js';
import { Scope } from './scope.js';
import { type LiveFlowFrame, type LiveFrame, type LiveRun, newId, type Pause, programOf, topOf, type Work, warn } from './work.js';

/** A node as a run stands on it. */
export interface Place {
  readonly frame: LiveFlowFrame;
  readonly program: Program;
  readonly node: ProgramNode;
}

/** Goes on from node to node, until the run waits, ends, or a guest dialog has to answer. */
export function runOn(work: Work, run: LiveRun): Pause | undefined {
  for (;;) {
    const frame = topOf(run);
    if (!frame || !work.runs.includes(run)) return undefined;
    if (frame.kind === 'dialog') return pauseFor(work, run, frame);
    const place = placeOf(work, run, frame);
    if (!place) return undefined;
    if (takesTooManySteps(work, run, place) || !visit(work, run, place)) return undefined;
  }
}

/** Counts a step of the turn; true when it was one too many, and the run has failed. */
function takesTooManySteps(work: Work, run: LiveRun, { program }: Place): boolean {
  const { maxSteps } = program.settings;
  work.steps += 1;
  if (work.steps <= maxSteps) return false;
  failRun(work, run, { code: 'flow/too-many-steps', reason: `more than ${maxSteps} steps in one turn` });
  return true;
}

/** Gives an event to the node that a frame stands on; true when the run then goes on. */
export function resume(work: Work, run: LiveRun, at: { readonly frame: LiveFlowFrame; readonly event: FlowEvent }): boolean {
  const place = placeOf(work, run, at.frame);
  return place !== undefined && visit(work, run, place, at.event);
}

/** Leaves the node by a port; true when the run goes on from there. */
export function leaveBy(work: Work, run: LiveRun, port: string): boolean {
  const frame = topOf(run);
  const place = frame?.kind === 'flow' ? placeOf(work, run, frame) : undefined;
  return place !== undefined && leave(work, run, place, port);
}

/** The node that a frame stands on; a run whose node is gone has failed. Throws as `throwIfNodeTypeMissing`. */
export function placeOf(work: Work, run: LiveRun, frame: LiveFlowFrame): Place | undefined {
  const program = programOf(work, frame);
  const node = program?.nodes.get(frame.nodeId);
  if (program && node) return { frame, program, node };
  throwIfNodeTypeMissing(work, frame);
  failRun(work, run, { code: 'flow/gone', reason: `${frame.flow}@${frame.version} has no node "${frame.nodeId}" that can be run` });
  return undefined;
}

function visit(work: Work, run: LiveRun, place: Place, event?: FlowEvent): boolean {
  const { node } = place;
  let outcome: NodeOutcome;
  try {
    const scope = new Scope(work, run, place);
    outcome = event && node.type.resume ? node.type.resume(scope, event) : event ? { then: { exit: 'next' } } : node.type.enter(scope);
    if (typeof outcome?.then !== 'object') throw new TypeError(`the node type "${node.type.type}" gave no outcome`);
  } catch (error) {
    work.error = error;
    work.bug = `bug-${work.input.session.id}-${work.input.session.turn}`;
    failRun(work, run, { code: 'flow/bug', reason: `the node "${node.id}" threw; the log has it as ${work.bug}`, whole: true });
    return false;
  }
  return apply(work, run, place, outcome);
}

/** True when the run goes on at once. */
function apply(work: Work, run: LiveRun, place: Place, outcome: NodeOutcome): boolean {
  const { frame, node } = place;
  const over = overBudget(work, { run, frame, outcome });
  if (over !== undefined) return fail(work, run, place, { code: 'flow/over-budget', reason: over });
  const kept = frame.wait;
  const { then } = outcome;
  // What a node says while it goes on waiting belongs to the question that is open.
  if (!('wait' in then && then.wait.for === 'message')) endWait(run, frame);
  if (outcome.set) frame.vars = { ...frame.vars, ...outcome.set };
  if (outcome.setContact)
    work.contact = { ...work.contact, ...outcome.setContact, fields: { ...work.contact.fields, ...outcome.setContact.fields } };
  if (outcome.memory !== undefined) frame.memory = { ...frame.memory, [node.id]: outcome.memory };
  let effect: Effect | undefined;
  for (const body of outcome.effects ?? []) effect = addEffect(work, run, body);
  delete frame.wait;
  if ('exit' in then) return leave(work, run, place, then.exit, then.why);
  if ('fail' in then) return fail(work, run, place, then.fail);
  if ('end' in then) return endFrame(work, run, place, then.end.outputs);
  if ('begin' in then) return begin(work, run, place, then);
  const id = newId(work, 'w');
  const until = then.wait.until === undefined ? {} : { until: then.wait.until };
  const heardOf = effect?.id ?? (kept && 'effectId' in kept ? kept.effectId : undefined);
  switch (then.wait.for) {
    case 'sent':
    case 'delivered':
    case 'read': {
      if (effect?.skipped) return hearOfSkipped(work, run, place, effect);
      if (heardOf === undefined)
        return fail(work, run, place, { code: 'send/nothing-to-send', reason: 'nothing was sent that could be heard of' });
      stopAt(work, run, place);
      if (effect) markAwaited(work, effect.id, then.wait.for);
      frame.wait = { id, ...until, for: then.wait.for, effectId: heardOf };
      return false;
    }
    case 'call':
      stopAt(work, run, place);
      frame.wait = { id, ...until, for: 'call', callId: effect?.id ?? (kept && 'callId' in kept ? kept.callId : id) };
      return false;
    case 'message':
      stopAt(work, run, place);
      frame.wait = {
        id,
        ...until,
        for: 'message',
        ...(then.wait.platform ? { platform: then.wait.platform } : {}),
        ...(kept?.for === 'message' && kept.toldStale ? { toldStale: true as const } : {}),
      };
      return dealWithHeld(work, run, (held) => resume(work, run, { frame, event: held }));
    default:
      stopAt(work, run, place);
      frame.wait = { id, ...until, for: then.wait.for };
      return false;
  }
}

/** What was skipped has failed at once: its node hears of it as it would of a refusal by the provider. */
function hearOfSkipped(work: Work, run: LiveRun, place: Place, { id, skipped }: Effect): boolean {
  if (!skipped || takesTooManySteps(work, run, place)) return false;
  const { code, reason: message } = skipped;
  const kind = code === WINDOW_CLOSED.code ? 'window-closed' : 'rejected';
  const error: SendFailure = { kind, code, message };
  return visit(work, run, place, { id: `${id}:failed`, at: work.input.event.at, type: 'receipt', effectId: id, status: 'failed', error });
}

function markAwaited(work: Work, effectId: string, awaited: 'sent' | 'delivered' | 'read'): void {
  const index = work.effects.findIndex((one) => one.id === effectId);
  const effect = work.effects[index];
  if (effect) work.effects[index] = { ...effect, awaited };
}

/** Leaves a node by a port; true when the run goes on from there. */
export function leave(work: Work, run: LiveRun, place: Place, port: string, why?: Why): boolean {
  const { frame, node } = place;
  if (port === 'failed') run.failure = failureOf(node, why);
  endWait(run, frame);
  pathStep(work, run, place, port);
  forget(frame, node);
  const to = node.edges.get(port);
  if (to === undefined) return popFrame(work, run, {});
  frame.nodeId = to;
  return true;
}

/** What the flow learns at a port called `failed`, until the next one. */
function failureOf({ id }: ProgramNode, { code, reason, status }: Why = UNSAID): Failure {
  return { node: id, code, reason, ...(status === undefined ? {} : { status }) };
}

const UNSAID: Why = { code: 'node/failed', reason: 'the node could not do its part' };

/** The wait is over, and the offer with it where an answer was waited for. */
export function endWait(run: LiveRun, frame: LiveFrame | undefined): void {
  if (frame?.kind === 'dialog' || frame?.wait?.for === 'message') closeOffer(run);
  if (frame?.kind === 'flow') delete frame.wait;
}

/** Who leaves a node forgets what it has kept, unless that is for the whole visit of the flow. */
export function forget(frame: LiveFlowFrame, node: ProgramNode): void {
  if (node.type.keepsMemory || !(node.id in frame.memory)) return;
  const { [node.id]: _, ...rest } = frame.memory;
  frame.memory = rest;
}

/** The node could not do its part: out by `failed` where that is drawn, else the flow has failed. */
export function fail(work: Work, run: LiveRun, place: Place, why: Why): boolean {
  warn(work, why.code, why.reason, place.node.id);
  if (place.node.edges.has('failed')) return leave(work, run, place, 'failed', why);
  stopAt(work, run, place);
  return failFrame(work, run, why);
}

/** The calling flow learns of it, and may have a way out of its own; else the run fails. */
export function failFrame(work: Work, run: LiveRun, why: Why): boolean {
  const below = run.stack.at(-2);
  if (below?.kind !== 'flow' || below.wait?.for !== 'return') {
    failRun(work, run, why);
    return false;
  }
  endWait(run, run.stack.pop());
  return resume(work, run, { frame: below, event: returned(work, below.wait.id, false, { ...why }) });
}

function endFrame(work: Work, run: LiveRun, place: Place, outputs: Vars): boolean {
  stopAt(work, run, place);
  return popFrame(work, run, outputs);
}

/** Ends the top frame; what is below goes on with its outputs, and without one the run is over. */
export function popFrame(work: Work, run: LiveRun, outputs: Vars): boolean {
  const below = run.stack.at(-2);
  if (!below) {
    endRun(work, run, 'completed');
    return false;
  }
  run.stack.pop();
  if (below.kind === 'dialog' || below.wait?.for !== 'return') return true;
  return resume(work, run, { frame: below, event: returned(work, below.wait.id, true, outputs) });
}

/** How a called flow comes back to the node that called it. */
function returned(work: Work, callId: string, ok: boolean, value: Json): FlowEvent {
  return { id: `${callId}:returned`, at: work.input.event.at, type: 'callResult', callId, ok, value };
}

function pathStep(work: Work, run: LiveRun, { frame, node }: Place, port?: string): void {
  work.path.push({
    run: run.id,
    flow: frame.flow as FlowCode,
    version: frame.version,
    node: node.id,
    ...(port === undefined ? {} : { port }),
  });
}

/** The path also tells where a run stopped. */
export function stopAt(work: Work, run: LiveRun, place: Place): void {
  pathStep(work, run, place);
}
