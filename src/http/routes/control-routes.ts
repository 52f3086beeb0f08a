import Joi from 'joi';
import type { Vars } from '../../contract/index.js';
import { type CommandParts, commandSession } from '../../manage/sessions.js';
import { answerOf, defineRoute, type Route } from '../route.js';
import { SESSION } from '../schemas/session.js';

const run = Joi.string().max(200).description('The foreground run by default.');
const COMMANDS = {
  end: {
    summary: 'End a run, or all runs',
    body: Joi.object({
      run: run.description('All runs by default.'),
      message: Joi.string().max(1000).description('A last message to the person.'),
    }),
    example: { message: 'A colleague will write to you.' },
  },
  resume: {
    summary: 'Make a run leave the node where it waits',
    body: Joi.object({ run, port: Joi.string().max(64).description('The port to leave by; the first port of the node by default.') }),
    example: { port: 'notReplied' },
  },
  move: {
    summary: 'Move a run to another node of its flow',
    body: Joi.object({ run, node: Joi.string().max(64).required() }),
    example: { run: 's0m3jx1.4', node: 'ask' },
  },
} as const;

/** What an operator can do with the runs of a session. */
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
