import { BUDGET, type FlowCode, GIVEN_VARIABLES, type NodeId, portsOf, type Then, type Vars, type Why } from '../contract/index.js';
import { jsonSize } from '../contract/json/json-size.js';
import type { Program } from '../flow/program.js';
import { readInputs, type WrongInput } from '../flow/read-inputs.js';
import { inputKey } from './frames.js';
import type { LiveFlowFrame, LiveRun } from './live-run.js';
import { variablesSize } from './over-budget.js';
import { isCallable, startRun } from './runs.js';
import { keepTranscript } from './transcript.js';
import { addToPath, type Visit } from './visit.js';
import { newId, onlineProgram, type Work, warn } from './work.js';

type BeginRequest = Extract<Then, { begin: unknown }>;
/** `begun`: the flow is on top of the run's stack now. Else how the node is left. */
type Begun = 'begun' | { readonly exit: string } | { readonly fail: Why };

/** Begins another flow or a guest dialog from a node: on top of the node's flow, in its place, or in a run of its own in the background. */
export function beginFlow(work: Work, visit: Visit, request: BeginRequest): Begun {
  const { flow, as } = request.begin;
  const isGuest = flow.startsWith('dialog:');
  if ((isGuest || as === 'frame') && visit.run.stack.length >= BUDGET.frames) return { fail: TOO_DEEP };
  if (isGuest) return beginDialog(work, visit, request);
  const callee = calleeOf(work, request.begin, visit.node.id);
  if ('fail' in callee) return callee;
  return as === 'background' ? beginInBackground(work, visit, callee) : beginOnTop(work, visit, { callee, request });
}

/** Begins a flow on top of a guest dialog, which goes on when the flow is over. Returns why the flow cannot be begun; undefined if it was. */
export function beginFromDialog(work: Work, run: LiveRun, request: { readonly flow: FlowCode; readonly input: Vars }): Why | undefined {
  if (run.stack.length >= BUDGET.frames) return TOO_DEEP;
  const caller = run.stack.findLast((frame) => frame.kind === 'flow');
  const callee = calleeOf(work, request, caller?.nodeId);
  if ('fail' in callee) return callee.fail;
  const frame = newFrame(callee, caller?.vars ?? {});
  if (variablesSize(run) + jsonSize(frame.vars) > BUDGET.variables) return TOO_MANY_VARIABLES;
  keepTranscript(run, callee.program);
  run.stack.push(frame);
  return undefined;
}

/** Puts a guest dialog on top of the node's flow. Its input stays in the flow's memory until the dialog is over. */
function beginDialog(work: Work, { run, frame, node }: Visit, { begin: { flow, input, as }, until }: BeginRequest): Begun {
  // A dialog may wait for a message at any time, which no run in the background gets.
  if (as === 'background' || run.place === 'background') return { fail: waitsForMessages(flow) };
  addToPath(work, { run, frame, node });
  frame.wait = { id: newId(work, 'w'), for: 'return', ...(until === undefined ? {} : { until }) };
  run.stack.push({ kind: 'dialog', dialog: flow.slice('dialog:'.length), dialogs: null });
  frame.memory = { ...frame.memory, [inputKey(node.id)]: input };
  return 'begun';
}

/** A flow that may be called, with the inputs for it. */
interface Callee {
  readonly program: Program;
  readonly inputs: Vars;
}

/** Returns the ONLINE version of a flow and reads the inputs for it; or says why it cannot be called so. Warnings name the node that calls. */
function calleeOf(
  work: Work,
  { flow, input }: { readonly flow: FlowCode; readonly input: Vars },
  node: NodeId | undefined,
): Callee | { readonly fail: Why } {
  const program = onlineProgram(work, flow);
  if (!program || !isCallable(program))
    return { fail: { code: 'flow/not-online', reason: `the flow "${flow}" is not ONLINE, or may not be called` } };
  const { vars: inputs, ignored, wrong, warnings } = readInputs(program, input, work.contact);
  for (const { code, detail } of warnings) warn(work, { code, detail, node });
  for (const name of ignored)
    warn(work, { code: 'flow/unknown-input', detail: `"${program.code}" has no input "${name}"; it was dropped`, node });
  return wrong.length > 0 ? { fail: wrongInput(program, wrong) } : { program, inputs };
}

function newFrame({ program, inputs }: Callee, callerVars: Vars): LiveFlowFrame {
  const vars = { ...program.defaults, ...inherited(callerVars), ...inputs };
  const kept = program.reads.inputs ? { inputs } : {};
  return { kind: 'flow', flow: program.code, version: program.version, nodeId: program.start, vars, ...kept, memory: {} };
}

function beginInBackground(work: Work, { run, frame, node }: Visit, { program, inputs }: Callee): Begun {
  const refused = startRun(work, {
    program,
    place: 'background',
    startedBy: `flow:${run.id}`,
    channel: run.channel,
    lane: run.lane,
    chain: run.chain,
    vars: { ...inherited(frame.vars), ...inputs },
    inputs,
  });
  return refused ? { fail: refused } : { exit: portsOf(node.type.ports, node.params(work.contact.language))[0]?.name ?? '' };
}

/** Puts a flow on top of the node's flow, which waits for its end, or in the place of it. */
function beginOnTop(work: Work, visit: Visit, { callee, request }: { readonly callee: Callee; readonly request: BeginRequest }): Begun {
  const { run, frame } = visit;
  const replaces = request.begin.as === 'instead';
  if (run.place === 'background' && callee.program.waitsForMessages) return { fail: waitsForMessages(request.begin.flow) };
  const begun = newFrame(callee, frame.vars);
  const kept = variablesSize(run) - (replaces ? jsonSize(frame.vars) : 0);
  if (kept + jsonSize(begun.vars) > BUDGET.variables) return { fail: TOO_MANY_VARIABLES };
  addToPath(work, visit);
  if (replaces) run.stack.pop();
  else frame.wait = { id: newId(work, 'w'), for: 'return', ...(request.until === undefined ? {} : { until: request.until }) };
  keepTranscript(run, callee.program);
  run.stack.push(begun);
  return 'begun';
}

const TOO_DEEP: Why = { code: 'flow/too-deep', reason: `flows call each other more than ${BUDGET.frames} deep` };
const TOO_MANY_VARIABLES: Why = {
  code: 'flow/over-budget',
  reason: `the variables of the run are larger than ${BUDGET.variables} characters`,
};

function waitsForMessages(flow: string): Why {
  return { code: 'flow/waits-for-messages', reason: `"${flow}" waits for messages and cannot run in the background` };
}

/** Variables from the trigger that a called flow gets as well. */
const INHERITED: readonly string[] = GIVEN_VARIABLES.filter((one) => 'isInherited' in one).map(({ name }) => name);

function inherited(vars: Vars): Vars {
  return Object.fromEntries(INHERITED.flatMap((name) => (vars[name] === undefined ? [] : [[name, vars[name]]])));
}

function wrongInput(program: Program, wrong: readonly WrongInput[]): Why {
  const words = wrong.map(({ name, type, mistake }) => (mistake === 'missing' ? `${name} is missing` : `${name} is not of type ${type}`));
  return {
    code: wrong.some(({ mistake }) => mistake === 'missing') ? 'flow/missing-input' : 'flow/wrong-input',
    reason: `"${program.code}" was called with wrong inputs: ${words.join(', ')}`,
  };
}
