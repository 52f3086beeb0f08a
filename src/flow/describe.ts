import type { AnyNodeType, Field, JsonObject, PortRule } from '../contract/index.js';
import { SETTINGS, TRIGGERS, VARIABLE_DECLARATION } from './envelope-members.js';
import { formOf } from './form/form-of.js';

/** A node type as the API shows it: what an editor needs to offer it, to draw its nodes and to fill in their params. */
export interface NodeDescriptor {
  readonly type: string;
  readonly version: number;
  readonly title: string;
  readonly sentence: string;
  readonly words: readonly string[];
  readonly group: AnyNodeType['group'];
  readonly icon: string;
  readonly ports: readonly PortRule[];
  /** What a new node has. */
  readonly blank: { readonly params: JsonObject };
  readonly summary: readonly string[];
  readonly startsFlow?: true;
  readonly endsFlow?: true;
  readonly form: Field;
}

const ICONS: Readonly<Record<AnyNodeType['group'], string>> = {
  messaging: 'message',
  core: 'puzzle',
  intelligence: 'brain',
  contact: 'user',
};

export function describeNodeType(nodeType: AnyNodeType): NodeDescriptor {
  const { type, version, title, sentence, group, ports, params, startsFlow, endsFlow } = nodeType;
  const { words = [], icon = ICONS[group], blank = {}, summary = [] } = nodeType;
  return {
    type,
    version,
    title,
    sentence,
    words,
    group,
    icon,
    ports,
    blank: { params: blank },
    summary,
    ...(startsFlow ? { startsFlow } : {}),
    ...(endsFlow ? { endsFlow } : {}),
    form: formOf(params),
  };
}

/** The forms of what a flow has beside its nodes. */
export interface FlowForm {
  /** By type; without the member `type`. */
  readonly triggers: Readonly<Record<string, Field>>;
  readonly variable: Field;
  readonly settings: Field;
}

export function describeFlowForm(): FlowForm {
  const triggers = Object.entries(TRIGGERS).map(([type, schema]) => [type, withoutType(formOf(schema))] as const);
  return { triggers: Object.fromEntries(triggers), variable: formOf(VARIABLE_DECLARATION), settings: formOf(SETTINGS) };
}

function withoutType({ fields = [], ...field }: Field): Field {
  return { ...field, fields: fields.filter(({ name }) => name !== 'type') };
}
