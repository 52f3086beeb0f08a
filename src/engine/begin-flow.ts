import { BUDGET, type IsoTime, type NodeOutcome, type Vars } from '../contract/index.js';
import { jsonSize } from '../contract/json-size.js';
import type { Program } from '../flow/program.js';
import { readInputs, type WrongInput } from '../flow/read-inputs.js';
import { inputKey } from './guest.js';
import { variablesSize } from './over-budget.js';
import { fail, leave, type Place, stopAt } from './run-node.js';
import { isCallable, startRun } from './runs.js';
import { type LiveRun, newId, onlineProgram, type Work, warn } from './work.js';

type Begin = Extract<NodeOutcome['then'], { begin: unknown }>;

/** Begins another flow or a guest dialog from a node: on top of this one, in its place, or beside it. */
export function begin(work: Work, run: LiveRun, place: Place, { begin: request, until }: Begin & { readonly until?: IsoTime }): boolean {
  const { frame } = place;
  const isGuest = request.flow.startsWith('dialog:');
  if ((isGuest || request.as === 'frame') && run.stack.length >= BUDGET.frames)
    return fail(work, run, place, { code: 'flow/too-deep', reason: `flows call each other more than ${BUDGET.frames} deep` });
  if (isGuest) {
    // A dialog may wait for messages at any time, and nobody would bring them here.
    if (request.as === 'background' || run.place === 'background') return fail(work, run, place, waits(request.flow));
    stopAt(work, run, place);
    frame.wait = { id: newId(work, 'w'), for: 'return', ...(until === undefined ? {} : { until }) };
    run.stack.push({ kind: 'dialog', dialog: request.flow.slice('dialog:'.length), dialogs: null });
    frame.memory = { ...frame.memory, [inputKey(place.node.id)]: request.input };
    return true;
  }
  const program = onlineProgram(work, request.flow);
  if (!program || !isCallable(program))
    return fail(work, run, place, { code: 'flow/not-online', reason: `the flow "${request.flow}" is not ONLINE, or may not be called` });
  const { vars: input, ignored, wrong, warnings } = readInputs(program, request.input, work.contact);
  for (const { code, detail } of warnings) warn(work, code, detail, place.node.id);
  for (const name of ignored) warn(work, 'flow/unknown-input', `"${program.code}" has no input "${name}"; it was dropped`, place.node.id);
  if (wrong.length > 0) return fail(work, run, place, wrongInput(program, wrong));
  if (request.as === 'background') return beginBeside(work, run, place, { program, input });
  if (run.place === 'background' && program.waitsForMessages) return fail(work, run, place, waits(request.flow));
  const vars = { ...program.defaults, ...carried(frame.vars), ...input };
  const kept = variablesSize(run) - (request.as === 'instead' ? jsonSize(frame.vars) : 0);
  if (kept + jsonSize(vars) > BUDGET.variables)
    return fail(work, run, place, {
      code: 'flow/over-budget',
      reason: `the variables of the run are larger than ${BUDGET.variables} characters`,
    });
  stopAt(work, run, place);
  if (request.as === 'instead') run.stack.pop();
  else frame.wait = { id: newId(work, 'w'), for: 'return', ...(until === undefined ? {} : { until }) };
  run.stack.push({
    kind: 'flow',
    flow: program.code,
    version: program.version,
    nodeId: program.start,
    vars,
    memory: {},
  });
  return true;
}

function waits(flow: string): { readonly code: string; readonly reason: string } {
  return { code: 'flow/waits-for-messages', reason: `"${flow}" waits for messages and cannot run in the background` };
}

function beginBeside(
  work: Work,
  run: LiveRun,
  place: Place,
  { program, input }: { readonly program: Program; readonly input: Vars },
): boolean {
  const vars = { ...carried(place.frame.vars), ...input };
  const refused = startRun(work, { program, place: 'background', startedBy: `flow:${run.id}`, channel: run.channel, lane: run.lane, vars });
  return refused === undefined ? leave(work, run, place, 'next') : fail(work, run, place, refused);
}

/** What the trigger has given goes along into flows that are called. */
const GIVEN: readonly string[] = [
  'customerPhoneNumber',
  'customerName',
  'channelId',
  'wabaId',
  'wabaPhoneNumber',
  'incomingMessage',
  'incomingMessageType',
];

function carried(vars: Vars): Vars {
  return Object.fromEntries(GIVEN.flatMap((name) => (vars[name] === undefined ? [] : [[name, vars[name]]])));
}

function wrongInput(program: Program, wrong: readonly WrongInput[]): { readonly code: string; readonly reason: string } {
  const words = wrong.map(({ name, type, mistake }) => (mistake === 'missing' ? `${name} is missing` : `${name} is no ${type}`));
  return {
    code: wrong.some(({ mistake }) => mistake === 'missing') ? 'flow/missing-input' : 'flow/wrong-input',
    reason: `"${program.code}" was called with wrong inputs: ${words.join(', ')}`,
  };
}
