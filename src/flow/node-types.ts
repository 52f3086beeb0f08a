import type { NodeType, Plugin } from '../contract/index.js';
import { createPatterns } from '../text/pattern.js';
import type { NodeTypes } from './program.js';
import { createDescriptions } from './walk-schema.js';

/** Node types to which others can be added. */
export interface GrowingNodeTypes extends NodeTypes {
  /** @throws Error if a plugin with this type and version is there already. */
  add(plugin: Plugin): void;
}

/**
 * Makes the registry of node types from a list of plugins. Types that are named in `order` come first, in this order, whenever they are added.
 *
 * @throws Error if two plugins have the same type and version.
 */
export function createNodeTypes(plugins: readonly Plugin[], order: readonly string[] = []): GrowingNodeTypes {
  const byKey = new Map<string, NodeType>();
  const newest = new Map<string, NodeType>();
  const places = new Map(order.map((type, place) => [type, place]));
  const placeOf = ({ type }: NodeType) => places.get(type) ?? places.size;
  let all: readonly NodeType[] = [];
  function add({ node: latest, earlier = [] }: Plugin): void {
    for (const node of [latest, ...earlier]) {
      const key = `${node.type}@${node.version}`;
      if (byKey.has(key)) throw new Error(`two plugins have the node type ${key}`);
      byKey.set(key, node);
      if ((newest.get(node.type)?.version ?? 0) < node.version) newest.set(node.type, node);
    }
    all = [...newest.values()].sort((a, b) => placeOf(a) - placeOf(b));
  }
  for (const plugin of plugins) add(plugin);
  return {
    add,
    get: (type, version) => (version === undefined ? newest.get(type) : byKey.get(`${type}@${version}`)),
    get all() {
      return all;
    },
    describe: createDescriptions(),
    patterns: createPatterns(),
  };
}
