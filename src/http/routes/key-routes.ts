import { createHash, randomBytes } from 'node:crypto';
import Joi from 'joi';
import { type ApiKey, type Role, UserError } from '../../contract/index.js';
import { newKeyId } from '../../people/new-id.js';
import type { HttpParts } from '../parts.js';
import { afterOf, type Page, pageAnswer, pageOf } from '../requests.js';
import { defineRoute, type Route } from '../route.js';
import { KEY, NEW_KEY } from '../schemas/key.js';
import { listOf } from '../schemas/named.js';

/** Keys of the API: shown once, kept as hashes, revoked by deleting them. */
export function keyRoutes({ store, clock }: HttpParts): readonly Route[] {
  const about = { tag: 'Keys', role: 'admin' } as const;
  return [
    defineRoute<{ name: string; role: Role; flows?: string[] }>({
      ...about,
      method: 'post',
      path: '/keys',
      summary: 'Make a key',
      description: 'Its secret is shown this once. A key of role `trigger` may be bound to flows.',
      body: Joi.object({
        name: Joi.string().max(200).required(),
        role: Joi.string().valid('admin', 'editor', 'viewer', 'trigger').required(),
        flows: Joi.array().items(Joi.string().max(64)).min(1).max(200).unique(),
      }),
      example: { name: 'shop', role: 'trigger', flows: ['order-shipped'] },
      answers: { 201: NEW_KEY },
      refuses: { 422: ['key/no-flows'] },
      action: 'key.create',
      async handle({ body: { name, role, flows } }) {
        if (flows && role !== 'trigger') throw notBound(role);
        const secret = `pk_${randomBytes(24).toString('hex')}`;
        const now = clock.now();
        const hash = createHash('sha256').update(secret).digest('hex');
        const key: ApiKey = { id: newKeyId(now), name, role, ...(flows ? { flows } : {}), hash, createdAt: now };
        await store.keys.create(key);
        return { body: { ...shown(key), key: secret }, changed: { target: `key:${key.id}`, after: shown(key) } };
      },
    }),
    defineRoute<unknown, Page>({
      ...about,
      method: 'get',
      path: '/keys',
      summary: 'List keys',
      query: pageOf(),
      answers: { 200: listOf(KEY) },
      async handle({ query }) {
        const found = await store.keys.list({ ...afterOf(query), limit: query.limit + 1 });
        return pageAnswer({ found, limit: query.limit, key: ({ id }) => id, show: shown });
      },
    }),
    defineRoute({
      ...about,
      method: 'delete',
      path: '/keys/{id}',
      summary: 'Revoke a key',
      answers: { 204: undefined },
      refuses: { 404: ['key/none'] },
      action: 'key.revoke',
      async handle(call) {
        const id = call.name('id');
        if (!(await store.keys.remove(id))) throw new UserError(404, 'key/none', 'There is no such key.');
        return { changed: { target: `key:${id}` } };
      },
    }),
  ];
}

function shown({ hash: _, ...key }: ApiKey): Omit<ApiKey, 'hash'> {
  return key;
}

function notBound(role: Role): UserError {
  return new UserError(422, 'key/no-flows', 'Only a key of role trigger is bound to flows.', [
    {
      pointer: '/flows',
      code: 'key/no-flows',
      message: `a key of role ${role} is bound to no flows`,
      hint: 'Leave it out, or make a key of role trigger.',
      severity: 'error',
    },
  ]);
}
