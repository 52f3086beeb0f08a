import type { NodeType, Plugin } from '../contract/index.js';
import { createPatterns } from '../text/pattern.js';
import type { NodeTypes } from './program.js';
import { createDescriptions } from './walk-schema.js';

/**
 * Makes the registry of node types from a list of plugins.
 *
 * @throws Error if two plugins have the same type and version.
 */
export function createNodeTypes(plugins: readonly Plugin[]): NodeTypes {
  const byKey = new Map<string, NodeType>();
  const newest = new Map<string, NodeType>();
  for (const node of plugins.flatMap(({ node: latest, earlier = [] }) => [latest, ...earlier])) {
    const key = `${node.type}@${node.version}`;
    if (byKey.has(key)) throw new Error(`two plugins have the node type ${key}`);
    byKey.set(key, node);
    if ((newest.get(node.type)?.version ?? 0) < node.version) newest.set(node.type, node);
  }
  return {
    get: (type, version) => (version === undefined ? newest.get(type) : byKey.get(`${type}@${version}`)),
    all: [...newest.values()],
    describe: createDescriptions(),
    patterns: createPatterns(),
  };
}
