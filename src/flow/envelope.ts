import Joi from 'joi';
import type { FlowDefinition, Problem } from '../contract/index.js';
import { closed } from '../params/fields.js';
import { SETTINGS, TRIGGERS, VARIABLE_DECLARATION } from './envelope-members.js';
import { findUnsafeJson } from './find-unsafe-json.js';
import { problemsOfJoi, validateAll } from './problems-of-joi.js';
import { createDescriptions } from './walk-schema.js';

/** Flow codes and channel ids. */
export const CODE = /^[a-z0-9][a-z0-9-]{0,63}$/;
const NODE_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** How many members lists may have. Longer lists are reported here, because joi would report each member first. */
const MAX_MEMBERS = { triggers: 20, variables: 500, nodes: 5_000, edges: 20_000, notes: 1_000 } as const;

const position = closed({ x: Joi.number().required(), y: Joi.number().required() });
const locales = Joi.object().pattern(Joi.string().max(35), Joi.object().pattern(Joi.string(), Joi.string().allow('')));
const IN_LANGUAGES =
  'The texts of the params by language, each by its JSON Pointer in the params: { "es": { "/message/text": "Hola", "/message/choices/0/title": "Sí" } }.';
const node = closed({
  id: Joi.string().pattern(NODE_ID).required(),
  type: Joi.string().max(64).required(),
  version: Joi.number().integer().min(1),
  name: Joi.string().allow('').max(200),
  remark: Joi.string().allow('').max(2000),
  params: Joi.object().unknown(true).default({}),
  locales: locales.description(IN_LANGUAGES),
  translatedFrom: locales.description(
    'The texts that the translations were made from, by language and pointer, as tools for translators keep them.',
  ),
  position,
});
const edge = closed({ from: Joi.string().required(), port: Joi.string().max(64).required(), to: Joi.string().required() });
const trigger = Joi.object({
  type: Joi.string()
    .valid(...Object.keys(TRIGGERS))
    .required(),
}).when('.type', { switch: Object.entries(TRIGGERS).map(([is, then]) => ({ is, then })), otherwise: Joi.object().unknown(true) });

/** The schema of a flow file. The `params` of nodes are checked by the schemas of their types. */
export const ENVELOPE = closed({
  format: Joi.string().valid('parley/1').required(),
  code: Joi.string().pattern(CODE).required(),
  name: Joi.string().max(200).required(),
  remark: Joi.string().allow('').max(2000),
  triggers: Joi.array().items(trigger).max(MAX_MEMBERS.triggers).required(),
  variables: Joi.array().items(VARIABLE_DECLARATION).max(MAX_MEMBERS.variables),
  settings: SETTINGS,
  nodes: Joi.array().items(node).max(MAX_MEMBERS.nodes).required(),
  edges: Joi.array().items(edge).max(MAX_MEMBERS.edges).required(),
  notes: Joi.array().items(Joi.object().unknown(true)).max(MAX_MEMBERS.notes),
}).required();

/** The check stops reading a flow file after this many problems of form. */
const MAX_PROBLEMS = 1_000;

/** The lists whose members are read one by one. */
const MEMBERS: Readonly<Record<string, Joi.Schema>> = { triggers: trigger, variables: VARIABLE_DECLARATION, nodes: node, edges: edge };

/** Returns the definition in a body, or all problems of its form. The params of nodes are not checked. */
export function readEnvelope(body: unknown): { readonly definition: FlowDefinition } | { readonly problems: readonly Problem[] } {
  const { problems } = envelopeForm(body);
  // Validated again for the default of `params`.
  return problems.length > 0 ? { problems } : { definition: validateAll(ENVELOPE, body).value as FlowDefinition };
}

/** The problems of form of a flow file, except those of the params of its nodes. */
export interface EnvelopeForm {
  readonly problems: readonly Problem[];
  /** The pointers of members that were not read to the end, because there are too many problems. */
  readonly unread: ReadonlySet<string>;
}

/** Returns all problems of form of a flow file, except those of the params of its nodes. `describe` describes schemas, each one once. */
export function envelopeForm(body: unknown, describe = createDescriptions()): EnvelopeForm {
  const foul = findUnsafeJson(body, 'flow');
  if (foul) return { problems: [foul], unread: new Set() };
  const cut = withinLimits(body);
  const problems = [...longLists(body)];
  const unread = new Set<string>();
  const hold = (schema: Joi.Schema, value: unknown, pointer: string) => {
    const { error, isPartial } = validateAll(schema, value);
    if (error) problems.push(...problemsOfJoi(error, { pointer, code: 'flow', schema: () => describe(schema), value }));
    if (isPartial) unread.add(pointer);
  };
  hold(ENVELOPE, withoutMembers(cut), '');
  // Member by member, because joi overflows if one value has some hundred thousand mistakes.
  for (const [name, schema] of Object.entries(MEMBERS))
    for (const [i, one] of listIn(cut, name).entries())
      if (problems.length < MAX_PROBLEMS) hold(schema, one, `/${name}/${i}`);
      else unread.add(`/${name}/${i}`);
  return { problems, unread };
}

function withoutMembers(body: unknown): unknown {
  const lists = Object.keys(MEMBERS).filter((name) => listIn(body, name).length > 0);
  return lists.length === 0 ? body : { ...(body as object), ...Object.fromEntries(lists.map((name) => [name, []])) };
}

/** Returns a list of the body; empty if the body has no such list. */
export function listIn(body: unknown, name: string): readonly unknown[] {
  if (body === null || typeof body !== 'object' || !Object.hasOwn(body, name)) return [];
  const list: unknown = Reflect.get(body, name);
  return Array.isArray(list) ? list : [];
}

/** Returns the body with its lists cut to their maximum, so that joi does not report each further member. */
export function withinLimits(body: unknown): unknown {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return body;
  const lists = new Map<string, number>(Object.entries(MAX_MEMBERS));
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, Array.isArray(value) ? value.slice(0, lists.get(name)) : value]),
  );
}

function longLists(body: unknown): readonly Problem[] {
  return Object.entries(MAX_MEMBERS).flatMap(([name, max]) => {
    const { length } = listIn(body, name);
    if (length <= max) return [];
    const message = `'${name}' has ${length} members`;
    return [{ pointer: `/${name}`, code: 'flow/wrong', message, hint: `Keep "${name}" to at most ${max}.`, severity: 'error' as const }];
  });
}
