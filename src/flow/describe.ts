import { type AnyNodeType, type Field, hasOwnPorts, type Json, portsOf } from '../contract/index.js';
import { formOf } from './form/form-of.js';
import { jsonSchema } from './schema/json-schema.js';

/** A node type as the API shows it: its ports, its params as JSON Schema and as a form. */
export interface NodeDescriptor {
  readonly type: string;
  readonly version: number;
  readonly title: string;
  readonly group: string;
  /** The ports of a node whose params have their defaults. */
  readonly ports: readonly string[];
  /** Whether there are also ports that the author names. */
  readonly dynamicPorts: boolean;
  readonly schema: Json;
  readonly form: Field;
}

export function describeNodeType(nodeType: AnyNodeType): NodeDescriptor {
  const { type, version, title, group, ports, params } = nodeType;
  return {
    type,
    version,
    title,
    group,
    ports: portsOf(ports, params.validate({}, { abortEarly: false }).value).map(({ name }) => name),
    dynamicPorts: hasOwnPorts(ports),
    schema: jsonSchema(params),
    form: formOf(params),
  };
}
