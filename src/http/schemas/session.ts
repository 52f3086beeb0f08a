import Joi from 'joi';
import { named } from './named.js';

const time = Joi.string().isoDate();
const whole = Joi.number().integer();

export const CONTACT = named(
  'Contact',
  'A person, across platforms; the id is that of the one session, too.',
  {
    id: Joi.string().required(),
    name: Joi.string().allow(''),
    language: Joi.string().allow(''),
    timeZone: Joi.string().allow(''),
    identities: Joi.array().items(Joi.string()).required(),
    fields: Joi.object().unknown(true).required(),
    groups: Joi.array().items(Joi.string()).required(),
    optOut: Joi.object({ whatsapp: Joi.boolean(), viber: Joi.boolean() }).required(),
    createdAt: time.required(),
  },
  {
    id: 's0m3jx1',
    name: 'Ada',
    language: 'en',
    identities: ['whatsapp:4915112345678', 'phone:+4915112345678'],
    fields: { plan: 'gold' },
    groups: ['vip'],
    optOut: {},
    createdAt: '2026-11-24T09:30:00.000Z',
  },
);

const frame = Joi.object({
  flow: Joi.string(),
  version: whole,
  node: Joi.string(),
  waitingFor: Joi.string().valid('message', 'sent', 'delivered', 'read', 'call', 'return', 'operator', 'time'),
  until: time,
  variables: Joi.object().unknown(true),
  dialog: Joi.string().description('Of a dialog written in TypeScript, which has this member alone.'),
});

export const SESSION = named(
  'Session',
  "A contact's line of talk: where its runs stand.",
  {
    id: Joi.string().required(),
    contact: Joi.string().required(),
    status: Joi.string().valid('idle', 'waiting').required(),
    runs: Joi.array()
      .items(
        Joi.object({
          id: Joi.string().required(),
          place: Joi.string().valid('foreground', 'background', 'queued').required(),
          startedBy: Joi.string().required(),
          frames: Joi.array().items(frame).required().description('One flow being run each; those that were called above their callers.'),
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
  'A message in or out, with what became of it.',
  {
    id: Joi.string().required(),
    at: time.required(),
    direction: Joi.string().valid('in', 'out').required(),
    channel: Joi.string().required(),
    type: Joi.string().required(),
    text: Joi.string().allow('').description('Its words, for a list.'),
    message: Joi.object()
      .unknown(true)
      .description(
        'Of a message out, all that was sent: choices, addresses, the values of a template. Of one in, what was tapped or sent along.',
      ),
    before: Joi.array()
      .items(Joi.object().unknown(true))
      .description('The parts that went out before it, where a text was too long for one message.'),
    status: Joi.string().valid('received', 'queued', 'sent', 'delivered', 'read', 'failed', 'skipped').required(),
    providerId: Joi.string(),
    error: Joi.object({ kind: Joi.string().required(), code: Joi.string().required(), message: Joi.string().allow('').required() }).unknown(
      true,
    ),
    skipped: Joi.object({ code: Joi.string().required(), reason: Joi.string().required() }).description(
      'Why it was never sent: the window was closed, there was no address, or nothing to read in it.',
    ),
    waitingBecause: Joi.string().allow('').description('Why it is still in the queue after a try.'),
    flow: Joi.string(),
    version: whole,
    node: Joi.string(),
    place: Joi.string().required().description('Its place in the session: the turn, and the number in it.'),
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
  'The "why" record of one event: what was tried, what was decided, which nodes were gone through, and what came of it.',
  {
    turn: whole.required(),
    at: time.required(),
    event: Joi.object({ id: Joi.string().required(), type: Joi.string().required() }).required(),
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
          port: Joi.string().description('Absent where the turn ended at the node.'),
        }),
      )
      .required(),
    effects: Joi.array()
      .items(
        Joi.object({
          id: Joi.string().required(),
          kind: Joi.string().valid('send', 'call').required(),
          status: Joi.string().valid('queued', 'sent', 'delivered', 'read', 'failed', 'skipped', 'done').required(),
        }),
      )
      .required(),
    warnings: Joi.array()
      .items(Joi.object({ code: Joi.string().required(), detail: Joi.string().allow('').required(), node: Joi.string() }))
      .required(),
    bug: Joi.string().description('The id under which the log has an error in the program.'),
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
