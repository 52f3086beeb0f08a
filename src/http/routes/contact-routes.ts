import Joi from 'joi';
import { UserError } from '../../contract/index.js';
import { judgeIdentity } from '../../people/judge-identity.js';
import { livingSession } from '../../people/living-session.js';
import type { HttpParts } from '../parts.js';
import { afterOf, type Page, pageAnswer, pageOf } from '../requests.js';
import { defineRoute, type Route } from '../route.js';
import { listOf } from '../schemas/named.js';
import { CONTACT } from '../schemas/session.js';
import { showContact } from '../views/session-view.js';

/** People: found, looked at, forgotten. */
export function contactRoutes(parts: HttpParts): readonly Route[] {
  const { store } = parts;
  const about = { tag: 'People' } as const;
  return [
    defineRoute<unknown, Page & { identity?: string }>({
      ...about,
      method: 'get',
      path: '/contacts',
      role: 'viewer',
      summary: 'List contacts, or find one by an identity',
      query: pageOf({ identity: Joi.string().max(300).description('`whatsapp:4915112345678`, `viber:vb-main:…`, `phone:+49…`') }),
      answers: { 200: listOf(CONTACT) },
      refuses: { 422: ['contact/bad-number'] },
      async handle({ query: { identity, ...page } }) {
        const owner = identity === undefined ? undefined : await store.contacts.find(identity);
        if (identity !== undefined && owner === undefined) return { body: noneFor(identity) };
        const found = await store.sessions.list({ ...(owner === undefined ? afterOf(page) : { contact: owner }), limit: page.limit + 1 });
        return pageAnswer({ found, limit: page.limit, key: ({ state }) => state.id, show: ({ state }) => showContact(state.contact) });
      },
    }),
    defineRoute({
      ...about,
      method: 'get',
      path: '/contacts/{id}',
      role: 'viewer',
      summary: 'Look at a contact',
      answers: { 200: CONTACT },
      refuses: { 404: ['contact/unknown'] },
      async handle(call) {
        const found = await livingSession(store, call.name('id'));
        if (!found) throw new UserError(404, 'contact/unknown', `There is no contact "${call.name('id')}".`);
        return { body: showContact(found.state.contact) };
      },
    }),
    defineRoute({
      ...about,
      method: 'delete',
      path: '/contacts/{id}',
      role: 'admin',
      summary: 'Forget a person',
      description: 'Record, messages, turns, identities, of all their platforms; answered when done. Who writes again is a new contact.',
      answers: { 204: undefined },
      refuses: { 404: ['contact/unknown'] },
      action: 'contact.forget',
      async handle(call) {
        const id = call.name('id');
        if ((await parts.forget(id)) === 'unknown') throw new UserError(404, 'contact/unknown', `There is no contact "${id}".`);
        // Nothing of the person is kept, here neither.
        return { changed: { target: `contact:${id}` } };
      },
    }),
  ];
}

/** Nobody has this identity; if nobody can have it, the caller has mistyped it. */
function noneFor(identity: string): { readonly items: readonly [] } {
  const problem = judgeIdentity(identity, '/identity');
  if (problem) throw new UserError(422, problem.code, `Nobody can have this identity: ${problem.message}.`, [problem]);
  return { items: [] };
}
