import Joi from 'joi';
import { createKey, type KeyParts, listKeys, type NewKey, revokeKey } from '../../manage/keys.js';
import { type ListQuery, listQuery, pageAnswer, readList } from '../requests.js';
import { answerOf, defineRoute, type Route } from '../route.js';
import { KEY, NEW_KEY } from '../schemas/key.js';
import { listOf } from '../schemas/named.js';

/** API keys. A key is shown once and stored as a hash. */
export function keyRoutes(parts: KeyParts): readonly Route[] {
  const about = { tag: 'Keys', role: 'admin' } as const;
  return [
    defineRoute<NewKey>({
      ...about,
      method: 'post',
      path: '/keys',
      summary: 'Create a key',
      description: 'The answer is the only place where its secret is shown. A key of role `trigger` may be bound to flows.',
      body: Joi.object({
        name: Joi.string().max(200).required(),
        role: Joi.string().valid('admin', 'editor', 'viewer', 'trigger').required(),
        flows: Joi.array().items(Joi.string().max(64)).min(1).max(200).unique(),
      }),
      example: { name: 'shop', role: 'trigger', flows: ['order-shipped'] },
      answers: { 201: NEW_KEY },
      refuses: ['key/no-flows'],
      action: 'key.create',
      handle: async ({ caller, body }) => answerOf(await createKey(parts, caller, body)),
    }),
    defineRoute<unknown, ListQuery>({
      ...about,
      method: 'get',
      path: '/keys',
      summary: 'List keys',
      query: listQuery(),
      answers: { 200: listOf(KEY) },
      handle: async ({ caller, query }) => pageAnswer(await listKeys(parts, caller, readList(query))),
    }),
    defineRoute({
      ...about,
      method: 'delete',
      path: '/keys/{id}',
      summary: 'Revoke a key',
      answers: { 204: undefined },
      refuses: ['key/none'],
      action: 'key.revoke',
      handle: async (call) => answerOf(await revokeKey(parts, call.caller, { id: call.name('id') })),
    }),
  ];
}
