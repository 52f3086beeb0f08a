import type { FlowNode, Problem } from '../../contract/index.js';
import { removed } from '../mends/mend.js';
import type { Checked, Drawn } from './checked.js';
import { error } from './finding.js';

/** Reports ids that two nodes have. */
export function checkIds({ nodes }: Checked): readonly Problem[] {
  const first = new Map<string, Drawn<FlowNode>>();
  return nodes.flatMap((node) => {
    const {
      item: { id },
      at,
    } = node;
    const earlier = first.get(id);
    if (earlier === undefined) {
      first.set(id, node);
      return [];
    }
    return [
      error({
        pointer: `${at}/id`,
        code: 'flow/duplicate-id',
        node: id,
        message: `the node at ${earlier.at} has the id "${id}" already`,
        ...(isSame(node.item, earlier.item)
          ? removed(at, 'Remove it: it is the same node again.')
          : { hint: 'Give each node its own id.' }),
      }),
    ];
  });
}

/** Returns whether two nodes do the same, wherever they are drawn. */
function isSame({ position: _, ...one }: FlowNode, { position: __, ...other }: FlowNode): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
