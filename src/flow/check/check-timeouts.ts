import { type Problem, portsOf } from '../../contract/index.js';
import { nodesInSilentCircles } from './check-loops.js';
import type { Checked } from './checked.js';
import { warning } from './finding.js';
import { timeoutBranch, timeoutPorts } from './node-facts.js';

/** Warns of waits for a message that go on by their main port when nobody answers. */
export function checkTimeouts(checked: Checked): readonly Problem[] {
  const linked = new Set(checked.edges.map(({ item }) => `${item.port} ${item.from}`));
  const circling = nodesInSilentCircles(checked);
  return checked.known.flatMap((one) => {
    const { node, at, type, params } = one;
    if (params === undefined || type.waitsFor?.(params) !== 'message' || circling.has(node.id)) return [];
    const main = portsOf(type.ports, params)[0]?.name ?? '';
    if (!timeoutPorts(one).includes(main) || !linked.has(`${main} ${node.id}`)) return [];
    const branch = timeoutBranch(type.ports);
    return [
      warning({
        pointer: `${at}/params`,
        code: 'wait/no-timeout-branch',
        node: node.id,
        message: `when nobody answers "${node.id}", the flow goes on by "${main}" with an empty answer`,
        hint: branch
          ? `Set "${branch.param}" to true, and draw an edge from the port "${branch.port}" to what should happen then.`
          : 'Draw an edge from another port to what should happen then.',
      }),
    ];
  });
}
