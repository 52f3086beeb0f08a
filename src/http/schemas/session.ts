import Joi from 'joi';
import { named } from './named.js';

const time = Joi.string().isoDate();
const whole = Joi.number().integer();

export const CONTACT = named(
  'Contact',
  'A person on all platforms. The id is also the id of their session.',
  {
    id: Joi.string().required(),
    name: Joi.string().allow(''),
    language: Joi.string().allow(''),
    timeZone: Joi.string().allow(''),
    identities: Joi.array().items(Joi.string()).required(),
    fields: Joi.object().unknown(true).required(),
    groups: Joi.array().items(Joi.string()).required().description('The codes of the groups that the person is in.'),
    memberships: Joi.array()
      .items(Joi.object({ group: Joi.string().required(), since: time.required() }))
      .required()
      .description('The same groups, each with the time since when the person has been in it.'),
    optOut: Joi.object({ whatsapp: Joi.boolean(), viber: Joi.boolean() })
      .required()
      .description('The platforms on which the person wants no messages.'),
    optOutSince: Joi.object({ whatsapp: time, viber: time })
      .required()
      .description('When the person opted out; absent for an opt-out that an earlier release stored.'),
    createdAt: time.required(),
  },
  {
    id: 's0m3jx1',
    name: 'Ada',
    language: 'en',
    identities: ['whatsapp:4915112345678', 'phone:+4915112345678'],
    fields: { plan: 'gold' },
    groups: ['vip'],
    memberships: [{ group: 'vip', since: '2026-11-24T09:31:00.000Z' }],
    optOut: { viber: true },
    optOutSince: { viber: '2026-11-25T08:00:00.000Z' },
    createdAt: '2026-11-24T09:30:00.000Z',
  },
);

export const GROUP = named(
  'Group',
  'A group that somebody is in.',
  {
    code: Joi.string().required(),
    members: whole.required().description('How many contacts are in it.'),
  },
  { code: 'vip', members: 12 },
);

const frame = Joi.object({
  flow: Joi.string(),
  version: whole,
  node: Joi.string(),
  waitingFor: Joi.string().valid('message', 'sent', 'delivered', 'read', 'call', 'return', 'operator', 'time'),
  until: time,
  variables: Joi.object().unknown(true),
  dialog: Joi.string().description('The id of a dialog written in TypeScript. Such a frame has no other member.'),
});

export const SESSION = named(
  'Session',
  "A contact's conversation: the runs in it, and where they stand.",
  {
    id: Joi.string().required(),
    contact: Joi.string().required(),
    status: Joi.string().valid('idle', 'waiting', 'operator').required(),
    handOver: Joi.object({
      queue: Joi.string().allow('').required(),
      note: Joi.string().allow('').required(),
      since: time.required(),
      channel: Joi.string().required().description('Where the person wrote last.'),
      flow: Joi.string().required(),
      run: Joi.string().description('The run that waits until the talk is given back.'),
    }).description('With the status `operator`: what the person is handed over for.'),
    runs: Joi.array()
      .items(
        Joi.object({
          id: Joi.string().required(),
          place: Joi.string().valid('foreground', 'background', 'queued').required(),
          startedBy: Joi.string().required(),
          frames: Joi.array().items(frame).required().description('The flows of the run; a called flow comes after its caller.'),
        }),
      )
      .required(),
    updatedAt: time.required(),
  },
  {
    id: 's0m3jx1',
    contact: 's0m3jx1',
    status: 'waiting',
    runs: [
      {
        id: 's0m3jx1.4',
        place: 'foreground',
        startedBy: 'message:wamid.HBg',
        frames: [
          {
            flow: 'welcome',
            version: 3,
            node: 'name',
            waitingFor: 'message',
            until: '2026-11-25T09:40:00.000Z',
            variables: { customerName: 'Ada' },
          },
        ],
      },
    ],
    updatedAt: '2026-11-25T09:30:00.000Z',
  },
);

export const MESSAGE = named(
  'Message',
  'A message that came in or went out, with its status.',
  {
    id: Joi.string().required(),
    at: time.required(),
    direction: Joi.string().valid('in', 'out').required(),
    channel: Joi.string().required(),
    type: Joi.string().required(),
    text: Joi.string().allow('').description('The words of the message, to show in a list.'),
    message: Joi.object()
      .unknown(true)
      .description(
        'The whole message: choices, addresses and template values of one that went out; what was tapped or attached of one that came in.',
      ),
    before: Joi.array()
      .items(Joi.object().unknown(true))
      .description('The parts that were sent before this one because the text was too long for one message.'),
    status: Joi.string().valid('received', 'queued', 'sent', 'delivered', 'read', 'failed', 'skipped').required(),
    providerId: Joi.string(),
    error: Joi.object({ kind: Joi.string().required(), code: Joi.string().required(), message: Joi.string().allow('').required() }).unknown(
      true,
    ),
    skipped: Joi.object({ code: Joi.string().required(), reason: Joi.string().required() }).description(
      'Why it was never sent: the window was closed, the contact has no address there, or the message was empty.',
    ),
    waitingBecause: Joi.string().allow('').description('Why it is still queued after an attempt.'),
    flow: Joi.string(),
    version: whole,
    node: Joi.string(),
    by: Joi.string().description('The operator who has sent it.'),
    place: Joi.string().required().description('Its place in the session: the turn, and its number within the turn.'),
  },
  {
    id: 's0m3jx1.4.1',
    at: '2026-11-25T09:30:00.000Z',
    direction: 'out',
    channel: 'wa-main',
    type: 'text',
    text: 'Hello Ada! What is your name?',
    status: 'delivered',
    providerId: 'wamid.HBgN',
    flow: 'welcome',
    version: 3,
    node: 'ask',
    place: '4.2',
  },
);

export const TURN = named(
  'Turn',
  'The record of one event: what was tried, what was decided and why, the nodes on the path, and the effects.',
  {
    turn: whole.required(),
    at: time.required(),
    event: Joi.object({
      id: Joi.string().required(),
      type: Joi.string().required(),
      usage: Joi.object({ input: Joi.number().required(), output: Joi.number().required(), cost: Joi.number() }).description(
        'For the answer of a language model: the tokens that it has read and written, and what they cost if the node has prices.',
      ),
      by: Joi.string().description('The operator, system or flow that it came from.'),
    }).required(),
    decision: Joi.object({
      kind: Joi.string().required(),
      reason: Joi.string().allow('').required(),
      tried: Joi.array()
        .items(Joi.object({ flow: Joi.string().required(), matched: Joi.boolean().required(), why: Joi.string().required() }))
        .required(),
    }).required(),
    path: Joi.array()
      .items(
        Joi.object({
          flow: Joi.string().required(),
          version: whole.required(),
          node: Joi.string().required(),
          port: Joi.string().description('Absent if the turn ended at the node.'),
        }),
      )
      .required(),
    effects: Joi.array()
      .items(
        Joi.object({
          id: Joi.string().required(),
          kind: Joi.string().valid('send', 'typing', 'call').required(),
          status: Joi.string().valid('queued', 'sent', 'delivered', 'read', 'failed', 'skipped', 'done').required(),
          reason: Joi.string().description('Why it was skipped.'),
        }),
      )
      .required(),
    warnings: Joi.array()
      .items(Joi.object({ code: Joi.string().required(), detail: Joi.string().allow('').required(), node: Joi.string() }))
      .required(),
    bug: Joi.string().description('The id of an error in the program, as the log has it.'),
  },
  {
    turn: 4,
    at: '2026-11-25T09:30:00.000Z',
    event: { id: 'wamid.HBg', type: 'message' },
    decision: {
      kind: 'started',
      reason: 'the keyword "hi" of "welcome"',
      tried: [{ flow: 'welcome', matched: true, why: 'the keyword "hi"' }],
    },
    path: [
      { flow: 'welcome', version: 3, node: 'start', port: 'next' },
      { flow: 'welcome', version: 3, node: 'ask', port: 'next' },
      { flow: 'welcome', version: 3, node: 'name' },
    ],
    effects: [{ id: 's0m3jx1.4.1', kind: 'send', status: 'delivered' }],
    warnings: [],
  },
);
