import Joi from 'joi';
import { type ReplayParts, replayFlow, replaySession } from '../../manage/replays.js';
import { dateOf } from '../../text/date.js';
import { answerOf, defineRoute, type Route } from '../route.js';

const VERSION = Joi.number().integer().min(1);
const shown = Joi.object({
  kind: Joi.string().required(),
  path: Joi.array().items(Joi.string()).required(),
  effects: Joi.array().items(Joi.any()).required(),
  note: Joi.string(),
});
const REPLAYED = Joi.object({
  compared: Joi.number().integer().required().description('The number of turns.'),
  unlogged: Joi.number()
    .integer()
    .description('The number of turns that could not be computed because their flow has `logging: false`. Absent if there are none.'),
  different: Joi.array()
    .items(
      Joi.object({
        session: Joi.string().required(),
        turn: Joi.number().integer().required(),
        was: shown.required(),
        is: shown.required(),
      }),
    )
    .required(),
});

interface ReplayRequest {
  readonly version?: number;
  readonly draft?: boolean;
}

/** Replays of recorded conversations. They store and send nothing. */
export function replayRoutes(parts: ReplayParts): readonly Route[] {
  const about = { tag: 'Sessions', method: 'post', role: 'editor' } as const;
  return [
    defineRoute<ReplayRequest & { flow?: string }>({
      ...about,
      path: '/sessions/{id}/replay',
      summary: 'Replay a recorded conversation',
      description:
        'Computes it again on the recorded versions, or on another version or the draft, and reports what comes out differently. Nothing is stored or sent.',
      body: Joi.object({ flow: Joi.string().max(64), version: VERSION, draft: Joi.boolean() }).oxor('version', 'draft'),
      mayLackBody: true,
      example: { version: 4 },
      answers: { 200: REPLAYED },
      refuses: ['session/unknown', 'flow/unknown', 'flow/no-version', 'replay/which-flow', 'flow/has-errors'],
      handle: async ({ caller, name, body }) => answerOf(await replaySession(parts, caller, { ...body, id: name('id') })),
    }),
    defineRoute<ReplayRequest & { since: string; limit: number }>({
      ...about,
      path: '/flows/{code}/replay',
      summary: 'Replay the recorded conversations of a flow',
      body: Joi.object({
        version: VERSION,
        draft: Joi.boolean(),
        since: Joi.string()
          .custom((text: string, { message }) =>
            dateOf(text, { zone: 'UTC' }) !== undefined ? text : message({ custom: '"since" must be a time such as 2026-11-24T09:00:00Z' }),
          )
          .required(),
        limit: Joi.number().integer().min(1).max(10_000).default(1_000).description('The maximum number of people.'),
      }).oxor('version', 'draft'),
      example: { draft: true, since: '2026-11-18T00:00:00Z' },
      answers: {
        200: REPLAYED.keys({
          sessions: Joi.object({ compared: Joi.number().required(), different: Joi.number().required() }).required(),
          more: Joi.boolean().required().description('Whether there are more conversations than `limit`.'),
        }),
      },
      refuses: ['flow/unknown', 'flow/no-version', 'flow/has-errors'],
      handle: async ({ caller, name, body }) =>
        answerOf(await replayFlow(parts, caller, { ...body, since: isoTimeOf(body.since), code: name('code') })),
    }),
  ];
}

/** Reads a time; one without an offset is in UTC, whatever the time zone of the host. */
function isoTimeOf(since: string): string {
  return new Date(dateOf(since, { zone: 'UTC' }) ?? Number.NaN).toISOString();
}
