import type { Problem } from '../../contract/index.js';
import { OTHER_NODE_TYPES } from '../../params/other-names.js';
import { meantAmong } from '../../text/meant-name.js';
import { replaced } from '../mends/mend.js';
import { didYouMean, nearestAmong } from '../nearest.js';
import type { Checked } from './checked.js';
import { error } from './finding.js';

/** Reports unknown node types, and unknown versions of types. */
export function checkNodeTypes({ nodes, world: { nodeTypes } }: Checked): readonly Problem[] {
  const names = nodeTypes.all.map(({ type }) => type);
  const [like, meant] = [nearestAmong(names), meantAmong(names, OTHER_NODE_TYPES)];
  const hasStart = nodes.some(({ item }) => nodeTypes.get(item.type)?.startsFlow);
  return nodes.flatMap(({ item: { id, type, version }, at }) => {
    if (nodeTypes.get(type, version)) return [];
    const newest = nodeTypes.get(type);
    if (newest)
      return [
        error({
          pointer: `${at}/version`,
          code: 'flow/unknown-node-version',
          node: id,
          message: `"${type}" has no version ${version}`,
          ...replaced(`${at}/version`, newest.version),
          hint: `The newest version is ${newest.version}.`,
        }),
      ];
    const [name, near] = [meant(type), like(type)];
    const isSecondStart = name !== undefined && hasStart && nodeTypes.get(name)?.startsFlow === true;
    return [
      error({
        pointer: `${at}/type`,
        code: 'flow/unknown-node-type',
        node: id,
        message: `unknown node type "${type}"`,
        ...(name === undefined || isSecondStart ? {} : replaced(`${at}/type`, name)),
        hint: didYouMean(name ?? near, 'GET /api/node-types lists the node types.'),
      }),
    ];
  });
}
