import type { AnyNodeType, Json, JsonObject } from '../../contract/index.js';
import { ENVELOPE } from '../envelope.js';
import type { NodeTypes } from '../program.js';
import { jsonSchema } from './json-schema.js';
import { shareRepeated } from './share-repeated.js';

/**
 * Returns the JSON Schema (2020-12) of a whole flow file, with the params of every node type of this host. It refuses flows with problems of
 * form, and no others: only the check looks at the graph, names and templates.
 */
export function flowSchema(nodeTypes: NodeTypes): JsonObject {
  const { properties, ...envelope } = jsonSchema(ENVELOPE) as JsonObject & { readonly properties: JsonObject };
  const { nodes } = properties as { readonly nodes: JsonObject };
  const types = nodeTypes.all.map((newest) => ({ newest, versions: versionsOf(newest, nodeTypes) }));
  const definitions = Object.assign({}, ...types.flatMap(({ versions }) => versions.map(paramsDefinition))) as JsonObject;
  return shareRepeated({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Parley flow',
    description: 'A flow file of Parley, format parley/1. docs/flow-format.md explains each part.',
    ...envelope,
    properties: { ...properties, nodes: { ...nodes, items: { $ref: '#/$defs/node' } } },
    $defs: { node: nodeSchema(nodes['items'] as JsonObject, types), ...definitions },
  });
}

interface TypeVersions {
  readonly newest: AnyNodeType;
  readonly versions: readonly AnyNodeType[];
}

function versionsOf(newest: AnyNodeType, nodeTypes: NodeTypes): readonly AnyNodeType[] {
  return Array.from({ length: newest.version }, (_, i) => nodeTypes.get(newest.type, i + 1)).filter((one) => one !== undefined);
}

function nameOf({ type, version }: AnyNodeType): string {
  return `params of ${type}@${version}`;
}

function refTo(node: AnyNodeType): JsonObject {
  return { $ref: `#/$defs/${encodeURIComponent(nameOf(node))}` };
}

/** Returns the schema of a node type's params and its named parts, with links that point at their new places. */
function paramsDefinition(node: AnyNodeType): JsonObject {
  const { $defs = {}, ...own } = jsonSchema(node.params) as JsonObject & { readonly $defs?: JsonObject };
  const prefix = `${node.type}@${node.version} `;
  const moved = (schema: Json): Json =>
    JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/$defs/', `"$ref":"#/$defs/${encodeURIComponent(prefix)}`)) as Json;
  return {
    [nameOf(node)]: moved(own),
    ...Object.fromEntries(Object.entries($defs).map(([name, schema]) => [`${prefix}${name}`, moved(schema as Json)])),
  };
}

/** Returns the schema of a node: its type decides which versions and params are valid. */
function nodeSchema(drawn: JsonObject, types: readonly TypeVersions[]): JsonObject {
  const { properties } = drawn as { readonly properties: JsonObject };
  const { default: _, ...params } = properties['params'] as JsonObject;
  return {
    ...drawn,
    properties: { ...properties, type: { enum: types.map(({ newest }) => newest.type) }, params },
    allOf: types.flatMap(({ newest, versions }) => [
      {
        if: { type: 'object', properties: { type: { const: newest.type } }, required: ['type'] },
        then: { properties: { version: { enum: versions.map(({ version }) => version) } }, allOf: paramsByVersion(newest, versions) },
      },
    ]),
  };
}

/** Returns a condition for each version. A node without a version has the newest. */
function paramsByVersion(newest: AnyNodeType, versions: readonly AnyNodeType[]): Json {
  return versions.map((node) => {
    const isVersion = { properties: { version: { const: node.version } }, ...(node === newest ? {} : { required: ['version'] }) };
    const mayLack = node.params.validate({}).error === undefined;
    return { if: isVersion, then: { properties: { params: refTo(node) }, ...(mayLack ? {} : { required: ['params'] }) } };
  });
}
