import Joi from 'joi';
import type { SessionStatus } from '../../contract/store/index.js';
import { listMessages, listSessions, listTurns, readSession, type SessionParts } from '../../manage/sessions.js';
import { countsIn, type ListQuery, listQuery, pageAnswer, readList } from '../requests.js';
import { answerOf, defineRoute, type Route } from '../route.js';
import { listOf } from '../schemas/named.js';
import { MESSAGE, SESSION, TURN } from '../schemas/session.js';

interface SessionQuery extends ListQuery {
  readonly contact?: string;
  readonly flow?: string;
  readonly status?: SessionStatus;
  readonly queue?: string;
}

/** Sessions, their turns and their messages. */
export function sessionRoutes(parts: SessionParts): readonly Route[] {
  const about = { tag: 'Sessions', role: 'viewer', method: 'get' } as const;
  return [
    defineRoute<unknown, SessionQuery>({
      ...about,
      path: '/sessions',
      summary: 'List sessions',
      query: listQuery({
        contact: Joi.string().max(100),
        flow: Joi.string().max(64).description('The code of a flow that a run of the session is in.'),
        status: Joi.string()
          .valid('idle', 'waiting', 'operator')
          .description('`waiting`: runs wait for something. `operator`: the person is handed over to an operator.'),
        queue: Joi.string().max(100).allow('').description('Only sessions that are handed over, to this queue.'),
      }),
      answers: { 200: listOf(SESSION) },
      handle: async ({ caller, query }) => pageAnswer(await listSessions(parts, caller, readList(query))),
    }),
    defineRoute({
      ...about,
      path: '/sessions/{id}',
      summary: 'Read a session',
      answers: { 200: SESSION },
      refuses: ['session/unknown'],
      handle: async (call) => answerOf(await readSession(parts, call.caller, { id: call.name('id') })),
    }),
    defineRoute<unknown, ListQuery>({
      ...about,
      path: '/sessions/{id}/turns',
      summary: 'List the turns of a session',
      description: 'Each turn shows why it came out as it did.',
      query: listQuery(),
      answers: { 200: listOf(TURN) },
      refuses: ['session/unknown'],
      async handle({ caller, name, query }) {
        const [after] = countsIn(query);
        return pageAnswer(await listTurns(parts, caller, { id: name('id'), after, limit: query.limit }));
      },
    }),
    defineRoute<unknown, ListQuery>({
      ...about,
      path: '/sessions/{id}/messages',
      summary: 'List the messages of a session',
      query: listQuery(),
      answers: { 200: listOf(MESSAGE) },
      refuses: ['session/unknown'],
      handle: async ({ caller, name, query }) =>
        pageAnswer(await listMessages(parts, caller, { id: name('id'), after: countsIn(query), limit: query.limit })),
    }),
  ];
}
