import { type Request, type Response, Router } from 'express';
import Joi from 'joi';
import { UserError, type Vars } from '../contract/index.js';
import type { Command } from '../turn/command-session.js';
import { callerOf } from './authorize.js';
import type { HttpParts } from './parts.js';
import { checkedBody, nameIn, route } from './requests.js';
import { showSession } from './views/session-view.js';

/** The control room: an operator ends a run, moves it on, or puts it on another node. */
export function controlRoutes(parts: HttpParts): Router {
  const router = Router();
  const run = Joi.string().max(200);
  const commands = {
    end: { run, message: Joi.string().max(1000) },
    resume: { run, port: Joi.string().max(64) },
    move: { run: run.required(), node: Joi.string().max(64).required() },
  } as const;
  for (const command of ['end', 'resume', 'move'] as const) {
    router.post(
      `/sessions/:id/${command}`,
      route(async (request, response) => {
        await perform(parts, request, response, { command, args: checkedBody<Vars>(request.body ?? {}, commands[command]) });
      }),
    );
  }
  return router;
}

async function perform(parts: HttpParts, request: Request, response: Response, wish: Omit<Command, 'by'>): Promise<void> {
  const id = nameIn(request, 'id');
  const outcome = await parts.command(id, { ...wish, by: callerOf(request).name });
  if (outcome.kind !== 'taken') throw new UserError(404, 'session/unknown', `There is no session "${id}".`);
  const { kind, reason } = outcome.decision.decision;
  if (kind === 'refused') throw new UserError(409, 'session/refused', `The session stays as it is: ${reason}.`);
  const [found] = await parts.store.sessions.list({ contact: id, limit: 1 });
  response.json(found && showSession(found));
}
