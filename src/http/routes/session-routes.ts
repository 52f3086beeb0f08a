import Joi from 'joi';
import { type StoredSession, type TurnRecord, UserError } from '../../contract/index.js';
import { livingSession } from '../../people/living-session.js';
import type { HttpParts } from '../parts.js';
import { afterOf, countsOf, type Page, pageAnswer, pageOf } from '../requests.js';
import { type Call, defineRoute, type Route } from '../route.js';
import { listOf } from '../schemas/named.js';
import { MESSAGE, SESSION, TURN } from '../schemas/session.js';
import { type DeliveryStates, messagesIn, showSession, showTurn } from '../views/session-view.js';
import { livingView } from './living-view.js';

interface SessionRequest extends Page {
  readonly contact?: string;
  readonly flow?: string;
  readonly status?: 'idle' | 'waiting';
}

/** What an operator sees of conversations: sessions, their messages, and why each turn came out as it did. */
export function sessionRoutes(parts: HttpParts): readonly Route[] {
  const { store } = parts;
  const about = { tag: 'Sessions', role: 'viewer', method: 'get' } as const;
  return [
    defineRoute<unknown, SessionRequest>({
      ...about,
      path: '/sessions',
      summary: 'List sessions',
      query: pageOf({
        contact: Joi.string().max(100),
        flow: Joi.string().max(64).description('In which a run stands.'),
        status: Joi.string().valid('idle', 'waiting'),
      }),
      answers: { 200: listOf(SESSION) },
      async handle({ query: { limit, cursor, ...request } }) {
        const after = afterOf(cursor === undefined ? { limit } : { limit, cursor });
        const contact = request.contact === undefined ? undefined : (await livingSession(store, request.contact))?.state.id;
        const found = await store.sessions.list({ ...request, ...(contact === undefined ? {} : { contact }), ...after, limit: limit + 1 });
        return pageAnswer({ found, limit, key: ({ state }) => state.id, show: showSession });
      },
    }),
    defineRoute({
      ...about,
      path: '/sessions/{id}',
      summary: 'Look at a session',
      answers: { 200: SESSION },
      refuses: { 404: ['session/unknown'] },
      async handle(call) {
        const found = await livingView(store, call.name('id'));
        if (!found) throw unknownSession(call.name('id'));
        return { body: showSession(found) };
      },
    }),
    defineRoute<unknown, Page>({
      ...about,
      path: '/sessions/{id}/turns',
      summary: 'Why each turn came out as it did',
      query: pageOf(),
      answers: { 200: listOf(TURN) },
      refuses: { 404: ['session/unknown'] },
      async handle(call) {
        const session = await known(parts, call);
        const { limit } = call.query;
        const [after] = countsOf(call.query);
        const found = await store.turns.list(session.state.id, { after, limit: limit + 1 });
        const states = await deliveryStatesOf(parts, session, found);
        return pageAnswer({ found, limit, key: ({ turn }) => String(turn), show: (turn) => showTurn(turn, states) });
      },
    }),
    defineRoute<unknown, Page>({
      ...about,
      path: '/sessions/{id}/messages',
      summary: 'Messages in and out, with what became of them',
      query: pageOf(),
      answers: { 200: listOf(MESSAGE) },
      refuses: { 404: ['session/unknown'] },
      async handle(call) {
        const session = await known(parts, call);
        const { limit } = call.query;
        const [turn, index] = countsOf(call.query);
        // A turn may hold several messages: begin with the one that the last page ended in.
        const found = await turnsWithMessages(parts, session, { turn: turn - 1, skip: index, limit: limit + 1 });
        return pageAnswer({ found, limit, key: ({ place }) => place, show: (message) => message });
      },
    }),
  ];
}

type PlacedMessage = object & { readonly place: string };

async function turnsWithMessages(
  parts: HttpParts,
  session: StoredSession,
  from: { readonly turn: number; readonly skip: number; readonly limit: number },
): Promise<readonly PlacedMessage[]> {
  const found: PlacedMessage[] = [];
  let after = Math.max(0, from.turn);
  while (found.length < from.limit) {
    const turns = await parts.store.turns.list(session.state.id, { after, limit: 200 });
    const states = await deliveryStatesOf(parts, session, turns);
    for (const turn of turns) {
      const skip = turn.turn === from.turn + 1 ? from.skip : 0;
      messagesIn(turn, states).forEach((message, i) => {
        if (i >= skip) found.push({ ...message, place: `${turn.turn}.${i + 1}` });
      });
    }
    after = turns.at(-1)?.turn ?? after;
    if (turns.length < 200) break;
  }
  return found.slice(0, from.limit);
}

async function deliveryStatesOf({ store }: HttpParts, session: StoredSession, turns: readonly TurnRecord[]): Promise<DeliveryStates> {
  const ids = turns.flatMap(({ effects }) => effects.map(({ id }) => id));
  const deliveries = await store.deliveries.of(ids);
  return { deliveries, waiting: new Map(session.effects.map((one) => [one.effect.id, one])) };
}

async function known({ store }: HttpParts, call: Call): Promise<StoredSession> {
  const id = call.name('id');
  const session = await livingSession(store, id);
  if (!session) throw unknownSession(id);
  return session;
}

function unknownSession(id: string): UserError {
  return new UserError(404, 'session/unknown', `There is no session "${id}".`);
}
