import { hasOwnPorts, type Problem, portsOf } from '../../contract/index.js';
import type { Checked, KnownNode } from './checked.js';
import { error } from './finding.js';

/** Reports ports that have the name of another port of their node. */
export function checkPorts({ known }: Checked): readonly Problem[] {
  return known.flatMap(checkOwnPorts);
}

function checkOwnPorts({ node, at, type, params }: KnownNode): readonly Problem[] {
  if (params === undefined || !hasOwnPorts(type.ports)) return [];
  const ports = portsOf(type.ports, params);
  const fixed = new Set(ports.filter(({ pointer }) => pointer === undefined).map(({ name }) => name));
  const own = ports.filter(({ pointer }) => pointer !== undefined);
  const names = own.map(({ name }) => name);
  return own.flatMap(({ name, pointer = '' }, i) => {
    const isFirst = names.indexOf(name) === i;
    const taken = fixed.has(name) && isFirst;
    if (!taken && isFirst) return [];
    return [
      error({
        pointer: `${at}/params${pointer}`,
        code: 'flow/port-taken',
        node: node.id,
        message: taken ? `every node of this type has a port "${name}"` : `two ports have the name "${name}"`,
        hint: 'Choose another name.',
      }),
    ];
  });
}
