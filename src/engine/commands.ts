import { BUDGET, type FlowEvent, type Json, portsOf, programKey, type Vars } from '../contract/index.js';
import { jsonSize } from '../contract/json-size.js';
import { addEffect } from './add-effect.js';
import { closeOffer } from './offer.js';
import { sendAgain } from './resend.js';
import { endWait, forget, leaveBy, runOn } from './run-node.js';
import { failRun } from './runs.js';
import { endOnRequest } from './take-message.js';
import { foreground, type LiveRun, programOf, say, topOf, type Work } from './work.js';

/** What an operator does in the control room. What cannot be done is refused with its reason; nothing is lost by it. */
export function takeCommand(work: Work, { command, args, by }: Extract<FlowEvent, { type: 'command' }>): void {
  const request = isObject(args) ? args : {};
  switch (command) {
    case 'end':
      end(work, request, by);
      return;
    case 'resume':
      onRun(work, request, (run) => {
        const frame = topOf(run);
        const program = frame?.kind === 'flow' ? programOf(work, frame) : undefined;
        const node = frame?.kind === 'flow' ? program?.nodes.get(frame.nodeId) : undefined;
        const ports = node ? portsOf(node.type.ports, node.params(work.contact.language)).map(({ name }) => name) : [];
        const port = textOf(request['port']) ?? ports[0];
        if (port === undefined || !ports.includes(port)) return `it has no port "${port ?? ''}" to leave by`;
        if (leaveBy(work, run, port)) work.agenda.unshift(() => runOn(work, run));
        return undefined;
      });
      return;
    case 'move':
      onRun(work, request, (run) => {
        const frame = topOf(run);
        const node = textOf(request['node']) ?? '';
        const program = frame?.kind === 'flow' ? programOf(work, frame) : undefined;
        if (frame?.kind !== 'flow' || !program?.nodes.has(node)) return `its flow has no node "${node}"`;
        const left = program.nodes.get(frame.nodeId);
        if (left) forget(frame, left);
        endWait(run, frame);
        frame.nodeId = node;
        work.agenda.unshift(() => runOn(work, run));
        return undefined;
      });
      return;
    case 'migrate':
      migrate(work, request);
      return;
    case 'resend':
      sendAgain(work, request, by);
      return;
    case 'fail': {
      // The host itself gives it, after a throw that no node is to blame for.
      const run = foreground(work);
      if (run) failRun(work, run, { code: 'flow/bug', reason: textOf(request['reason']) ?? '', whole: true });
      return;
    }
    case 'set':
      if (!isObject(request['fields'])) {
        say(work, 'refused', 'there are no fields to set');
        return;
      }
      if (jsonSize({ ...work.contact.fields, ...request['fields'] }) > BUDGET.contact) {
        say(work, 'refused', `what is kept of the contact is larger than ${BUDGET.contact} characters`);
        return;
      }
      work.contact = {
        ...work.contact,
        fields: { ...work.contact.fields, ...request['fields'] },
      };
      say(work, 'commanded', `fields of the contact were set by ${by}`);
  }
}

/** One run, those that stand in a flow (on versions `below` one), or all; queued ones too. */
function end(work: Work, request: Vars, by: string): void {
  const [id, flow, message] = [textOf(request['run']), textOf(request['flow']), textOf(request['message'])];
  const below = typeof request['below'] === 'number' ? request['below'] : Number.POSITIVE_INFINITY;
  const stands = (run: LiveRun) => run.stack.some((one) => one.kind === 'flow' && one.flow === flow && one.version < below);
  const meant = work.runs.filter((run) => (id === undefined || run.id === id) && (flow === undefined || stands(run)));
  for (const run of meant) {
    closeOffer(run);
    if (message !== undefined && run.place !== 'queued') addEffect(work, run, { kind: 'send', message: { type: 'text', text: message } });
    endOnRequest(work, run, `the run ${run.id} was ended by ${by}`);
  }
  if (meant.length > 0) say(work, 'commanded', `${meant.length} run${meant.length === 1 ? '' : 's'} ended by ${by}`);
  else say(work, 'refused', 'there is no such run');
}

function onRun(work: Work, request: Vars, change: (run: LiveRun) => string | undefined): void {
  const id = textOf(request['run']);
  const run = id === undefined ? foreground(work) : work.runs.find((one) => one.id === id);
  if (run) delete run.alone;
  const refused = !run ? 'there is no such run' : run.place === 'queued' ? `the run ${run.id} has not begun` : change(run);
  if (refused === undefined) say(work, 'commanded', `the run ${run?.id ?? ''} was moved on`);
  else say(work, 'refused', refused);
}

/** To another version, node by node: where a node is gone, the run stays as it is. */
function migrate(work: Work, request: Vars): void {
  const [flow, to] = [textOf(request['flow']), Number(request['to'])];
  let moved = 0;
  for (const run of work.runs) {
    for (const frame of run.stack) {
      // A migration that is still on its way does not take back who began on a later version.
      if (frame.kind !== 'flow' || frame.flow !== flow || frame.version >= to) continue;
      const [before, after] = [frame.version, to].map((version) => work.input.programs.get(programKey(frame.flow, version)));
      const [from, onto] = [before, after].map((program) => program?.nodes.get(frame.nodeId));
      const stays = from && onto && from.type.type === onto.type.type;
      if (!after || !(stays || (run.place === 'queued' && run.aside === undefined))) continue;
      frame.version = to;
      // Variables that are new have their defaults; what has not begun begins at the new start.
      frame.vars = { ...after.defaults, ...frame.vars };
      if (run.place === 'queued' && run.aside === undefined) frame.nodeId = after.start;
      moved += 1;
    }
  }
  say(work, moved > 0 ? 'commanded' : 'refused', `${moved} frames of "${flow ?? ''}" moved to version ${to}`);
}

function isObject(value: Json | undefined): value is Vars {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
