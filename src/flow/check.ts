import { type FlowDefinition, isMessageTrigger, type Platform, type Problem, TRIGGER_PLATFORM } from '../contract/index.js';
import { templateMistake } from '../template/read-template.js';
import { checkGraph } from './check/check-graph.js';
import { secretShown } from './check/check-held.js';
import { checkNodes } from './check/check-nodes.js';
import { checkTriggers } from './check/check-triggers.js';
import { type Checked, type CheckWorld, newEffort } from './check/finding.js';
import { readEnvelope } from './envelope.js';
import { validateAll } from './problems-of-joi.js';

export type { CheckWorld } from './check/finding.js';

/** Every problem of a flow at once; total, whatever the params hold. An empty answer, or warnings alone, may go online. */
export function checkFlow(definition: FlowDefinition, world: CheckWorld): readonly Problem[] {
  const known = definition.nodes.flatMap((node, index) => {
    const type = world.nodeTypes.get(node.type, node.version);
    if (!type) return [];
    const { value, error } = validateAll(type.params, node.params);
    return [{ node, index, type, params: error ? undefined : value, loose: value, ...(error ? { error } : {}) }];
  });
  const checked: Checked = { definition, world, known, platforms: platformsOf(definition), effort: newEffort() };
  return [...checkTriggers(checked), ...checkNodes(checked), ...checkGraph(checked), ...checkOnError(checked)];
}

/** As `checkFlow`, of a body that may be no flow at all. */
export function checkFlowBody(body: unknown, world: CheckWorld): readonly Problem[] {
  const read = readEnvelope(body);
  return 'problems' in read ? read.problems : checkFlow(read.definition, world);
}

/** Problems that stop a publish. */
export function errorsOf(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({ severity }) => severity === 'error');
}

/** The platforms that a flow can be on; none named where a call or another flow decides. */
function platformsOf({ triggers }: FlowDefinition): readonly Platform[] {
  if (!triggers.every(isMessageTrigger)) return [];
  return [...new Set(triggers.map(({ type }) => TRIGGER_PLATFORM[type]))];
}

function checkOnError({ definition }: Checked): readonly Problem[] {
  const words = definition.settings?.onError ?? '';
  const at = { pointer: '/settings/onError' };
  const mistake = templateMistake(words);
  if (mistake !== undefined)
    return [{ ...at, severity: 'error', code: 'template/syntax', message: mistake, hint: 'Look for a missing }} or an unknown filter.' }];
  return secretShown(words, at);
}
