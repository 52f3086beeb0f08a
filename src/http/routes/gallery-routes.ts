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
  'A node type: its ports, its params as JSON Schema, and what a form needs to know of them.',
  {
    type: Joi.string().required(),
    version: Joi.number().integer().required(),
    title: Joi.string().required(),
    group: Joi.string().required(),
    ports: Joi.array().items(Joi.string()).required().description('With the params at their defaults.'),
    dynamicPorts: Joi.boolean().required().description('Are there ports that come from the params?'),
    schema: Joi.object().unknown(true).required().description('JSON Schema 2020-12.'),
    form: Joi.object().unknown(true).required().description("joi's own description, with labels and sentences."),
  },
  {
    type: 'jump',
    version: 1,
    title: 'Jump',
    group: 'core',
    ports: ['jump', 'next'],
    dynamicPorts: false,
    schema: { type: 'object' },
    form: { type: 'object' },
  },
);
const TEMPLATE = named(
  'Template',
  'A flow to begin with.',
  { id: Joi.string().required(), name: Joi.string().required(), remark: Joi.string().allow('').required() },
  { id: 'welcome', name: 'Welcome', remark: 'Greets, asks for a name and a wish' },
);

/** What flows are made of and begun with: node types and templates. */
export function galleryRoutes({ nodeTypes }: { readonly nodeTypes: NodeTypes }): readonly Route[] {
  const about = { tag: 'Flows', method: 'get', role: 'viewer' } as const;
  return [
    defineRoute({
      ...about,
      path: '/node-types',
      summary: 'List the node types',
      answers: { 200: listOf(NODE_TYPE) },
      handle: async () => ({ body: { items: nodeTypes.all.map(describeNodeType) } }),
    }),
    defineRoute({
      ...about,
      path: '/templates',
      summary: 'List the templates',
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
