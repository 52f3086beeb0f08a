import type { Json, NodeType } from '../contract/index.js';
import { jsonSchema, regexAsText } from './schema/json-schema.js';

/** What the console and other programs learn of a node type: its ports, its params as JSON Schema, and joi's own description for the form. */
export interface NodeDescriptor {
  readonly type: string;
  readonly version: number;
  readonly title: string;
  readonly group: string;
  /** With the params at their defaults; `dynamic` ones come from the params. */
  readonly ports: readonly string[];
  readonly dynamicPorts: boolean;
  readonly schema: Json;
  readonly form: Json;
}

export function describeNodeType(nodeType: NodeType<unknown>): NodeDescriptor {
  const { type, version, title, group, params } = nodeType;
  return {
    type,
    version,
    title,
    group,
    ports: fixedPorts(nodeType),
    dynamicPorts: nodeType.dynamicPorts !== undefined,
    schema: jsonSchema(params),
    form: JSON.parse(JSON.stringify(params.describe(), regexAsText)) as Json,
  };
}

/** The ports that a node has before anybody has filled in its form. */
function fixedPorts({ params, ports }: NodeType<unknown>): readonly string[] {
  const { value } = params.validate({}, { abortEarly: false });
  for (const empty of [value, { branches: [] }]) {
    try {
      return ports(empty);
    } catch {
      // A type that reads its ports from params that nobody has filled in yet.
    }
  }
  return [];
}
