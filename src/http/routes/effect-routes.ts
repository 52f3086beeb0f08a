import Joi from 'joi';
import { effectSession, UserError } from '../../contract/index.js';
import type { Resent } from '../../manage/resend-effect.js';
import type { HttpParts } from '../parts.js';
import { afterOf, type Page, pageAnswer, pageOf } from '../requests.js';
import { defineRoute, type Route } from '../route.js';
import { listOf, named } from '../schemas/named.js';

interface DeadRequest extends Page {
  readonly status: 'dead';
  readonly channel?: string;
}

const DEAD_EFFECT = named(
  'DeadEffect',
  'A send that was given up, with the reason.',
  {
    id: Joi.string().required(),
    session: Joi.string().required(),
    channel: Joi.string().required(),
    at: Joi.string().isoDate().required(),
    error: Joi.object({ kind: Joi.string().required(), code: Joi.string().required(), message: Joi.string().allow('').required() })
      .unknown(true)
      .required(),
  },
  {
    id: 's0m3jx1.4.1',
    session: 's0m3jx1',
    channel: 'wa-main',
    at: '2026-11-25T09:30:00.000Z',
    error: { kind: 'rejected', code: '131026', message: 'Message undeliverable' },
  },
);

/** What could not be sent, and sending it again by hand. */
export function effectRoutes(parts: HttpParts): readonly Route[] {
  const about = { tag: 'Sessions', role: 'editor' } as const;
  return [
    defineRoute<unknown, DeadRequest>({
      ...about,
      method: 'get',
      path: '/effects',
      summary: 'List the sends that were given up',
      query: pageOf({
        status: Joi.string().valid('dead').default('dead').description('There is a list of these alone.'),
        channel: Joi.string().max(64),
      }),
      answers: { 200: listOf(DEAD_EFFECT) },
      async handle({ query: { channel, limit, cursor } }) {
        const after = afterOf(cursor === undefined ? { limit } : { limit, cursor });
        const found = await parts.store.deliveries.dead({ ...after, ...(channel === undefined ? {} : { channel }), limit: limit + 1 });
        return pageAnswer({ found, limit, key: ({ key }) => key, show: ({ key: _, effect: id, ...rest }) => ({ id, ...rest }) });
      },
    }),
    defineRoute({
      ...about,
      method: 'post',
      path: '/effects/{id}/resend',
      summary: 'Send once more what was given up',
      description: 'As a turn of its session, and once: asked again it answers with the first try.',
      answers: { 200: Joi.object({ effect: Joi.string().required().description('The new effect.'), repeated: Joi.boolean().required() }) },
      refuses: { 404: ['effect/unknown'], 409: ['effect/not-dead', 'session/refused'] },
      action: 'effect.resend',
      async handle(call) {
        const id = call.name('id');
        const effect = await parts.resend(id, call.caller.name);
        if (!('effect' in effect)) throw refusalOf(id, effect);
        return {
          body: { effect: effect.effect, repeated: effect.kind === 'already' },
          ...(effect.kind === 'already'
            ? {}
            : { changed: { target: `session:${effectSession(id)}`, before: { dead: id }, after: { effect: effect.effect } } }),
        };
      },
    }),
  ];
}

function refusalOf(id: string, resent: Exclude<Resent, { readonly effect: string }>): UserError {
  switch (resent.kind) {
    case 'not-dead':
      return new UserError(409, 'effect/not-dead', `"${id}" was not given up: it waits, was taken, or is no send.`);
    case 'refused':
      return new UserError(409, 'session/refused', `"${id}" is not sent again: ${resent.reason}.`);
    default:
      return new UserError(404, 'effect/unknown', `There is no effect "${id}", or none any more.`);
  }
}
