import { type Problem, portsOf } from '../../contract/index.js';
import { nodesInSilentCircles } from './check-loops.js';
import type { Checked } from './checked.js';
import { warning } from './finding.js';

/** A wait for a message that goes on as if it were answered when nobody answers. */
export function checkTimeouts(checked: Checked): readonly Problem[] {
  const linked = new Set(checked.edges.map(({ item }) => `${item.port} ${item.from}`));
  const circling = nodesInSilentCircles(checked);
  return checked.known.flatMap(({ node, at, type, params }) => {
    if (params === undefined || type.waitsFor?.(params) !== 'message' || circling.has(node.id)) return [];
    const main = portsOf(type.ports, params)[0]?.name ?? '';
    if (!type.timeoutPorts?.(params).includes(main) || !linked.has(`${main} ${node.id}`)) return [];
    return [
      warning({
        pointer: `${at}/params`,
        code: 'wait/no-timeout-branch',
        node: node.id,
        message: `when nobody answers "${node.id}", the flow goes on by "${main}" with an empty answer`,
        hint: 'Set "timeoutBranch" to true, and lead the port "notReplied" to what is to happen then.',
      }),
    ];
  });
}
