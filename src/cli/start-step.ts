import type { Vars } from '../contract/index.js';
import type { Program } from '../flow/program.js';
import { readInputs } from '../flow/read-inputs.js';
import type { Step } from '../golden/conversation.js';
import { problemOf } from '../manage/start-flow.js';
import { toldProblems } from './told-problems.js';

/** A start as the trigger endpoint would make it, with inputs of their types; or why the host refuses it, in words. */
export function startStep(
  program: Program,
  data: Vars,
): { readonly step: Omit<Step, 'at'>; readonly ignored: readonly string[] } | { readonly refused: string } {
  const trigger = program.definition.triggers.find((one) => one.type === 'TriggeredManually');
  if (trigger?.type !== 'TriggeredManually') return { refused: `"${program.code}" has no manual trigger, so no call can start it` };
  const { vars, ignored, wrong } = readInputs(program, data);
  if (wrong.length > 0) return { refused: `"${program.code}" cannot begin with these inputs\n${toldProblems(wrong.map(problemOf))}` };
  return { step: { start: { flow: program.code, onBusy: trigger.onBusy ?? 'queue', data: vars } }, ignored };
}
