import type { Problem } from '../../contract/index.js';
import { didYouMean, nearestAmong } from '../nearest.js';
import type { Checked } from './checked.js';
import { error } from './finding.js';

/** Reports unknown node types, and unknown versions of types. */
export function checkNodeTypes({ nodes, world: { nodeTypes } }: Checked): readonly Problem[] {
  const like = nearestAmong(nodeTypes.all.map(({ type }) => type));
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
          hint: `The newest version is ${newest.version}.`,
        }),
      ];
    return [
      error({
        pointer: `${at}/type`,
        code: 'flow/unknown-node-type',
        node: id,
        message: `unknown node type "${type}"`,
        hint: didYouMean(like(type), 'GET /api/node-types lists the node types.'),
      }),
    ];
  });
}
