import type { Json } from '../contract/index.js';
import type { NodeTypes } from './program.js';

/** The params of a node, and the version of the node type that they are for. */
export interface VersionedParams {
  readonly version: number;
  readonly params: Json;
}

/** Returns the params of a node as the newest version of its type has them; undefined if a step between the versions is missing. */
export function upgraded(type: string, from: VersionedParams, nodeTypes: NodeTypes): VersionedParams | undefined {
  const newest = nodeTypes.get(type)?.version ?? 0;
  if (!nodeTypes.get(type, from.version)) return undefined;
  let { params } = from;
  for (let version = from.version + 1; version <= newest; version += 1) {
    const next = nodeTypes.get(type, version);
    if (!next?.upgrade) return undefined;
    params = next.upgrade(params);
  }
  return { version: newest, params };
}
