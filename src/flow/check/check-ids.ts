import type { Problem } from '../../contract/index.js';
import type { Checked } from './checked.js';
import { error } from './finding.js';

/** Reports ids that two nodes have. */
export function checkIds({ nodes }: Checked): readonly Problem[] {
  const first = new Map<string, string>();
  return nodes.flatMap(({ item: { id }, at }) => {
    const earlier = first.get(id);
    if (earlier === undefined) {
      first.set(id, at);
      return [];
    }
    return [
      error({
        pointer: `${at}/id`,
        code: 'flow/duplicate-id',
        node: id,
        message: `the node at ${earlier} has the id "${id}" already`,
        hint: 'Give each node its own id.',
      }),
    ];
  });
}
