import Joi from 'joi';
import type { HttpParts } from '../parts.js';
import { afterOf, type Page, pageAnswer, pageOf } from '../requests.js';
import { defineRoute, type Route } from '../route.js';
import { AUDIT_ENTRY } from '../schemas/key.js';
import { listOf } from '../schemas/named.js';

/** Who changed what, and when. */
export function auditRoutes({ store }: HttpParts): readonly Route[] {
  return [
    defineRoute<unknown, Page & { target?: string }>({
      tag: 'Keys',
      method: 'get',
      path: '/audit',
      role: 'admin',
      summary: 'Every change that was made through the API, the newest first',
      query: pageOf({ target: Joi.string().max(200).description('`flow:welcome`, `channel:wa-main`, …') }),
      answers: { 200: listOf(AUDIT_ENTRY) },
      async handle({ query: { target, ...page } }) {
        const request = { ...afterOf(page), ...(target === undefined ? {} : { target }), limit: page.limit + 1 };
        return pageAnswer({ found: await store.audit.list(request), limit: page.limit, key: ({ id }) => id, show: (entry) => entry });
      },
    }),
  ];
}
