import type { FlowDefinition, JsonPatch, JsonPatchStep } from '../../../src/contract/flow.js';
import { partsOfPointer, pointerOf, valueAt } from '../../../src/contract/json/json-pointer.js';
import type { Json } from '../../../src/contract/json.js';
import type { Command } from './commands.js';
import { isSame, withValueAt } from './json-edit.js';

/**
 * Applies the mends of problems, in the order of the problems. `checked` is the flow in which they were found: if what they change is
 * different by now, nothing is changed, because the next check finds what is left.
 *
 * @example mendProblems([[{ op: 'replace', path: '/edges/3/port', value: 'answered' }]], saved)
 */
export function mendProblems(mends: readonly JsonPatch[], checked: FlowDefinition): Command {
  return (flow) => {
    const steps = mends.flat();
    return steps.every((step) => isAsChecked(step, { flow, checked })) ? steps.reduce(after, flow) : flow;
  };
}

/** Returns whether the members of the flow's lists that a step is about are still those that were checked. */
function isAsChecked(step: JsonPatchStep, { flow, checked }: { readonly flow: FlowDefinition; readonly checked: FlowDefinition }): boolean {
  const [list, member] = partsOfPointer(step.op === 'move' ? step.from : step.path);
  const place = pointerOf(member === undefined || member === '-' ? [list ?? ''] : [list ?? '', member]);
  return isSame(valueAt(flow, place), valueAt(checked, place));
}

function after(flow: FlowDefinition, step: JsonPatchStep): FlowDefinition {
  if (step.op === 'remove') return withValueAt(flow, step.path, undefined);
  if (step.op !== 'move') return withValueAt(flow, step.path, step.value);
  const moved = valueAt(flow, step.from) as Json | undefined;
  return withValueAt(withValueAt(flow, step.from, undefined), step.path, moved);
}
