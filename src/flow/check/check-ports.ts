import type { Problem } from '../../contract/index.js';
import type { Checked, KnownNode } from './checked.js';
import { error } from './finding.js';

/** The ports that an author has named differ from each other and from those that the node has anyway. */
export function checkPorts({ known }: Checked): readonly Problem[] {
  return known.flatMap(checkDynamicPorts);
}

function checkDynamicPorts({ node, at, type, params }: KnownNode): readonly Problem[] {
  if (params === undefined || !type.dynamicPorts) return [];
  const dynamic = type.dynamicPorts(params);
  const names = dynamic.map(({ name }) => name);
  const fixed = [...type.ports(params)];
  for (const name of new Set(names)) fixed.splice(fixed.indexOf(name), 1);
  return dynamic.flatMap(({ name, pointer }, i) => {
    const taken = fixed.includes(name) && !names.slice(0, i).includes(name);
    if (!taken && names.indexOf(name) === i) return [];
    return [
      error({
        pointer: `${at}/params${pointer}`,
        code: 'flow/port-taken',
        node: node.id,
        message: taken ? `"${name}" is the name of a port that the node has anyway` : `"${name}" is the name of two ports`,
        hint: 'Choose another name.',
      }),
    ];
  });
}
