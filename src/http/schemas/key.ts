import Joi from 'joi';
import { named } from './named.js';

const role = Joi.string().valid('admin', 'editor', 'viewer', 'trigger');
const members = {
  id: Joi.string().required(),
  name: Joi.string().required(),
  role: role.required(),
  flows: Joi.array().items(Joi.string()).description('The flows that a key of role trigger may start; all flows if absent.'),
  createdAt: Joi.string().isoDate().required(),
  lastUsedAt: Joi.string().isoDate().description('Stored once a minute at most.'),
};
const example = { id: 'k0m3jx1', name: 'shop', role: 'trigger', flows: ['order-shipped'], createdAt: '2026-11-24T09:30:00.000Z' };

export const KEY = named('Key', 'An API key without its secret.', members, example);

export const SIGN_IN = named(
  'SignIn',
  'Whose browser is signed in.',
  {
    name: Joi.string().required().description('The name of the key.'),
    role: role.required(),
    flows: members.flows,
    until: Joi.string().isoDate().description('When the sign-in expires unless it is used; absent for a call with a key.'),
  },
  { name: 'Grace', role: 'editor', until: '2026-11-24T21:30:00.000Z' },
);

export const NEW_KEY = named(
  'NewKey',
  'A key that was just created, with its secret, which is shown only once.',
  { ...members, key: Joi.string().required() },
  { ...example, key: 'pk_0f4c…' },
);

export const AUDIT_ENTRY = named(
  'AuditEntry',
  'A change: who made it, when, and the values before and after. It never holds secrets.',
  {
    id: Joi.string().required(),
    at: Joi.string().isoDate().required(),
    by: Joi.object({ id: Joi.string().required(), name: Joi.string().required(), role: role.required() }).required(),
    action: Joi.string().required().description('`flow.publish`, `channel.change`, …'),
    target: Joi.string().required().description('`flow:welcome`, `channel:wa-main`, …'),
    before: Joi.any(),
    after: Joi.any(),
  },
  {
    id: 'a0m3jx1',
    at: '2026-11-25T09:30:00.000Z',
    by: { id: 'admin', name: 'admin', role: 'admin' },
    action: 'flow.publish',
    target: 'flow:welcome',
    before: { version: 2 },
    after: { version: 3, sessions: 'keep' },
  },
);
