import Joi from 'joi';
import {
  bindFlow,
  type OfflineRequest,
  type PublishingParts,
  type PublishRequest,
  publishFlow,
  rollBackFlow,
  takeFlowOffline,
} from '../../manage/publishing.js';
import { answerOf, defineRoute, type Route } from '../route.js';
import { FLOW, OFFLINE_FLOW, STANDING } from '../schemas/flow.js';
import { linkTo, sharing } from '../schemas/named.js';
import { PROBLEM } from '../schemas/problem.js';

/** Putting flows online and taking them offline. */
export function flowLifeRoutes(parts: PublishingParts): readonly Route[] {
  const about = { tag: 'Flows', role: 'editor' } as const;
  return [
    defineRoute<{ channels: string[] }>({
      ...about,
      method: 'put',
      path: '/flows/{code}/channels',
      summary: 'Bind a flow to channels',
      description: 'Only while it is OFFLINE.',
      body: Joi.object({ channels: Joi.array().items(Joi.string()).max(50).unique().required() }),
      example: { channels: ['wa-main', 'vb-main'] },
      answers: { 200: FLOW },
      refuses: ['flow/unknown', 'flow/online', 'channel/unknown'],
      // 404 is for what the path names.
      statuses: { 'channel/unknown': 422 },
      action: 'flow.bind',
      handle: async ({ caller, name, body }) => answerOf(await bindFlow(parts, caller, { ...body, code: name('code') })),
    }),
    defineRoute<Omit<PublishRequest, 'code'>>({
      ...about,
      method: 'post',
      path: '/flows/{code}/publish',
      summary: 'Publish the draft as the next version',
      description:
        'The version goes ONLINE in place of the current one. People already in the flow stay on the version they started with (`keep`, the default), move to the new version when they next write or their wait ends (`migrate`, refused if their node is gone), or are ended (`end`). `dryRun` changes nothing and reports problems and waiting sessions.',
      body: Joi.object({
        remark: Joi.string().allow('').max(2000),
        sessions: Joi.string().valid('keep', 'migrate', 'end'),
        dryRun: Joi.boolean(),
      }),
      mayLackBody: true,
      example: { remark: 'Asks for the name', sessions: 'keep' },
      answers: {
        200: sharing(
          {
            version: Joi.number().integer().description('Absent from the answer to a dry run.'),
            dryRun: Joi.boolean(),
            problems: Joi.array().items(linkTo(PROBLEM)).required().description('Warnings. They do not stop a publish.'),
            sessions: STANDING.required(),
          },
          PROBLEM,
        ),
      },
      refuses: ['flow/unknown', 'flow/not-bound', 'flow/tie', 'flow/node-gone', 'draft/conflict', 'flow/has-errors'],
      action: 'flow.publish',
      handle: async ({ caller, name, body }) => answerOf(await publishFlow(parts, caller, { ...body, code: name('code') })),
    }),
    defineRoute<Omit<OfflineRequest, 'code'>>({
      ...about,
      method: 'post',
      path: '/flows/{code}/offline',
      summary: 'Take a flow offline',
      description: 'Nothing starts the flow any more. People already in it finish (the default), or are ended with a last message.',
      body: Joi.object({ sessions: Joi.string().valid('finish', 'end'), message: Joi.string().max(1000) }),
      mayLackBody: true,
      example: { sessions: 'end', message: 'We are closed for today.' },
      answers: { 200: OFFLINE_FLOW },
      refuses: ['flow/unknown'],
      action: 'flow.offline',
      handle: async ({ caller, name, body }) => answerOf(await takeFlowOffline(parts, caller, { ...body, code: name('code') })),
    }),
    defineRoute<{ version: number }>({
      ...about,
      method: 'post',
      path: '/flows/{code}/rollback',
      summary: 'Put an earlier version ONLINE',
      body: Joi.object({ version: Joi.number().integer().min(1).required() }),
      example: { version: 2 },
      answers: { 200: FLOW },
      refuses: ['flow/unknown', 'flow/no-version', 'flow/not-bound', 'flow/tie'],
      action: 'flow.rollback',
      handle: async ({ caller, name, body }) => answerOf(await rollBackFlow(parts, caller, { ...body, code: name('code') })),
    }),
  ];
}
