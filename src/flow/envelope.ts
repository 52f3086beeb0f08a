import Joi from 'joi';
import type { FlowDefinition, Problem } from '../contract/index.js';
import { closed } from '../params/fields.js';
import { findUnsafeJson } from './find-unsafe-json.js';
import { problemsOfJoi, validateAll } from './problems-of-joi.js';
import { createDescriptions } from './walk-schema.js';

/** Flow codes and channel ids. */
export const CODE = /^[a-z0-9][a-z0-9-]{0,63}$/;
const NODE_ID = /^[A-Za-z0-9_-]{1,64}$/;
const VARIABLE = /^(?!__proto__$)[A-Za-z_][A-Za-z0-9_]*$/;

/** How many members lists may have. Longer lists are reported here, because joi would report each member first. */
const MAX_MEMBERS = { triggers: 20, variables: 500, nodes: 5_000, edges: 20_000, notes: 1_000 } as const;

const position = closed({ x: Joi.number().required(), y: Joi.number().required() });
const node = closed({
  id: Joi.string().pattern(NODE_ID).required(),
  type: Joi.string().max(64).required(),
  version: Joi.number().integer().min(1),
  name: Joi.string().allow('').max(200),
  remark: Joi.string().allow('').max(2000),
  params: Joi.object().unknown(true).default({}),
  locales: Joi.object().pattern(Joi.string().max(35), Joi.object().pattern(Joi.string(), Joi.string().allow(''))),
  position,
});
const edge = closed({ from: Joi.string().required(), port: Joi.string().max(64).required(), to: Joi.string().required() });
const match = closed({
  keywords: Joi.array().items(Joi.string().max(100)).min(1),
  keywordMode: Joi.string().valid('firstWord', 'onlyWord', 'anywhere'),
  regex: Joi.string().max(500),
  messageTypes: Joi.array().items(Joi.string().max(40)).min(1),
  referral: Joi.alternatives(Joi.boolean().valid(true), closed({ sourceId: Joi.string().required() })),
  contexts: Joi.array().items(Joi.string().max(500)).min(1),
  events: Joi.array()
    .items(Joi.string().valid('conversation_started', 'subscribed', 'linked'))
    .min(1),
});
const byMessage = {
  match,
  priority: Joi.number().integer().min(-1000).max(1000),
  onBusy: Joi.string().valid('ignore', 'interrupt', 'queue', 'background'),
};
/** The triggers of flows, by type. */
export const TRIGGERS: Readonly<Record<string, Joi.ObjectSchema>> = {
  TriggeredManually: closed({ type: Joi.string().required(), onBusy: Joi.string().valid('ignore', 'interrupt', 'queue', 'background') }),
  TriggeredByWhatsApp: closed({ type: Joi.string().required(), ...byMessage }),
  TriggeredByViber: closed({ type: Joi.string().required(), ...byMessage }),
  TriggeredByFlow: closed({ type: Joi.string().required() }),
};
const trigger = Joi.object({
  type: Joi.string()
    .valid(...Object.keys(TRIGGERS))
    .required(),
}).when('.type', { switch: Object.entries(TRIGGERS).map(([is, then]) => ({ is, then })), otherwise: Joi.object().unknown(true) });
/** A declared variable. */
export const VARIABLE_DECLARATION = closed({
  name: Joi.string().pattern(VARIABLE).max(64).required().description('Letters, digits and underscores, as templates read it.'),
  type: Joi.string()
    .valid('text', 'number', 'boolean', 'date', 'list', 'object')
    .required()
    .description('A value of another type is converted, or refused if it comes from outside and cannot be.'),
  default: Joi.any().description('The value at the beginning of a run; null by default.'),
  input: Joi.boolean().description('Whether starts by the API and calling flows may set it.'),
  required: Joi.boolean().description('Whether they must set it; a default makes up for it.'),
  title: Joi.string().allow('').max(200).description('Shown in forms instead of the name.'),
});
/** The settings of a flow. */
export const SETTINGS = closed({
  onError: Joi.string()
    .allow('')
    .max(1000)
    .description('Sent when a run ends because something failed and no edge leads on. Without it nothing is sent.'),
  maxSteps: Joi.number()
    .integer()
    .min(1)
    .max(1000)
    .description('How many nodes one turn may go through; 100 by default. More end the run with onError.'),
  timeZone: Joi.string()
    .max(64)
    .description(
      'For dates without an offset, waits and rules: a name such as Europe/Berlin. By default the setting TIME_ZONE of the host.',
    ),
  locale: Joi.string()
    .max(35)
    .description('The translation for contacts whose language has none. It also decides how a number such as 1.000 is read.'),
  campaignVariables: Joi.boolean().description('Reserved for campaigns.'),
});

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

/** Returns all problems of form of a flow file, except those of the params of its nodes. */
export function envelopeForm(body: unknown): EnvelopeForm {
  const foul = findUnsafeJson(body, 'flow');
  if (foul) return { problems: [foul], unread: new Set() };
  const cut = withinLimits(body);
  const problems = [...longLists(body)];
  const unread = new Set<string>();
  const describe = createDescriptions();
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
