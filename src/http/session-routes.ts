import { Router } from 'express';
import Joi from 'joi';
import { type StoredSession, type TurnRecord, UserError } from '../contract/index.js';
import type { HttpParts } from './parts.js';
import { afterOf, answerPage, answerShownPage, countsOf, nameIn, PAGE, type Page, queryOf, route } from './requests.js';
import { type Fates, messagesIn, showContact, showSession, showTurn } from './views/session-view.js';

/** What an operator sees of people: contacts, sessions, their messages, and why each turn came out as it did. */
export function sessionRoutes(parts: HttpParts): Router {
  const { store } = parts;
  const router = Router();

  router.get(
    '/contacts',
    route(async (request, response) => {
      const { identity, ...page } = queryOf<Page & { identity?: string }>(request, { ...PAGE, identity: Joi.string().max(300) });
      const owner = identity === undefined ? undefined : await store.contacts.find(identity);
      if (identity !== undefined && owner === undefined) {
        response.json({ items: [] });
        return;
      }
      const found = await store.sessions.list({ ...(owner === undefined ? afterOf(page) : { contact: owner }), limit: page.limit + 1 });
      answerShownPage(response, {
        found,
        limit: page.limit,
        key: ({ state }) => state.id,
        show: ({ state }) => showContact(state.contact),
      });
    }),
  );

  router.get(
    '/contacts/:id',
    route(async (request, response) => {
      const [found] = await store.sessions.list({ contact: nameIn(request, 'id'), limit: 1 });
      if (!found) throw new UserError(404, 'contact/unknown', `There is no contact "${nameIn(request, 'id')}".`);
      response.json(showContact(found.state.contact));
    }),
  );

  router.get(
    '/sessions',
    route(async (request, response) => {
      const members = {
        ...PAGE,
        contact: Joi.string().max(100),
        flow: Joi.string().max(64),
        status: Joi.string().valid('idle', 'waiting'),
      };
      const { limit, cursor, ...wish } = queryOf<Page & { contact?: string; flow?: string; status?: 'idle' | 'waiting' }>(request, members);
      const after = afterOf(cursor === undefined ? { limit } : { limit, cursor });
      const found = await store.sessions.list({ ...wish, ...after, limit: limit + 1 });
      answerShownPage(response, { found, limit, key: ({ state }) => state.id, show: showSession });
    }),
  );

  router.get(
    '/sessions/:id',
    route(async (request, response) => {
      const [found] = await store.sessions.list({ contact: nameIn(request, 'id'), limit: 1 });
      if (!found) throw unknownSession(nameIn(request, 'id'));
      response.json(showSession(found));
    }),
  );

  router.get(
    '/sessions/:id/turns',
    route(async (request, response) => {
      const session = await known(parts, nameIn(request, 'id'));
      const page = queryOf<Page>(request, PAGE);
      const [after] = countsOf(page);
      const found = await store.turns.list(session.state.id, { after, limit: page.limit + 1 });
      const fates = await fatesOf(parts, session, found);
      answerShownPage(response, { found, limit: page.limit, key: ({ turn }) => String(turn), show: (turn) => showTurn(turn, fates) });
    }),
  );

  router.get(
    '/sessions/:id/messages',
    route(async (request, response) => {
      const session = await known(parts, nameIn(request, 'id'));
      const page = queryOf<Page>(request, PAGE);
      const [turn, index] = countsOf(page);
      // A turn may hold several messages: begin with the one that the last page ended in.
      const turns = await turnsWithMessages(parts, session, { turn: turn - 1, skip: index, limit: page.limit + 1 });
      answerPage(response, turns, page, ({ place }) => place);
    }),
  );

  return router;
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
    const fates = await fatesOf(parts, session, turns);
    for (const turn of turns) {
      const skip = turn.turn === from.turn + 1 ? from.skip : 0;
      messagesIn(turn, fates).forEach((message, i) => {
        if (i >= skip) found.push({ ...message, place: `${turn.turn}.${i + 1}` });
      });
    }
    after = turns.at(-1)?.turn ?? after;
    if (turns.length < 200) break;
  }
  return found.slice(0, from.limit);
}

async function fatesOf({ store }: HttpParts, session: StoredSession, turns: readonly TurnRecord[]): Promise<Fates> {
  const ids = turns.flatMap(({ effects }) => effects.map(({ id }) => id));
  const deliveries = await store.deliveries.of(ids);
  return { deliveries, waiting: new Map(session.effects.map((one) => [one.effect.id, one])) };
}

async function known({ store }: HttpParts, id: string): Promise<StoredSession> {
  const session = await store.sessions.load(id);
  if (!session) throw unknownSession(id);
  return session;
}

function unknownSession(id: string): UserError {
  return new UserError(404, 'session/unknown', `There is no session "${id}".`);
}
