import { isRefused, REFUSALS, type Refusal } from '../contract/host/index.js';
import type { Vars } from '../contract/index.js';
import type { Program } from '../flow/program.js';
import type { Step } from '../golden/conversation.js';
import { manualTrigger, readStartInputs } from '../published/start-inputs.js';
import { showProblems } from './show-problems.js';

/** Makes the step of a start, with inputs of their types, or says why a host would refuse the start. */
export function startStep(
  program: Program,
  data: Vars,
): { readonly step: Omit<Step, 'at'>; readonly ignored: readonly string[] } | { readonly refused: string } {
  const trigger = manualTrigger(program);
  if (isRefused(trigger)) return { refused: inWords(trigger) };
  const inputs = readStartInputs(program, data);
  if (isRefused(inputs)) return { refused: inWords(inputs) };
  const { vars, ignored } = inputs;
  return { step: { start: { flow: program.code, onBusy: trigger.onBusy ?? 'queue', data: vars } }, ignored };
}

function inWords({ refused, detail, problems = [] }: Refusal): string {
  const words = detail ?? REFUSALS[refused].words;
  return problems.length === 0 ? words : `${words}\n${showProblems(problems)}`;
}
