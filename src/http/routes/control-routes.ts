import Joi from 'joi';
import type { Vars } from '../../contract/index.js';
import { type CommandParts, commandSession } from '../../manage/sessions.js';
import { answerOf, defineRoute, type Route } from '../route.js';
import { SESSION } from '../schemas/session.js';

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
export function controlRoutes(parts: CommandParts): readonly Route[] {
  return (['end', 'resume', 'move'] as const).map((command) =>
    defineRoute<Vars>({
      tag: 'Sessions',
      method: 'post',
      path: `/sessions/{id}/${command}`,
      role: 'editor',
      ...COMMANDS[command],
      mayLackBody: true,
      answers: { 200: SESSION },
      refuses: ['session/unknown', 'session/refused'],
      action: `session.${command}`,
      handle: async ({ caller, name, body }) => answerOf(await commandSession(parts, caller, { id: name('id'), command, args: body })),
    }),
  );
}
