import Joi from 'joi';
import { CODE, ENVELOPE } from '../../flow/envelope.js';
import { linkTo, named } from './named.js';
import { PROBLEM, stampMembers } from './problem.js';
import { SHAPE, shape } from './shape.js';

const time = Joi.string().isoDate();
const state = Joi.string().valid('ONLINE', 'OFFLINE');

/** A flow file. GET /node-types describes what the params of each node type may hold. */
export const FLOW_DEFINITION = ENVELOPE.id('FlowDefinition')
  .description(
    'A flow file in the format parley/1, which docs/flow-format.md explains. GET /api/flow-schema.json also describes the params of each node type.',
  )
  .example({
    format: 'parley/1',
    code: 'hello',
    name: 'Hello',
    triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['hello'] } }],
    nodes: [
      { id: 'start', type: 'start', params: {} },
      { id: 'greet', type: 'send-message', params: { message: { type: 'text', text: "Hello {{ customerName | default: 'there' }}!" } } },
      { id: 'end', type: 'end', params: {} },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'greet' },
      { from: 'greet', port: 'next', to: 'end' },
    ],
  });

const flowMembers = {
  code: Joi.string().pattern(CODE).required(),
  name: Joi.string().required(),
  remark: Joi.string().allow('').required(),
  state: state.required(),
  version: Joi.number().integer().description('The version that is ONLINE.'),
  logging: Joi.boolean().required(),
  draft: Joi.object({
    ...stampMembers,
    changed: Joi.boolean().required().description('Whether the draft differs from the version that is ONLINE.'),
    editor: Joi.string().description('The `Parley-Editor` of the request that saved it.'),
  }).required(),
  channels: Joi.array().items(Joi.string()).required().description('The channels that the flow is bound to.'),
  triggers: Joi.array().items(Joi.object().unknown(true)).required(),
  waiting: Joi.number().integer().required().description('The number of runs in all versions of the flow, queued ones included.'),
  createdAt: time.required(),
  updatedAt: time.required(),
};
const flowExample = {
  code: 'hello',
  name: 'Hello',
  remark: '',
  state: 'ONLINE',
  version: 3,
  logging: true,
  draft: { revision: 7, at: '2026-11-25T09:30:00.000Z', by: 'Grace', changed: false },
  channels: ['wa-main'],
  triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['hello'] } }],
  waiting: 2,
  createdAt: '2026-11-24T09:30:00.000Z',
  updatedAt: '2026-11-25T09:30:00.000Z',
};

export const FLOW = named('Flow', 'A flow with its state, its draft and its channels.', flowMembers, flowExample);

export const NEW_FLOW = named(
  'NewFlow',
  'A flow that was just created, with the problems of its draft.',
  {
    ...flowMembers,
    problems: Joi.array().items(linkTo(PROBLEM)).required(),
    related: Joi.array()
      .items(Joi.string())
      .description('With `related` in the request: the codes of the flows that were created with it.'),
  },
  { ...flowExample, problems: [] },
).shared(PROBLEM);

export const OFFLINE_FLOW = named(
  'OfflineFlow',
  'A flow that was taken offline.',
  { ...flowMembers, ended: Joi.number().integer().required().description('The number of sessions that were ended.') },
  { ...flowExample, state: 'OFFLINE', ended: 2 },
);

const nodeIds = Joi.array().items(Joi.string()).required();

export const FLOW_OUTLINE = named(
  'FlowOutline',
  'What an editor shows of a flow beside its problems.',
  {
    variables: Joi.array()
      .items(
        Joi.object({
          name: Joi.string().required(),
          type: Joi.string().valid('text', 'number', 'boolean', 'date', 'list', 'object').description('Absent if it is not known.'),
          shape: shape.description('What is in a list or an object, as far as it is known.'),
          declared: Joi.boolean().valid(true),
          setBy: nodeIds.description('The ids of the nodes that may set it.'),
          readBy: nodeIds.description('The ids of the nodes that read it.'),
        }),
      )
      .required()
      .description('Declared variables first, then those that nodes set or read. Given variables only if nodes set them.'),
    contact: shape.description('What the contact holds, with the fields that nodes of the flow set; absent if they set none.'),
    unreachable: nodeIds.description('The ids of nodes that cannot be reached from the start.'),
  },
  { variables: [{ name: 'people', type: 'number', declared: true, setBy: ['ask'], readBy: ['booked'] }], unreachable: [] },
).shared(SHAPE);

export const DRAFT_SUMMARY = named(
  'DraftSummary',
  'A draft of a flow, the current one or an earlier one.',
  { ...stampMembers, nodes: Joi.number().integer().required().description('The number of its nodes.') },
  { revision: 7, at: '2026-11-25T09:30:00.000Z', by: 'Grace', nodes: 12 },
);

export const VERSION = named(
  'Version',
  'A published version of a flow. It never changes.',
  {
    version: Joi.number().integer().required(),
    state: Joi.string().valid('ONLINE', 'OFFLINE', 'DELETED').required(),
    remark: Joi.string().allow('').required(),
    publishedAt: time.required(),
    by: Joi.string().allow('').required().description('The name of the key that published it.'),
  },
  { version: 3, state: 'ONLINE', remark: 'Asks for the name', publishedAt: '2026-11-25T09:30:00.000Z', by: 'admin' },
);

/** The sessions that wait in earlier versions, and what becomes of them. */
export const STANDING = Joi.object({
  keep: Joi.number().integer(),
  migrate: Joi.number().integer(),
  end: Joi.number().integer(),
  ended: Joi.number().integer().description('The number of sessions that were ended.'),
  positions: Joi.array()
    .items(
      Joi.object({ version: Joi.number().integer().required(), node: Joi.string().required(), waiting: Joi.number().integer().required() }),
    )
    .required(),
}).description(
  'The number of sessions in earlier versions, as a member named after what was requested for them, and the nodes where they wait.',
);
