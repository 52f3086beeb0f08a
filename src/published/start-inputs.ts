import type { Refusal } from '../contract/host/index.js';
import type { Problem, Sender, Trigger, Vars } from '../contract/index.js';
import type { Program } from '../flow/program.js';
import { type Inputs, readInputs } from '../flow/read-inputs.js';

type ManualTrigger = Extract<Trigger, { type: 'TriggeredManually' }>;

/** Returns the trigger by which systems start a flow. */
export function manualTrigger({ code, definition: { triggers } }: Pick<Program, 'code' | 'definition'>): ManualTrigger | Refusal {
  const trigger = triggers.find((one): one is ManualTrigger => one.type === 'TriggeredManually');
  return trigger ?? { refused: 'start/not-manual', detail: `"${code}" has no manual trigger, so it cannot be started by a call.` };
}

/** Reads the inputs of a start as values of their types. What the flow does not declare is left out, and named in `ignored`. */
export function readStartInputs(program: Program, data: Vars, from?: Sender): Omit<Inputs, 'wrong'> | Refusal {
  const { wrong, ...inputs } = readInputs(program, data, from);
  if (wrong.length === 0) return inputs;
  return { refused: 'start/wrong-inputs', detail: `The inputs are not valid for "${program.code}".`, problems: wrong.map(problemOf) };
}

function problemOf({ name, type, mistake }: Inputs['wrong'][number]): Problem {
  return {
    pointer: `/data/${name}`,
    code: mistake === 'missing' ? 'start/missing-input' : 'start/wrong-type',
    message: mistake === 'missing' ? `the input "${name}" is missing` : `the input "${name}" must be of type ${type}`,
    hint: `Send a value of type ${type}.`,
    severity: 'error',
  };
}
