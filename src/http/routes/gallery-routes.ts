import Joi from 'joi';
import { listTemplates, readTemplate } from '../../manage/gallery.js';
import { pageAnswer } from '../requests.js';
import { answerOf, defineRoute, type Route } from '../route.js';
import { FLOW_DEFINITION } from '../schemas/flow.js';
import { linkTo, listOf, named } from '../schemas/named.js';

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
    related: Joi.array().items(Joi.string()).required().description('The templates whose flows it calls, starts or ends.'),
  },
  {
    id: 'welcome',
    name: 'Welcome',
    remark: 'Greets, asks for a name and a wish',
    triggers: ['TriggeredByWhatsApp'],
    platforms: ['whatsapp'],
    nodes: 9,
    related: [],
  },
);

/** Ready-made flows. */
export function galleryRoutes(parts: Parameters<typeof listTemplates>[0]): readonly Route[] {
  const about = { tag: 'Flows', method: 'get', role: 'viewer' } as const;
  return [
    defineRoute({
      ...about,
      path: '/templates',
      summary: 'List templates',
      answers: { 200: listOf(TEMPLATE) },
      handle: async ({ caller }) => pageAnswer(await listTemplates(parts, caller)),
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
