import type { Problem } from '../../contract/index.js';
import type { Checked } from './checked.js';
import { error } from './finding.js';

/** Each node has an id of its own. */
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
        message: `the id "${id}" is taken by the node at ${earlier}`,
        hint: 'Give this node an id of its own.',
      }),
    ];
  });
}
