import { createHash, randomBytes } from 'node:crypto';
import { Router } from 'express';
import Joi from 'joi';
import { type ApiKey, type Role, UserError } from '../contract/index.js';
import { newKeyId } from '../turn/new-id.js';
import type { HttpParts } from './parts.js';
import { afterOf, answerShownPage, bodyOf, nameIn, PAGE, type Page, queryOf, route } from './requests.js';

/** Keys of the API: shown once, kept as hashes, revoked by deleting them. */
export function keyRoutes({ store, clock }: HttpParts): Router {
  const router = Router();

  router.post(
    '/keys',
    route(async (request, response) => {
      const { name, role, flows } = bodyOf<{ name: string; role: Role; flows?: string[] }>(request, {
        name: Joi.string().max(200).required(),
        role: Joi.string().valid('admin', 'editor', 'viewer', 'trigger').required(),
        flows: Joi.array().items(Joi.string().max(64)).min(1).max(200).unique(),
      });
      if (flows && role !== 'trigger')
        throw new UserError(422, 'key/no-flows', 'Only a key of role trigger is bound to flows.', [
          {
            pointer: '/flows',
            code: 'key/no-flows',
            message: `a key of role ${role} is bound to no flows`,
            hint: 'Leave it out, or make a key of role trigger.',
            severity: 'error',
          },
        ]);
      const secret = `pk_${randomBytes(24).toString('hex')}`;
      const now = clock.now();
      const hash = createHash('sha256').update(secret).digest('hex');
      const key: ApiKey = { id: newKeyId(now), name, role, ...(flows ? { flows } : {}), hash, createdAt: now };
      await store.keys.create(key);
      response.status(201).json({ ...shown(key), key: secret });
    }),
  );

  router.get(
    '/keys',
    route(async (request, response) => {
      const page = queryOf<Page>(request, PAGE);
      const found = await store.keys.list({ ...afterOf(page), limit: page.limit + 1 });
      answerShownPage(response, { found, limit: page.limit, key: ({ id }) => id, show: shown });
    }),
  );

  router.delete(
    '/keys/:id',
    route(async (request, response) => {
      if (!(await store.keys.remove(nameIn(request, 'id')))) throw new UserError(404, 'key/none', 'There is no such key.');
      response.status(204).end();
    }),
  );

  return router;
}

function shown({ hash: _, ...key }: ApiKey): Omit<ApiKey, 'hash'> {
  return key;
}
