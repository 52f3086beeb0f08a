import { type FlowNode, isMessageTrigger, type Platform, type Problem, TRIGGER_PLATFORM } from '../contract/index.js';
import type { Checked, CheckWorld, Drawn, KnownNode } from './check/checked.js';
import { CHECKS } from './check/checks.js';
import { type Effort, newEffort } from './check/effort.js';
import { createReader } from './check/reading.js';
import { isFormProblem } from './form-problem.js';
import { heldFields } from './held-fields.js';
import { validateAll } from './problems-of-joi.js';
import { type Sketch, sketchOf } from './sketch.js';

export type { CheckWorld, CheckWorldFor } from './check/checked.js';

/**
 * Returns all problems of a flow, whatever the body is. A flow without errors may be published; warnings do not matter. Problems of form hide
 * no others, and each mistake is reported once, where it is. `effort` counts the work and limits it.
 */
export function checkFlow(body: unknown, world: CheckWorld, effort: Effort = newEffort()): readonly Problem[] {
  const sketch = sketchOf(body);
  // Too deep or too large to be walked.
  if (sketch.problems.some(({ code }) => UNWALKABLE.has(code))) return sketch.problems;
  const checked: Checked = {
    ...sketch,
    world,
    known: knownNodes(sketch.nodes, world),
    platforms: platformsOf(sketch),
    effort,
    read: createReader(),
  };
  return once([...sketch.problems, ...CHECKS.flatMap((check) => check(checked))]);
}

/** Returns the problems that prevent publishing. */
export function errorsOf(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({ severity }) => severity === 'error');
}

const UNWALKABLE: ReadonlySet<string> = new Set(['flow/too-deep', 'flow/too-large', 'flow/forbidden-key', 'flow/endless-number']);

function knownNodes(nodes: readonly Drawn<FlowNode>[], { nodeTypes }: CheckWorld): readonly KnownNode[] {
  return nodes.flatMap(({ item: node, at }) => {
    const type = nodeTypes.get(node.type, node.version);
    if (!type) return [];
    // Params that are not an object are a problem of the envelope.
    if (node.params === null) return [{ node, at, type, params: undefined, loose: undefined, fields: [] }];
    const { value, error } = validateAll(type.params, node.params);
    const fields = heldFields(nodeTypes.describe(type.params), node.params);
    return [{ node, at, type, params: error ? undefined : value, loose: value, fields, ...(error ? { error } : {}) }];
  });
}

/** Returns the platforms that a flow can be on; empty if a call or another flow decides. */
function platformsOf({ triggers, gaps }: Sketch): readonly Platform[] {
  const messages = triggers.map(({ item }) => item).filter(isMessageTrigger);
  if (gaps.has('triggers') || messages.length < triggers.length) return [];
  return [...new Set(messages.map(({ type }) => TRIGGER_PLATFORM[type]))];
}

/** Leaves out other problems of a place that has a problem of form: they would follow from it. */
function once(problems: readonly Problem[]): readonly Problem[] {
  const form = new Set(problems.filter(isFormProblem).map(({ pointer }) => pointer));
  return problems.filter((one) => isFormProblem(one) || !form.has(one.pointer));
}
