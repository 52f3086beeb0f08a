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
  'A send that has failed for good, or a notice that the system of operators has refused, with the reason.',
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

/** Sends that have failed for good, and sending them again. */
export function effectRoutes(parts: EffectParts): readonly Route[] {
  const about = { tag: 'Sessions', role: 'editor' } as const;
  return [
    defineRoute<unknown, DeadQuery>({
      ...about,
      method: 'get',
      path: '/effects',
      summary: 'List failed sends',
      query: listQuery({
        status: Joi.string()
          .valid('dead')
          .default('dead')
          .description('The only value: sends that have failed for good and were not sent again.'),
        channel: Joi.string().max(64),
      }),
      answers: { 200: listOf(DEAD_EFFECT) },
      handle: async ({ caller, query: { status: _, ...query } }) => pageAnswer(await listDeadEffects(parts, caller, readList(query))),
    }),
    defineRoute({
      ...about,
      method: 'post',
      path: '/effects/{id}/resend',
      summary: 'Send a failed message again',
      description: 'Sends it as a turn of its session, once: a repeated call gets the answer of the first.',
      answers: {
        200: Joi.object({ effect: Joi.string().required().description('The id of the new effect.'), repeated: Joi.boolean().required() }),
      },
      refuses: ['effect/unknown', 'effect/not-dead', 'session/refused'],
      action: 'effect.resend',
      handle: async (call) => answerOf(await resendEffect(parts, call.caller, { id: call.name('id') })),
    }),
  ];
}
