import { type FlowNode, isMessageTrigger, type Platform, type Problem, TRIGGER_PLATFORM } from '../contract/index.js';
import type { Checked, CheckWorld, Drawn, KnownNode } from './check/checked.js';
import { CHECKS } from './check/checks.js';
import { type Effort, newEffort } from './check/effort.js';
import { createReader } from './check/reading.js';
import { isFormProblem } from './form-problem.js';
import { heldFields } from './held-fields.js';
import { withPorts } from './mends/missing-port.js';
import { mendsTogether } from './mends/together.js';
import { EMPTY_OUTLINE, type FlowOutline, outlineOf } from './outline.js';
import { validateAll } from './problems-of-joi.js';
import { type Sketch, sketchOf } from './sketch.js';
import { createLanguages } from './translations.js';
import { createShapes } from './variables/shapes.js';

export type { CheckWorld, CheckWorldFor } from './check/checked.js';

/**
 * Returns all problems of a flow, whatever the body is. A flow without errors may be published; warnings do not matter. Problems of form hide
 * no others, and each mistake is reported once, where it is. `effort` counts the work and limits it.
 */
export function checkFlow(body: unknown, world: CheckWorld, effort: Effort = newEffort()): readonly Problem[] {
  const sketch = sketchOf(body, world.nodeTypes);
  return isWalkable(sketch) ? problemsOf({ ...readSketch(sketch, world, effort), body }) : sketch.problems;
}

/** What an editor shows of a flow that is being drawn. */
export interface Survey {
  readonly problems: readonly Problem[];
  readonly outline: FlowOutline;
}

/** Returns the problems of a flow like `checkFlow`, with its outline. */
export function surveyFlow(body: unknown, world: CheckWorld): Survey {
  const sketch = sketchOf(body, world.nodeTypes);
  if (!isWalkable(sketch)) return { problems: sketch.problems, outline: EMPTY_OUTLINE };
  const checked = { ...readSketch(sketch, world, newEffort()), body };
  return { problems: problemsOf(checked), outline: outlineOf(checked) };
}

/** Returns the problems that prevent publishing. */
export function errorsOf(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({ severity }) => severity === 'error');
}

/** A flow that is too deep or too large is not walked. */
function isWalkable({ problems }: Sketch): boolean {
  return !problems.some(({ code }) => UNWALKABLE.has(code));
}

type Read = Checked & Pick<Sketch, 'problems'> & { readonly body: unknown };

function readSketch(sketch: Sketch, world: CheckWorld, effort: Effort): Omit<Read, 'body'> {
  const { nodes, settings } = sketch;
  const known = knownNodes(nodes, world);
  const languages = createLanguages({ nodes: nodes.map(({ item }) => item), settings });
  const read = {
    ...sketch,
    world,
    known,
    platforms: platformsOf(sketch),
    effort,
    effortOfTranslations: newEffort(),
    read: createReader(),
    languages,
  };
  return { ...read, shapes: createShapes(read) };
}

function problemsOf(checked: Read): readonly Problem[] {
  const found = once([...checked.problems, ...CHECKS.flatMap((check) => check(checked))]);
  return mendsTogether(withPorts(found, checked.body, checked), checked);
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
