import Joi from 'joi';
import { type EffectParts, listDeadEffects, resendEffect } from '../../manage/effects.js';
import { type ListQuery, listQuery, pageAnswer, readList } from '../requests.js';
import { answerOf, defineRoute, type Route } from '../route.js';
import { listOf, named } from '../schemas/named.js';

interface DeadQuery extends ListQuery {
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
export function effectRoutes(parts: EffectParts): readonly Route[] {
  const about = { tag: 'Sessions', role: 'editor' } as const;
  return [
    defineRoute<unknown, DeadQuery>({
      ...about,
      method: 'get',
      path: '/effects',
      summary: 'List the sends that were given up',
      query: listQuery({
        status: Joi.string().valid('dead').default('dead').description('There is a list of these alone.'),
        channel: Joi.string().max(64),
      }),
      answers: { 200: listOf(DEAD_EFFECT) },
      handle: async ({ caller, query: { status: _, ...query } }) => pageAnswer(await listDeadEffects(parts, caller, readList(query))),
    }),
    defineRoute({
      ...about,
      method: 'post',
      path: '/effects/{id}/resend',
      summary: 'Send once more what was given up',
      description: 'As a turn of its session, and once: asked again it answers with the first try.',
      answers: { 200: Joi.object({ effect: Joi.string().required().description('The new effect.'), repeated: Joi.boolean().required() }) },
      refuses: ['effect/unknown', 'effect/not-dead', 'session/refused'],
      action: 'effect.resend',
      handle: async (call) => answerOf(await resendEffect(parts, call.caller, { id: call.name('id') })),
    }),
  ];
}
