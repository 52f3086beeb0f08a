import Joi from 'joi';
import {
  bindFlow,
  type OfflineRequest,
  type PreviewRequest,
  type PublishingParts,
  type PublishRequest,
  previewPublish,
  publishFlow,
  rollBackFlow,
  takeFlowOffline,
} from '../../manage/publishing.js';
import { etag, revisionIn } from '../etag.js';
import { answerOf, type Call, defineRoute, type Route } from '../route.js';
import { FLOW, OFFLINE_FLOW, STANDING } from '../schemas/flow.js';
import { linkTo, sharing } from '../schemas/named.js';
import { BLOCKER, PROBLEM, stampMembers } from '../schemas/problem.js';

const channelIds = Joi.array().items(Joi.string()).max(50).unique();

function inDryRuns(schema: Joi.Schema): Joi.Schema {
  return schema.when('dryRun', { is: Joi.valid(true).required(), otherwise: Joi.forbidden() });
}

type PublishBody = Omit<PublishRequest & PreviewRequest, 'code'> & { readonly dryRun?: boolean };

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
      body: Joi.object({ channels: channelIds.required() }),
      example: { channels: ['wa-main', 'vb-main'] },
      answers: { 200: FLOW },
      refuses: ['flow/unknown', 'flow/online', 'channel/unknown'],
      // 404 is for what the path names.
      statuses: { 'channel/unknown': 422 },
      action: 'flow.bind',
      handle: async ({ caller, name, body }) => answerOf(await bindFlow(parts, caller, { ...body, code: name('code') })),
    }),
    defineRoute<PublishBody>({
      ...about,
      method: 'post',
      path: '/flows/{code}/publish',
      summary: 'Publish the draft as the next version',
      description:
        'The version goes ONLINE in place of the current one. People already in the flow stay on the version they started with (`keep`, the default), move to the new version when they next write or their wait ends (`migrate`, refused if their node is gone), or are ended (`end`). With the header If-Match, only the draft of this ETag is published. `dryRun` changes nothing and reports everything that would refuse the publish, all problems and the waiting sessions; `definition` and `channels` are for a dry run of a file that is not stored yet.',
      takes: { 'If-Match': 'The ETag of the draft that was looked at. Without it, the draft is published as it is.' },
      body: Joi.object({
        remark: Joi.string().allow('').max(2000),
        sessions: Joi.string().valid('keep', 'migrate', 'end'),
        dryRun: Joi.boolean(),
        definition: inDryRuns(Joi.object().unknown(true)).description('In a dry run: a flow file to look at in place of the draft.'),
        channels: inDryRuns(channelIds).description('In a dry run: channels in place of those that the flow is bound to.'),
      }),
      mayLackBody: true,
      example: { remark: 'Asks for the name', sessions: 'keep' },
      answers: {
        200: sharing(
          {
            version: Joi.number().integer().required().description('The number of the version; in a dry run the one that it would get.'),
            dryRun: Joi.boolean(),
            draft: Joi.object(stampMembers).description('In a dry run: the draft that was looked at.'),
            blockers: Joi.array().items(linkTo(BLOCKER)).description('In a dry run: everything that would refuse the publish.'),
            problems: Joi.array()
              .items(linkTo(PROBLEM))
              .required()
              .description('What the check has found. Warnings do not stop a publish.'),
            sessions: STANDING.required(),
          },
          PROBLEM,
          BLOCKER,
        ),
      },
      refuses: [
        'flow/unknown',
        'flow/has-errors',
        'flow/not-bound',
        'flow/tie',
        'flow/node-gone',
        'channel/unknown',
        'draft/conflict',
        'flow/invalid',
        'flow/other-code',
      ],
      // A conflict is a failed condition of If-Match. 404 is for what the path names.
      statuses: { 'draft/conflict': 412, 'channel/unknown': 409 },
      action: 'flow.publish',
      async handle({ caller, name, body: { dryRun = false, ...body }, header }) {
        const request = { ...body, code: name('code'), ...ifMatch(header) };
        if (!dryRun) return answerOf(await publishFlow(parts, caller, request));
        return answerOf(await previewPublish(parts, caller, request), ({ draft }) => ({ headers: { ETag: etag(draft.revision) } }));
      },
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
      refuses: ['flow/unknown', 'flow/no-version', 'flow/not-bound', 'flow/tie', 'channel/unknown'],
      statuses: { 'channel/unknown': 409 },
      action: 'flow.rollback',
      handle: async ({ caller, name, body }) => answerOf(await rollBackFlow(parts, caller, { ...body, code: name('code') })),
    }),
  ];
}

function ifMatch(header: Call['header']): Pick<PublishRequest, 'revision'> {
  const revision = revisionIn(header('if-match'));
  return revision === undefined ? {} : { revision };
}
