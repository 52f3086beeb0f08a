import Joi from 'joi';
import { type ReplayParts, replayFlow, replaySession } from '../../manage/replays.js';
import { dateOf } from '../../text/date.js';
import { answerOf, defineRoute, type Route } from '../route.js';

const VERSION = Joi.number().integer().min(1);
const told = Joi.object({
  kind: Joi.string().required(),
  path: Joi.array().items(Joi.string()).required(),
  effects: Joi.array().items(Joi.any()).required(),
  note: Joi.string(),
});
const REPLAYED = Joi.object({
  compared: Joi.number().integer().required().description('How many turns.'),
  unlogged: Joi.number().integer().description('How many could not be computed: their flow has `logging: false`. Absent for none.'),
  different: Joi.array()
    .items(
      Joi.object({ session: Joi.string().required(), turn: Joi.number().integer().required(), was: told.required(), is: told.required() }),
    )
    .required(),
});

interface ReplayRequest {
  readonly version?: number;
  readonly draft?: boolean;
}

/** Recorded conversations computed again: nothing is stored, nothing is sent. */
export function replayRoutes(parts: ReplayParts): readonly Route[] {
  const about = { tag: 'Sessions', method: 'post', role: 'editor' } as const;
  return [
    defineRoute<ReplayRequest & { flow?: string }>({
      ...about,
      path: '/sessions/{id}/replay',
      summary: 'Compute a recorded conversation again',
      description: 'As it was, or on another version or the draft; tells what would be different.',
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
      summary: "Compute a flow's recorded conversations again",
      body: Joi.object({
        version: VERSION,
        draft: Joi.boolean(),
        since: Joi.string()
          .custom((text: string, { message }) =>
            dateOf(text, { zone: 'UTC' }) !== undefined ? text : message({ custom: '"since" is to be a time like 2026-11-24T09:00:00Z' }),
          )
          .required(),
        limit: Joi.number().integer().min(1).max(10_000).default(1_000).description('At most so many people.'),
      }).oxor('version', 'draft'),
      example: { draft: true, since: '2026-11-18T00:00:00Z' },
      answers: {
        200: REPLAYED.keys({
          sessions: Joi.object({ compared: Joi.number().required(), different: Joi.number().required() }).required(),
          more: Joi.boolean().required().description('There are more than were looked at.'),
        }),
      },
      refuses: ['flow/unknown', 'flow/no-version', 'flow/has-errors'],
      handle: async ({ caller, name, body }) =>
        answerOf(await replayFlow(parts, caller, { ...body, since: isoTimeOf(body.since), code: name('code') })),
    }),
  ];
}

/** A time without an offset is in UTC, whatever the time zone of the host. */
function isoTimeOf(since: string): string {
  return new Date(dateOf(since, { zone: 'UTC' }) ?? Number.NaN).toISOString();
}
