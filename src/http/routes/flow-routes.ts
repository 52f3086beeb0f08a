import Joi from 'joi';
import type { JsonObject } from '../../contract/index.js';
import type { FlowQuery } from '../../contract/store/index.js';
import { CODE } from '../../flow/envelope.js';
import { SETTINGS } from '../../flow/envelope-members.js';
import { changeFlow, createFlow, deleteFlow, type FlowChange, type FlowParts, listFlows, readFlow } from '../../manage/flows.js';
import type { NewFlow } from '../../manage/new-definition.js';
import { checkedBody } from '../read-call.js';
import { type ListQuery, listQuery, pageAnswer, readList } from '../requests.js';
import { answerOf, defineRoute, type Route } from '../route.js';
import { FLOW, FLOW_DEFINITION, NEW_FLOW } from '../schemas/flow.js';
import { linkTo, listOf } from '../schemas/named.js';

/** The code and name of a new flow. A code that is made from the name gets a number if it is taken. */
const naming = { code: Joi.string().pattern(CODE), name: Joi.string().max(200) };
const COPY = Joi.object({ copyOf: Joi.string().required(), version: Joi.number().integer().min(1), ...naming });
const filling = SETTINGS.optional().description('Settings that the flow gets where the file has none, such as the time zone.');
const FROM_TEMPLATE = Joi.object({
  template: Joi.string().required(),
  related: Joi.boolean().description(
    'Whether the flows of other templates that it calls, starts or ends are created as well, if they are missing. They name each other by the codes that they get.',
  ),
  settings: filling,
  ...naming,
});
const besideFile = { settings: filling, ...naming };
/** In the document. The file itself is checked by the operation, which knows its problems better. */
const FROM_FILE = Joi.object({ definition: linkTo(FLOW_DEFINITION).required(), ...besideFile }).shared(FLOW_DEFINITION);
const FILE = Joi.object({ definition: Joi.any(), ...besideFile });
const BLANK = Joi.object({
  name: Joi.string().max(200).required(),
  code: naming.code,
  remark: Joi.string().allow('').max(2000),
  triggers: Joi.array().items(Joi.object().unknown(true)),
  settings: SETTINGS,
});

type FlowsQuery = ListQuery & Omit<FlowQuery, 'limit' | 'after'>;

/** Flows: create, list, read, change and delete them. */
export function flowRoutes(parts: FlowParts): readonly Route[] {
  const about = { tag: 'Flows' } as const;
  return [
    defineRoute({
      ...about,
      method: 'post',
      path: '/flows',
      role: 'editor',
      summary: 'Create a flow',
      description:
        'Creates it from a flow file, which may have problems, as it is or as `definition`; from a template; as a copy of another flow; or blank, a start that leads to an end. The flow is OFFLINE until its draft is published.',
      body: Joi.alternatives(linkTo(FLOW_DEFINITION), BLANK, FROM_FILE, FROM_TEMPLATE, COPY).shared(FLOW_DEFINITION),
      checksBody: true,
      example: { name: 'Order shipped', triggers: [{ type: 'TriggeredManually' }], settings: { timeZone: 'Europe/Berlin', locale: 'de' } },
      answers: { 201: NEW_FLOW },
      refuses: ['flow/no-template', 'flow/unknown', 'flow/no-version', 'flow/taken', 'flow/invalid', 'http/bad-body'],
      action: 'flow.create',
      handle: async ({ caller, body }) =>
        answerOf(await createFlow(parts, caller, readNewFlow(body)), ({ draft }) => ({ headers: { ETag: `"${draft.revision}"` } })),
    }),
    defineRoute<unknown, FlowsQuery>({
      ...about,
      method: 'get',
      path: '/flows',
      role: 'viewer',
      summary: 'List flows',
      query: listQuery({
        text: Joi.string().max(100).description('A text in code, name or remark.'),
        state: Joi.string().valid('ONLINE', 'OFFLINE'),
        trigger: Joi.string().max(40).description('A trigger type of the draft.'),
        channel: Joi.string().max(64).description('A channel that the flow is bound to.'),
        sort: Joi.string()
          .valid('code', '-code', 'name', '-name', 'updatedAt', '-updatedAt')
          .default('code')
          .description('The order; descending after a hyphen. Names are compared without accents and case.'),
      }),
      answers: { 200: listOf(FLOW) },
      handle: async ({ caller, query }) => pageAnswer(await listFlows(parts, caller, readList(query))),
    }),
    defineRoute({
      ...about,
      method: 'get',
      path: '/flows/{code}',
      role: 'viewer',
      summary: 'Read a flow',
      answers: { 200: FLOW },
      refuses: ['flow/unknown'],
      handle: async ({ caller, name }) => answerOf(await readFlow(parts, caller, { code: name('code') })),
    }),
    defineRoute<FlowChange>({
      ...about,
      method: 'patch',
      path: '/flows/{code}',
      role: 'editor',
      summary: 'Change name, remark or logging',
      description: 'A new name or remark is a save of the draft, whose revision grows.',
      body: Joi.object({ name: Joi.string().max(200), remark: Joi.string().allow('').max(2000), logging: Joi.boolean() }),
      example: { name: 'Welcome', logging: true },
      answers: { 200: FLOW },
      refuses: ['flow/unknown'],
      action: 'flow.change',
      handle: async ({ caller, name, body }) => answerOf(await changeFlow(parts, caller, { ...body, code: name('code') })),
    }),
    defineRoute({
      ...about,
      method: 'delete',
      path: '/flows/{code}',
      role: 'editor',
      summary: 'Delete a flow that is OFFLINE',
      description: 'People already in the flow finish: its versions are kept for them.',
      answers: { 204: undefined },
      refuses: ['flow/unknown', 'flow/online'],
      action: 'flow.delete',
      handle: async ({ caller, name }) => answerOf(await deleteFlow(parts, caller, { code: name('code') })),
    }),
  ];
}

/** Finds out from the members of the body what a new flow is made of. */
function readNewFlow(body: unknown): NewFlow {
  const given = body !== null && typeof body === 'object' && !Array.isArray(body) ? (body as JsonObject) : {};
  if ('format' in given || 'nodes' in given) return { definition: body };
  if ('copyOf' in given) return checkedBody<NewFlow>(given, COPY);
  if ('template' in given) return checkedBody<NewFlow>(given, FROM_TEMPLATE);
  if ('definition' in given) return checkedBody<NewFlow>(given, FILE);
  return 'name' in given ? { blank: given } : { definition: body };
}
