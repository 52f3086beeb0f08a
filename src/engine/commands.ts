import {
  BUDGET,
  type Contact,
  type ContactChange,
  type EventOf,
  type Frame,
  type Json,
  type Platform,
  portsOf,
  programKey,
  type Vars,
} from '../contract/index.js';
import { jsonSize } from '../contract/json/json-size.js';
import { addEffect } from './add-effect.js';
import { changeContact } from './change-contact.js';
import { noteIdentities } from './contact-changes.js';
import { isInFlow } from './end-runs.js';
import { clearMemory, endWait } from './frames.js';
import { type LiveFlowFrame, type LiveRun, topOf } from './live-run.js';
import { closeOffer } from './offer.js';
import { endAllOn } from './opt-out.js';
import { sendAgain } from './resend.js';
import { leave } from './run-node.js';
import { endRun, failRun } from './runs.js';
import type { Task } from './task.js';
import { visitOf } from './visit.js';
import { conclude, edit, foreground, isLeftToOperator, programOf, type Work, warn } from './work.js';

/** Does what an operator asks for. A command that cannot be carried out is refused with the reason, and changes nothing. */
export function takeCommand(work: Work, event: EventOf<'command'>): Task | undefined {
  const { command, args, by } = event;
  const request = isObject(args) ? args : {};
  switch (command) {
    case 'end':
      return endRuns(work, request, by);
    case 'resume':
      return changeRun(work, request, leaveNode);
    case 'move':
      return changeRun(work, request, moveToNode);
    case 'migrate':
      return migrate(work, request);
    case 'resend':
      return sendAgain(work, request, by);
    case 'fail':
      return failForeground(work, request);
    case 'set':
      return setContact(work, request, event);
  }
}

/** Ends one run, the runs that are in a flow (on versions `below` one), or all of them, queued ones included. */
function endRuns(work: Work, request: Vars, by: string): undefined {
  const [id, flow, message] = [textOf(request['run']), textOf(request['flow']), textOf(request['message'])];
  const below = typeof request['below'] === 'number' ? request['below'] : undefined;
  const chosen = work.runs.filter((run) => (id === undefined || run.id === id) && (flow === undefined || isInFlow(run, flow, below)));
  for (const run of chosen.map((one) => edit(work, one))) {
    closeOffer(run);
    if (message !== undefined && run.place !== 'queued') addEffect(work, run, { kind: 'send', message: { type: 'text', text: message } });
    warn(work, { code: 'run/ended', detail: `the run ${run.id} was ended by ${by}` });
    endRun(work, run, 'ended');
  }
  const isDropped = id === undefined && flow === undefined && dropHandOvers(work);
  if (chosen.length === 0 && isDropped) conclude(work, 'commanded', `an operator had the talk, which was ended by ${by}`);
  else if (chosen.length > 0) conclude(work, 'commanded', `${chosen.length} run${chosen.length === 1 ? '' : 's'} ended by ${by}`);
  else conclude(work, 'refused', 'there is no such run');
}

/** Ends hand-overs that no run waits for. Returns whether there was one. */
function dropHandOvers(work: Work): boolean {
  const isThere = isLeftToOperator(work) || work.laterHandOvers.length > 0;
  if (isLeftToOperator(work)) {
    work.handOver = undefined;
    work.tasks.push({ kind: 'startNext' });
  }
  work.laterHandOvers = [];
  return isThere;
}

/** What became of a command on one run: why it was refused, or what the run does next. */
type Changed = { readonly refused: string } | { readonly next: Task | undefined };
type Change = (work: Work, run: LiveRun, request: Vars) => Changed;

/** Changes the run that the request names, else the one in the foreground. */
function changeRun(work: Work, request: Vars, change: Change): Task | undefined {
  const id = textOf(request['run']);
  const found = id === undefined ? foreground(work) : work.runs.find((one) => one.id === id);
  const run = found && edit(work, found);
  if (run) run.alone = undefined;
  const changed = run ? changeIfBegun(work, run, { request, change }) : { refused: 'there is no such run' };
  if ('refused' in changed) {
    conclude(work, 'refused', changed.refused);
    return undefined;
  }
  conclude(work, 'commanded', `the run ${run?.id ?? ''} was moved on`);
  return changed.next;
}

function changeIfBegun(work: Work, run: LiveRun, { request, change }: { readonly request: Vars; readonly change: Change }): Changed {
  return run.place === 'queued' ? { refused: `the run ${run.id} has not begun` } : change(work, run, request);
}

/** Leaves the node that the run stands on by a port, the main one if none is named. */
function leaveNode(work: Work, run: LiveRun, request: Vars): Changed {
  const frame = topOf(run);
  const node = frame?.kind === 'flow' ? programOf(work, frame)?.nodes.get(frame.nodeId) : undefined;
  const ports = node ? portsOf(node.type.ports, node.params(work.contact.language)).map(({ name }) => name) : [];
  const exit = textOf(request['port']) ?? ports[0];
  if (frame?.kind !== 'flow' || exit === undefined || !ports.includes(exit)) return { refused: `the node has no port "${exit ?? ''}"` };
  const visit = visitOf(work, run, frame);
  return { next: visit && leave(work, visit, { exit }) };
}

/** Moves the run to another node of the flow that it is in, which is entered. */
function moveToNode(work: Work, run: LiveRun, request: Vars): Changed {
  const frame = topOf(run);
  const id = textOf(request['node']) ?? '';
  const program = frame?.kind === 'flow' ? programOf(work, frame) : undefined;
  if (frame?.kind !== 'flow' || !program?.nodes.has(id)) return { refused: `its flow has no node "${id}"` };
  const left = program.nodes.get(frame.nodeId);
  if (left) clearMemory(frame, left);
  endWait(run, frame);
  frame.nodeId = id;
  return { next: { kind: 'continue', run } };
}

/** Moves runs to another version of their flow, node by node. A run whose node is not in that version stays as it is. */
function migrate(work: Work, request: Vars): undefined {
  const [flow, to] = [textOf(request['flow']), Number(request['to'])];
  let moved = 0;
  // A migration that comes late does not move runs back which began on a later version.
  const isOlder = (frame: Frame) => frame.kind === 'flow' && frame.flow === flow && frame.version < to;
  for (const run of work.runs.filter(({ stack }) => stack.some(isOlder)).map((one) => edit(work, one)))
    for (const frame of run.stack) {
      if (frame.kind !== 'flow' || !isOlder(frame)) continue;
      if (migrateFrame(work, frame, { to, hasBegun: run.place !== 'queued' || run.aside !== undefined })) moved += 1;
    }
  conclude(work, moved > 0 ? 'commanded' : 'refused', `${moved} frames of "${flow ?? ''}" moved to version ${to}`);
}

function migrateFrame(work: Work, frame: LiveFlowFrame, { to, hasBegun }: { readonly to: number; readonly hasBegun: boolean }): boolean {
  const target = work.input.programs.get(programKey(frame.flow, to));
  if (!target) return false;
  const [from, onto] = [programOf(work, frame)?.nodes.get(frame.nodeId), target.nodes.get(frame.nodeId)];
  const isThere = from && onto && from.type.type === onto.type.type;
  if (!isThere && hasBegun) return false;
  frame.version = to;
  // New variables have their defaults. A run that has not begun will begin at the start of the new version.
  frame.vars = { ...target.defaults, ...frame.vars };
  if (!hasBegun) frame.nodeId = target.start;
  return true;
}

/** Given by the host itself after an error that no node is to blame for. */
function failForeground(work: Work, request: Vars): undefined {
  const run = foreground(work);
  if (run) failRun(work, run, { code: 'flow/bug', reason: textOf(request['reason']) ?? '' });
}

/**
 * Changes what is known of the contact, who may be new. A field that is null is removed. An opt-out ends the same as a STOP word does, and is not
 * answered.
 */
function setContact(work: Work, request: Vars, { by, from }: EventOf<'command'>): undefined {
  if (from) noteIdentities(work, from.identities);
  const before = work.contact;
  const change = contactChangeIn(work, request);
  if (change) changeContact(work, change);
  if (jsonSize(work.contact.fields) > BUDGET.contact) {
    work.contact = before;
    conclude(work, 'refused', `what is kept of the contact is larger than ${BUDGET.contact} characters`);
    return;
  }
  for (const [platform, isOut] of Object.entries(change?.optOut ?? {})) if (isOut) endAllOn(work, platform as Platform);
  if (change) conclude(work, 'commanded', `the contact was changed by ${by}`);
  else if (from) conclude(work, 'commanded', `the contact was named by ${by}`);
  else conclude(work, 'refused', 'there is nothing to set');
}

function contactChangeIn(work: Work, request: Vars): ContactChange | undefined {
  const { fields, optOut, groups } = request;
  const texts = (['name', 'language', 'timeZone'] as const).flatMap((name) => {
    const value = request[name];
    return typeof value === 'string' || value === null ? [[name, value] as const] : [];
  });
  const change: ContactChange = {
    ...Object.fromEntries(texts),
    ...(isObject(fields) ? { fields } : {}),
    ...(Array.isArray(groups) ? { groups: memberships(work, groups) } : {}),
    ...(isObject(optOut)
      ? { optOut: Object.fromEntries(Object.entries(optOut).map(([platform, isOut]) => [platform, isOut === true])) }
      : {}),
  };
  return Object.keys(change).length > 0 ? change : undefined;
}

/** Returns the groups that the contact is in from now on. Those that they are in already keep their time. */
function memberships({ contact, input }: Work, codes: readonly Json[]): Contact['groups'] {
  const since = new Map(contact.groups.map((one) => [one.group, one.since]));
  const wanted = new Set(codes.filter((code) => typeof code === 'string'));
  return [...wanted].map((group) => ({ group, since: since.get(group) ?? input.event.at }));
}

function isObject(value: Json | undefined): value is Vars {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
