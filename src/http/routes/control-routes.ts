import Joi from 'joi';
import { type Run, UserError, type Vars } from '../../contract/index.js';
import type { HttpParts } from '../parts.js';
import { defineRoute, type Route } from '../route.js';
import { SESSION } from '../schemas/session.js';
import { showSession } from '../views/session-view.js';
import { livingView } from './living-view.js';

const run = Joi.string().max(200).description('The foreground run, when absent.');
const COMMANDS = {
  end: {
    summary: 'End one run, or all',
    body: Joi.object({ run: run.description('All runs, when absent.'), message: Joi.string().max(1000).description('A last word.') }),
    example: { message: 'A colleague will write to you.' },
  },
  resume: {
    summary: 'Leave the waiting node by a port',
    body: Joi.object({ run, port: Joi.string().max(64).description('The first port of the node, when absent.') }),
    example: { port: 'notReplied' },
  },
  move: {
    summary: 'Put a run on another node of its flow',
    body: Joi.object({ run, node: Joi.string().max(64).required() }),
    example: { run: 's0m3jx1.4', node: 'ask' },
  },
} as const;

/** The control room: an operator ends a run, moves it on, or puts it on another node. */
export function controlRoutes(parts: HttpParts): readonly Route[] {
  return (['end', 'resume', 'move'] as const).map((command) =>
    defineRoute<Vars>({
      tag: 'Sessions',
      method: 'post',
      path: `/sessions/{id}/${command}`,
      role: 'editor',
      ...COMMANDS[command],
      mayLackBody: true,
      answers: { 200: SESSION },
      refuses: { 404: ['session/unknown'], 409: ['session/refused'] },
      action: `session.${command}`,
      async handle(call) {
        const id = call.name('id');
        const before = await livingView(parts.store, id);
        const outcome = await parts.command(id, { command, args: call.body, by: call.caller.name });
        if (outcome.kind !== 'taken') throw new UserError(404, 'session/unknown', `There is no session "${id}".`);
        const { kind, reason } = outcome.decision.decision;
        if (kind === 'refused') throw new UserError(409, 'session/refused', `The session stays as it is: ${reason}.`);
        const found = await livingView(parts.store, outcome.session);
        return {
          body: found && showSession(found),
          changed: {
            target: `session:${outcome.session}`,
            before: before && standing(before.state.runs),
            after: { ...call.body, ...(found ? standing(found.state.runs) : {}) },
          },
        };
      },
    }),
  );
}

/** Where the runs of a session stand: `welcome@3#ask`, the innermost frame of each. */
function standing(runs: readonly Run[]): object {
  const at = (run: Run) => {
    const top = run.stack.at(-1);
    return top?.kind === 'flow' ? `${top.flow}@${top.version}#${top.nodeId}` : `dialog:${top?.dialog ?? ''}`;
  };
  return { runs: runs.map((one) => ({ id: one.id, place: one.place, at: at(one) })) };
}
