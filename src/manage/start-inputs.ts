import type { Problem, Sender, Trigger, Vars } from '../contract/index.js';
import type { Refusal } from '../contract/refusals.js';
import type { Program } from '../flow/program.js';
import { type Inputs, readInputs } from '../flow/read-inputs.js';

type ManualTrigger = Extract<Trigger, { type: 'TriggeredManually' }>;

/** Returns the trigger by which systems start a flow. */
export function manualTrigger({ code, definition: { triggers } }: Pick<Program, 'code' | 'definition'>): ManualTrigger | Refusal {
  const trigger = triggers.find((one): one is ManualTrigger => one.type === 'TriggeredManually');
  return trigger ?? { refused: 'start/not-manual', detail: `"${code}" has no manual trigger, so no call can start it.` };
}

/** Reads the inputs of a start as values of their types. What the flow does not declare is left out, and named in `ignored`. */
export function readStartInputs(program: Program, data: Vars, from?: Sender): Omit<Inputs, 'wrong'> | Refusal {
  const { wrong, ...inputs } = readInputs(program, data, from);
  if (wrong.length === 0) return inputs;
  return { refused: 'start/wrong-inputs', detail: `"${program.code}" cannot begin with these inputs.`, problems: wrong.map(problemOf) };
}

function problemOf({ name, type, mistake }: Inputs['wrong'][number]): Problem {
  return {
    pointer: `/data/${name}`,
    code: mistake === 'missing' ? 'start/missing-input' : 'start/wrong-type',
    message: mistake === 'missing' ? `the flow needs "${name}"` : `"${name}" is to be of type ${type}`,
    hint: `Send a ${type}.`,
    severity: 'error',
  };
}
