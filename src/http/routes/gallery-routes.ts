import Joi from 'joi';
import { describeNodeType } from '../../flow/describe.js';
import type { NodeTypes } from '../../flow/program.js';
import { listTemplates, readTemplate } from '../../manage/templates.js';
import { pageAnswer } from '../requests.js';
import { answerOf, defineRoute, type Route } from '../route.js';
import { FLOW_DEFINITION } from '../schemas/flow.js';
import { linkTo, listOf, named } from '../schemas/named.js';

const NODE_TYPE = named(
  'NodeType',
  'A node type with its ports, and its params as JSON Schema and as a form.',
  {
    type: Joi.string().required(),
    version: Joi.number().integer().required(),
    title: Joi.string().required(),
    group: Joi.string().required(),
    ports: Joi.array().items(Joi.string()).required().description('The ports if all params have their defaults.'),
    dynamicPorts: Joi.boolean().required().description('Whether the params add ports.'),
    schema: Joi.object().unknown(true).required().description('JSON Schema 2020-12.'),
    form: Joi.object().unknown(true).required().description('The params as a form: a tree of fields with labels, sentences and values.'),
  },
  {
    type: 'jump',
    version: 1,
    title: 'Jump',
    group: 'core',
    ports: ['jump', 'next'],
    dynamicPorts: false,
    schema: { type: 'object' },
    form: { kind: 'object', fields: [] },
  },
);
const TEMPLATE = named(
  'Template',
  'A ready-made flow to begin with.',
  {
    id: Joi.string().required(),
    name: Joi.string().required(),
    remark: Joi.string().allow('').required(),
    triggers: Joi.array().items(Joi.string()).required().description('The types of its triggers.'),
    platforms: Joi.array().items(Joi.string()).required().description('The platforms of its message triggers.'),
    nodes: Joi.number().integer().required().description('The number of its nodes.'),
  },
  {
    id: 'welcome',
    name: 'Welcome',
    remark: 'Greets, asks for a name and a wish',
    triggers: ['TriggeredByWhatsApp'],
    platforms: ['whatsapp'],
    nodes: 9,
  },
);

/** Node types and templates. */
export function galleryRoutes({ nodeTypes }: { readonly nodeTypes: NodeTypes }): readonly Route[] {
  const about = { tag: 'Flows', method: 'get', role: 'viewer' } as const;
  return [
    defineRoute({
      ...about,
      path: '/node-types',
      summary: 'List node types',
      answers: { 200: listOf(NODE_TYPE) },
      handle: async () => ({ body: { items: nodeTypes.all.map(describeNodeType) } }),
    }),
    defineRoute({
      ...about,
      path: '/templates',
      summary: 'List templates',
      answers: { 200: listOf(TEMPLATE) },
      handle: async ({ caller }) => pageAnswer(await listTemplates({}, caller)),
    }),
    defineRoute({
      ...about,
      path: '/templates/{id}',
      summary: 'Read a template',
      answers: {
        200: Joi.object({ id: Joi.string().required(), definition: linkTo(FLOW_DEFINITION).required() }).shared(FLOW_DEFINITION),
      },
      refuses: ['flow/no-template'],
      handle: async (call) => answerOf(await readTemplate({}, call.caller, { id: call.name('id') })),
    }),
  ];
}
