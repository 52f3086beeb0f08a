import Joi from 'joi';
import { listGroups } from '../../manage/groups.js';
import { forgetContact, listContacts, type PeopleParts, readContact } from '../../manage/people.js';
import { type ListQuery, listQuery, pageAnswer, readList } from '../requests.js';
import { answerOf, defineRoute, type Route } from '../route.js';
import { listOf } from '../schemas/named.js';
import { CONTACT, GROUP } from '../schemas/session.js';

/** People: find, read and forget them. */
export function contactRoutes(parts: PeopleParts): readonly Route[] {
  const about = { tag: 'People' } as const;
  return [
    defineRoute<unknown, ListQuery & { identity?: string; group?: string }>({
      ...about,
      method: 'get',
      path: '/contacts',
      role: 'viewer',
      summary: 'List contacts, or find a contact by an identity, or those in a group',
      query: listQuery({
        identity: Joi.string().max(300).description('`whatsapp:4915112345678`, `viber:vb-main:…`, `phone:+49…`'),
        group: Joi.string().max(300).description('Only contacts in the group with this code.'),
      }),
      answers: { 200: listOf(CONTACT) },
      refuses: ['contact/bad-number'],
      handle: async ({ caller, query }) => pageAnswer(await listContacts(parts, caller, readList(query))),
    }),
    defineRoute<unknown, ListQuery>({
      ...about,
      method: 'get',
      path: '/groups',
      role: 'viewer',
      summary: 'List the groups that somebody is in',
      description: 'A group exists while somebody is in it: `subscribe-to-group` makes it.',
      query: listQuery(),
      answers: { 200: listOf(GROUP) },
      handle: async ({ caller, query }) => pageAnswer(await listGroups(parts, caller, readList(query))),
    }),
    defineRoute({
      ...about,
      method: 'get',
      path: '/contacts/{id}',
      role: 'viewer',
      summary: 'Read a contact',
      answers: { 200: CONTACT },
      refuses: ['contact/unknown'],
      handle: async (call) => answerOf(await readContact(parts, call.caller, { id: call.name('id') })),
    }),
    defineRoute({
      ...about,
      method: 'delete',
      path: '/contacts/{id}',
      role: 'admin',
      summary: 'Forget a person',
      description:
        'Deletes record, messages, turns and identities on all platforms, and answers after that is done. If the person writes again, they are a new contact.',
      answers: { 204: undefined },
      refuses: ['contact/unknown'],
      action: 'contact.forget',
      handle: async (call) => answerOf(await forgetContact(parts, call.caller, { id: call.name('id') })),
    }),
  ];
}
