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

/** From draft to version and back: bindings, publish, offline, rollback. */
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
      // The call is there; a channel that its body names is not.
      statuses: { 'channel/unknown': 422 },
      action: 'flow.bind',
      handle: async ({ caller, name, body }) => answerOf(await bindFlow(parts, caller, { ...body, code: name('code') })),
    }),
    defineRoute<Omit<PublishRequest, 'code'>>({
      ...about,
      method: 'post',
      path: '/flows/{code}/publish',
      summary: 'The draft becomes the next version and goes ONLINE',
      description:
        'Who is in the middle stays on the version they began with (`keep`), goes over to this one when they are next heard of (`migrate`; refused where their node is gone), or is ended. `dryRun` only tells who waits where.',
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
            version: Joi.number().integer().description('Absent from a dry run.'),
            dryRun: Joi.boolean(),
            problems: Joi.array().items(linkTo(PROBLEM)).required().description('Warnings, which do not stop a publish.'),
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
      description: 'Nothing new starts. Who is in the middle finishes, or is ended with a last message.',
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
