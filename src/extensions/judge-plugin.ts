import Joi from 'joi';
import type { Plugin } from '../contract/index.js';
import { joiSchema } from './joi-schema.js';
import { isObject, messagesOf } from './mistakes.js';

/** The schema of the name of a node type, a service or an adapter. */
export const name = Joi.string()
  .max(64)
  .pattern(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  .messages({ 'string.pattern.base': '{{#label}} must be in kebab-case, but is {{#value}}' });
const call = Joi.function();
const yes = Joi.boolean().valid(true);

const pointer = Joi.string()
  .pattern(/^\//)
  .messages({ 'string.pattern.base': '{{#label}} must be a JSON Pointer such as /branches, and is {{#value}}' });
const pointers = Joi.alternatives(pointer, Joi.array().items(pointer));
const PORT_RULE = Joi.alternatives().conditional('.each', {
  is: Joi.exist(),
  then: Joi.object({
    each: pointer.required(),
    where: Joi.array().items(Joi.object({ pointer: pointer.required(), is: Joi.array() })),
    optional: yes,
    name: pointer.required(),
    title: pointer,
  }),
  otherwise: Joi.object({
    name: Joi.string().max(64).required(),
    title: Joi.string().max(200),
    titleAt: pointer,
    kind: Joi.string().valid('way', 'failure', 'time'),
    when: pointers,
    unless: pointers,
  }),
});

const NODE = Joi.object({
  type: name.required(),
  version: Joi.number().integer().min(1).required(),
  title: Joi.string().max(100).required(),
  sentence: Joi.string().max(300).required(),
  words: Joi.array().items(Joi.string().max(40)),
  icon: Joi.string()
    .pattern(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .messages({ 'string.pattern.base': '{{#label}} must be the name of a Tabler icon such as message-circle, and is {{#value}}' }),
  blank: Joi.object().unknown(true),
  summary: Joi.array().items(pointer),
  group: Joi.string().valid('messaging', 'core', 'intelligence', 'contact').required(),
  params: joiSchema('object').required(),
  ports: Joi.array().items(PORT_RULE).required(),
  enter: call.required(),
  on: Joi.object({ message: call, timeout: call, receipt: call, result: call, operator: call, returned: call, failed: call }),
  takesReactions: call,
  notAccepted: call,
  waitsFor: call,
  timeoutPorts: call,
  longestWait: call,
  needsWindow: call,
  sets: call,
  setTypes: call,
  check: call,
  upgrade: call,
  keepsMemory: yes,
  startsFlow: yes,
  endsFlow: yes,
  boundsLoops: yes,
}).unknown(true);

const PLUGIN = Joi.object({
  node: NODE.required(),
  earlier: Joi.array().items(NODE),
  service: Joi.object({
    name: name.required(),
    input: joiSchema().required(),
    call,
    settings: Joi.array().items(Joi.string()),
    open: call,
  })
    .xor('call', 'open')
    .unknown(true),
});

/** Returns the reasons why a host refuses this plugin. Empty if it does not. */
export function mistakesInPlugin(plugin: unknown): readonly string[] {
  if (!isObject(plugin) || !isObject(Reflect.get(plugin, 'node'))) return ['it is not a plugin: use definePlugin({ node })'];
  const mistakes = messagesOf(PLUGIN.validate(plugin, { abortEarly: false, convert: false, errors: { label: 'path' } }).error);
  return mistakes.length > 0 ? mistakes : versionMistakes(plugin as unknown as Plugin);
}

/** Returns what is wrong with the versions of a plugin: flows must be able to go from each to the next. */
function versionMistakes({ node, earlier = [] }: Plugin): readonly string[] {
  const versions = [...earlier, node].sort((a, b) => a.version - b.version);
  return versions.flatMap(({ type, version, upgrade }, i) => [
    ...(type === node.type ? [] : [`"earlier" has the node type ${type} instead of ${node.type}`]),
    ...(versions[i + 1]?.version === version ? [`version ${version} is there twice`] : []),
    ...(i > 0 && !upgrade ? [`version ${version} has no "upgrade"`] : []),
    ...(i === versions.length - 1 && version !== node.version ? [`"node" is not the newest version`] : []),
  ]);
}

/** Returns what a plugin has in common with other plugins: its node type, or its service. */
export function takenTwice(plugin: Plugin, others: readonly Plugin[]): readonly string[] {
  const { service } = plugin;
  const keysOf = ({ node: latest, earlier = [] }: Plugin) => [latest, ...earlier].map(({ type, version }) => `${type}@${version}`);
  const taken = new Set(others.flatMap(keysOf));
  const hasSameService = service !== undefined && others.some((one) => one.service?.name === service.name);
  return [
    ...keysOf(plugin).flatMap((key) => (taken.has(key) ? [`the node type ${key} exists already`] : [])),
    ...(hasSameService ? [`the service ${service.name} exists already`] : []),
  ];
}
