import Joi from 'joi';
import { type FlowDefinition, isMessageTrigger, type Problem, type StoredFlow, TRIGGER_PLATFORM, UserError } from '../../contract/index.js';
import { checkFlow, errorsOf } from '../../flow/check.js';
import { findTies } from '../../published/find-ties.js';
import { onlineFlow } from '../../published/program-book.js';
import type { HttpParts } from '../parts.js';
import { defineRoute, type Route } from '../route.js';
import { FLOW, OFFLINE_FLOW, STANDING } from '../schemas/flow.js';
import { linkTo, sharing } from '../schemas/named.js';
import { PROBLEM } from '../schemas/problem.js';
import { auditedFlow, showFlow } from '../views/flow-view.js';
import { knownFlow } from './known-flow.js';
import { refuseLostNodes, type SessionsRequest, standingSessions } from './standing-sessions.js';

interface PublishRequest {
  readonly remark?: string;
  readonly sessions?: SessionsRequest;
  readonly dryRun?: boolean;
}
interface OfflineRequest {
  readonly sessions?: 'finish' | 'end';
  readonly message?: string;
}

/** From draft to version and back: bindings, publish, offline, rollback. */
export function flowLifeRoutes(parts: HttpParts): readonly Route[] {
  const { store, clock } = parts;
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
      refuses: { 404: ['flow/unknown'], 409: ['flow/online'], 422: ['channel/unknown'] },
      action: 'flow.bind',
      async handle(call) {
        const { code, channels: before } = await knownFlow(parts, call);
        const { channels } = call.body;
        const unknown = channels.flatMap((id, i) => (parts.channels.get(id) ? [] : [unknownChannel(id, i)]));
        if (unknown.length > 0) throw new UserError(422, 'channel/unknown', 'Some of the channels are not there.', unknown);
        const flow = await store.flows.bind(code, channels, clock.now());
        if (flow === 'online') throw new UserError(409, 'flow/online', `"${code}" is ONLINE; bindings change while it is offline.`);
        return {
          body: flow && (await showFlow(store, flow)),
          changed: { target: `flow:${code}`, before: { channels: before }, after: { channels } },
        };
      },
    }),
    defineRoute<PublishRequest>({
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
      refuses: {
        404: ['flow/unknown'],
        409: ['flow/not-bound', 'flow/tie', 'flow/node-gone', 'draft/conflict'],
        422: ['flow/has-errors'],
      },
      action: 'flow.publish',
      async handle(call) {
        const flow = await knownFlow(parts, call);
        const { remark = '', sessions: mode = 'keep', dryRun = false } = call.body;
        const { definition, revision } = flow.draft;
        const problems = checkFlow(definition, parts.checkWorld());
        if (errorsOf(problems).length > 0) throw new UserError(422, 'flow/has-errors', `The draft of "${flow.code}" has errors.`, problems);
        refuseUnbound(parts, flow, definition);
        refuseTies(parts, flow, definition);
        if (mode === 'migrate') await refuseLostNodes(parts, flow, definition);
        const sessions = await standingSessions(parts, flow, mode);
        if (dryRun) return { body: { dryRun: true, problems, sessions } };
        const by = call.caller.name;
        const wanted = { revision, definition, remark, by, migrate: mode === 'migrate', at: clock.now() };
        const published = await store.flows.publish(flow.code, wanted);
        if (published === 'conflict')
          throw new UserError(409, 'draft/conflict', 'Somebody has saved the draft in this moment; look at it and publish again.');
        await parts.programs.refresh();
        const version = published?.version ?? 0;
        const ended = mode === 'end' ? { ended: await parts.endSessions({ flow: flow.code, below: version, by: 'publish' }) } : {};
        return {
          body: { version, problems, sessions: { ...sessions, ...ended } },
          changed: { target: `flow:${flow.code}`, before: auditedFlow(flow), after: { version, draft: revision, remark, sessions: mode } },
        };
      },
    }),
    defineRoute<OfflineRequest>({
      ...about,
      method: 'post',
      path: '/flows/{code}/offline',
      summary: 'Take a flow offline',
      description: 'Nothing new starts. Who is in the middle finishes, or is ended with a last message.',
      body: Joi.object({ sessions: Joi.string().valid('finish', 'end'), message: Joi.string().max(1000) }),
      mayLackBody: true,
      example: { sessions: 'end', message: 'We are closed for today.' },
      answers: { 200: OFFLINE_FLOW },
      refuses: { 404: ['flow/unknown'] },
      action: 'flow.offline',
      async handle(call) {
        const before = await knownFlow(parts, call);
        const { code } = before;
        const { sessions = 'finish', message } = call.body;
        const flow = await store.flows.takeOffline(code, clock.now());
        await parts.programs.refresh();
        const ended =
          sessions === 'end' ? await parts.endSessions({ flow: code, by: 'offline', ...(message === undefined ? {} : { message }) }) : 0;
        return {
          body: flow && { ...(await showFlow(store, flow)), ended },
          changed: { target: `flow:${code}`, before: auditedFlow(before), after: { state: 'OFFLINE', sessions, ended } },
        };
      },
    }),
    defineRoute<{ version: number }>({
      ...about,
      method: 'post',
      path: '/flows/{code}/rollback',
      summary: 'Put an earlier version ONLINE',
      body: Joi.object({ version: Joi.number().integer().min(1).required() }),
      example: { version: 2 },
      answers: { 200: FLOW },
      refuses: { 404: ['flow/unknown', 'flow/no-version'], 409: ['flow/not-bound', 'flow/tie'] },
      action: 'flow.rollback',
      async handle(call) {
        const flow = await knownFlow(parts, call);
        const { version } = call.body;
        const wanted = await store.flows.version(flow.code, version);
        if (!wanted || wanted.state === 'DELETED') throw new UserError(404, 'flow/no-version', `"${flow.code}" has no version ${version}.`);
        refuseUnbound(parts, flow, wanted.definition);
        refuseTies(parts, flow, wanted.definition);
        const back = await store.flows.rollback(flow.code, version, clock.now());
        await parts.programs.refresh();
        const now = back && back !== 'no-version' ? back : flow;
        return {
          body: await showFlow(store, now),
          changed: { target: `flow:${flow.code}`, before: auditedFlow(flow), after: auditedFlow(now) },
        };
      },
    }),
  ];
}

function unknownChannel(id: string, index: number): Problem {
  return {
    pointer: `/channels/${index}`,
    code: 'channel/unknown',
    message: `there is no channel "${id}"`,
    hint: 'GET /api/channels lists what there is.',
    severity: 'error',
  };
}

/** A message trigger hears nothing without a channel of its platform. */
function refuseUnbound({ channels }: HttpParts, flow: StoredFlow, { triggers }: FlowDefinition): void {
  const platforms = new Set(flow.channels.map((id) => channels.get(id)?.adapter.platform));
  const problems = triggers.flatMap((trigger, i): readonly Problem[] => {
    if (!isMessageTrigger(trigger) || platforms.has(TRIGGER_PLATFORM[trigger.type])) return [];
    const platform = TRIGGER_PLATFORM[trigger.type];
    return [
      {
        pointer: `/triggers/${i}`,
        code: 'flow/not-bound',
        message: `the trigger needs a channel on ${platform}, and the flow is bound to none`,
        hint: `PUT /api/flows/${flow.code}/channels { "channels": ["<id>"] }`,
        severity: 'error',
      },
    ];
  });
  if (problems.length > 0) throw new UserError(409, 'flow/not-bound', `"${flow.code}" needs a channel to hear messages on.`, problems);
}

function refuseTies({ programs }: HttpParts, flow: StoredFlow, definition: FlowDefinition): void {
  const ties = findTies(onlineFlow(flow, { version: 0, definition }), programs.snapshot().onlineFlows);
  if (ties.length === 0) return;
  const problems = ties.map(
    ({ flow: other, reason }): Problem => ({
      pointer: '/triggers',
      code: 'flow/tie',
      message: reason,
      hint: `Change a keyword or the priority, or take "${other}" offline.`,
      severity: 'error',
    }),
  );
  throw new UserError(
    409,
    'flow/tie',
    `"${flow.code}" would take the same messages as ${ties.map((one) => `"${one.flow}"`).join(', ')}.`,
    problems,
  );
}
