import Joi from 'joi';
import { isRefused, type Refusal } from '../../contract/host/index.js';
import { BUDGET, type JsonObject, type Vars } from '../../contract/index.js';
import { listGroups } from '../../manage/groups.js';
import { forgetContact, listContacts, type PeopleParts, readContact } from '../../manage/people.js';
import {
  changeContact,
  createContact,
  identityProblems,
  type NewContactRequest,
  type SaveContactParts,
} from '../../manage/save-contact.js';
import { isTimeZone } from '../../text/date.js';
import { readGroupCode } from '../../text/read-group-code.js';
import { readLanguage } from '../../text/read-language.js';
import { bodyOrRefusal } from '../read-call.js';
import { type ListQuery, listQuery, pageAnswer, readList } from '../requests.js';
import { answerOf, defineRoute, type Route } from '../route.js';
import { listOf } from '../schemas/named.js';
import { CONTACT, GROUP } from '../schemas/session.js';

const text = Joi.string().trim().max(500).allow(null);
const platform = Joi.boolean().description('Whether the person wants no messages there. True also ends their runs there.');
/** What can be set. Fields have the names that `set-contact` takes. */
const CHANGE = {
  name: text,
  language: text
    .custom(
      (written: string, helpers) =>
        readLanguage(written) ?? helpers.message({ custom: '{{#label}} is not a language tag, such as de or pt-BR' }),
    )
    .description('A language tag such as en, pt-BR or zh-Hant.'),
  timeZone: text
    .custom((name: string, helpers) =>
      isTimeZone(name) ? name : helpers.message({ custom: '{{#label}} is not a time zone, such as Europe/Berlin' }),
    )
    .description('A name such as Europe/Berlin.'),
  fields: Joi.object()
    .pattern(/^(?!__proto__$)[A-Za-z_][A-Za-z0-9_]{0,63}$/, Joi.any())
    .meta({ names: 'letters without accents, digits and underscores, at most 64, and no digit first' }),
  groups: Joi.array()
    .items(
      Joi.string()
        .custom((code: string, { message }) =>
          readGroupCode(code) === code
            ? code
            : message({ custom: '{{#label}} is not the code of a group: lower-case letters, digits and hyphens' }),
        )
        .description('A code such as vip or news-de, at most 64 characters.'),
    )
    .max(BUDGET.groups)
    .description('The codes of all groups that the person is in from now on.'),
  optOut: Joi.object({ whatsapp: platform, viber: platform }),
};
const NEW_CONTACT = Joi.object({
  identity: Joi.string().max(200).required().description('`whatsapp:<number>`, `viber:<channel>:<user id>` or `phone:+<number>`.'),
  ...CHANGE,
});

type ContactsQuery = ListQuery & { readonly identity?: string; readonly text?: string; readonly group?: string };

const FIELD = /^field\.[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** Returns the query with the values that it has for fields, `field.city`, as one member. */
function withFields<Q extends object>(query: Q): Q & { readonly fields: Readonly<Record<string, string>> } {
  const fields = Object.entries(query).filter(([name]) => FIELD.test(name));
  return { ...query, fields: Object.fromEntries(fields.map(([name, value]) => [name.slice('field.'.length), String(value)])) };
}

/** People: find, read and forget them. */
export function contactRoutes(parts: PeopleParts & SaveContactParts): readonly Route[] {
  const about = { tag: 'People' } as const;
  return [
    defineRoute<unknown, ContactsQuery>({
      ...about,
      method: 'get',
      path: '/contacts',
      role: 'viewer',
      summary: 'List contacts, or find them by identity, words, groups and fields',
      description:
        'Several filters must all fit. `field.<name>=<value>` finds the contacts with this value of a field, as in `field.city=Berlin`; case does not count. `text` finds parts of words, too. The contact who has the phone number in `text` is on the first page. While a host adds the contacts of an earlier release to its index, a page may have few items or none although there is a `next`.',
      query: listQuery({
        identity: Joi.string().max(300).description('`whatsapp:4915112345678`, `viber:vb-main:…`, `phone:+49…`'),
        text: Joi.string()
          .max(200)
          .description(
            'Words of the name, an identity or the values of fields, or digits of a phone number in any form. All words must be found.',
          ),
        group: Joi.string().max(300).description('Only contacts in the group with this code.'),
      }).pattern(FIELD, Joi.string().max(500)),
      answers: { 200: listOf(CONTACT) },
      refuses: ['contact/bad-number'],
      handle: async ({ caller, query }) => pageAnswer(await listContacts(parts, caller, withFields(readList(query)))),
    }),
    defineRoute({
      ...about,
      method: 'post',
      path: '/contacts',
      role: 'editor',
      summary: 'Create a contact, or change the contact that has the identity',
      description:
        'Answers 200 if the contact is known, and then changes what is given, as `PATCH` does. Nothing is sent to the person. A change is a turn of their session.',
      body: NEW_CONTACT,
      checksBody: true,
      example: { identity: 'whatsapp:4915112345678', name: 'Ada', language: 'de', fields: { city: 'Berlin' }, groups: ['vip'] },
      answers: { 201: CONTACT, 200: CONTACT },
      refuses: ['contact/bad-identity', 'contact/bad-number', 'contact/not-changed', 'contact/unknown', 'http/bad-body'],
      action: 'contact.change',
      async handle({ caller, body }) {
        const read = readNewContact(parts, body);
        if (isRefused(read)) return read;
        const outcome = await createContact(parts, caller, read);
        if (isRefused(outcome)) return outcome;
        const { contact, isNew } = outcome.done;
        return { status: isNew ? 201 : 200, body: contact, ...(outcome.changed ? { changed: outcome.changed } : {}) };
      },
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
    defineRoute<Vars>({
      ...about,
      method: 'patch',
      path: '/contacts/{id}',
      role: 'editor',
      summary: 'Change what is known of a contact',
      description:
        'What is left out stays. Null removes a text or a field. `optOut` with true does what a STOP word does, also if the person has opted out before: their runs on the platform end as `opted-out`, queued starts are dropped, a hand-over there ends, and what waits to be sent is skipped. Nothing is sent to the person.',
      body: Joi.object(CHANGE).min(1),
      example: { language: 'pt-BR', fields: { plan: 'gold', trial: null }, optOut: { whatsapp: false } },
      answers: { 200: CONTACT },
      refuses: ['contact/unknown', 'contact/not-changed'],
      action: 'contact.change',
      handle: async (call) => answerOf(await changeContact(parts, call.caller, { id: call.name('id'), change: call.body })),
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

/** Reads a new contact. Reports everything that is wrong at once, an identity that no channel can reach included. */
function readNewContact(parts: SaveContactParts, body: unknown): NewContactRequest | Refusal {
  const read = bodyOrRefusal<Vars & { readonly identity: string }>(body, NEW_CONTACT);
  if (isRefused(read)) {
    const given = body !== null && typeof body === 'object' ? (body as JsonObject)['identity'] : undefined;
    const isOwnProblem = typeof given === 'string' && (read.problems ?? []).every(({ pointer }) => pointer !== '/identity');
    return { ...read, problems: [...(isOwnProblem ? identityProblems(parts, given) : []), ...(read.problems ?? [])] };
  }
  const { identity, ...change } = read.value;
  return { identity, change };
}
