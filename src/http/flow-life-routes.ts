import { Router } from 'express';
import Joi from 'joi';
import { type FlowDefinition, isMessageTrigger, type Problem, type StoredFlow, TRIGGER_PLATFORM, UserError } from '../contract/index.js';
import { checkFlow, errorsOf } from '../flow/check.js';
import { findTies } from '../turn/find-ties.js';
import { onlineFlow } from '../turn/program-book.js';
import { callerOf } from './authorize.js';
import { shown } from './flow-routes.js';
import { knownFlow } from './known-flow.js';
import type { HttpParts } from './parts.js';
import { answerShownPage, bodyOf, countsOf, nameIn, PAGE, type Page, queryOf, route } from './requests.js';
import { refuseLostNodes, type SessionsWish, standingSessions } from './standing-sessions.js';

interface PublishWish {
  readonly remark?: string;
  readonly sessions?: SessionsWish;
  readonly dryRun?: boolean;
}

/** From draft to version and back: bindings, publish, offline, rollback, export. */
export function flowLifeRoutes(parts: HttpParts): Router {
  const { store, clock } = parts;
  const router = Router();

  router.put(
    '/flows/:code/channels',
    route(async (request, response) => {
      const { code } = await knownFlow(parts, request);
      const { channels } = bodyOf<{ channels: string[] }>(request, {
        channels: Joi.array().items(Joi.string()).max(50).unique().required(),
      });
      const unknown = channels.flatMap((id, i) => (parts.channels.get(id) ? [] : [unknownChannel(id, i)]));
      if (unknown.length > 0) throw new UserError(422, 'channel/unknown', 'Some of the channels are not there.', unknown);
      const flow = await store.flows.bind(code, channels, clock.now());
      if (flow === 'online') throw new UserError(409, 'flow/online', `"${code}" is ONLINE; bindings change while it is offline.`);
      response.json(flow && (await shown(parts, flow)));
    }),
  );

  router.post(
    '/flows/:code/publish',
    route(async (request, response) => {
      const flow = await knownFlow(parts, request);
      const {
        remark = '',
        sessions: wish = 'keep',
        dryRun = false,
      } = bodyOf<PublishWish>(request, {
        remark: Joi.string().allow('').max(2000),
        sessions: Joi.string().valid('keep', 'migrate', 'end'),
        dryRun: Joi.boolean(),
      });
      const { definition, revision } = flow.draft;
      const problems = checkFlow(definition, parts.checkWorld());
      if (errorsOf(problems).length > 0) throw new UserError(422, 'flow/has-errors', `The draft of "${flow.code}" has errors.`, problems);
      refuseUnbound(parts, flow, definition);
      refuseTies(parts, flow, definition);
      if (wish === 'migrate') await refuseLostNodes(parts, flow, definition);
      const sessions = await standingSessions(parts, flow, wish);
      if (dryRun) {
        response.json({ dryRun: true, problems, sessions });
        return;
      }
      const published = await store.flows.publish(flow.code, {
        revision,
        definition,
        remark,
        by: callerOf(request).name,
        migrate: wish === 'migrate',
        at: clock.now(),
      });
      if (published === 'conflict')
        throw new UserError(409, 'draft/conflict', 'Somebody has saved the draft in this moment; look at it and publish again.');
      await parts.programs.refresh();
      const below = published?.version ?? 0;
      const ended = wish === 'end' ? { ended: await parts.endSessions({ flow: flow.code, below, by: 'publish' }) } : {};
      response.json({ version: below, problems, sessions: { ...sessions, ...ended } });
    }),
  );

  router.post(
    '/flows/:code/offline',
    route(async (request, response) => {
      const { code } = await knownFlow(parts, request);
      const { sessions = 'finish', message } = bodyOf<{ sessions?: 'finish' | 'end'; message?: string }>(request, {
        sessions: Joi.string().valid('finish', 'end'),
        message: Joi.string().max(1000),
      });
      const flow = await store.flows.takeOffline(code, clock.now());
      await parts.programs.refresh();
      const ended =
        sessions === 'end' ? await parts.endSessions({ flow: code, by: 'offline', ...(message === undefined ? {} : { message }) }) : 0;
      response.json(flow && { ...(await shown(parts, flow)), ended });
    }),
  );

  router.post(
    '/flows/:code/rollback',
    route(async (request, response) => {
      const flow = await knownFlow(parts, request);
      const { version } = bodyOf<{ version: number }>(request, { version: Joi.number().integer().min(1).required() });
      const wanted = await store.flows.version(flow.code, version);
      if (!wanted || wanted.state === 'DELETED') throw new UserError(404, 'flow/no-version', `"${flow.code}" has no version ${version}.`);
      refuseUnbound(parts, flow, wanted.definition);
      refuseTies(parts, flow, wanted.definition);
      const back = await store.flows.rollback(flow.code, version, clock.now());
      await parts.programs.refresh();
      response.json(back && back !== 'no-version' ? await shown(parts, back) : undefined);
    }),
  );

  router.get(
    '/flows/:code/versions',
    route(async (request, response) => {
      const { code } = await knownFlow(parts, request);
      const page = queryOf<Page>(request, PAGE);
      const [after] = countsOf(page);
      const found = await store.flows.versions(code, { after, limit: page.limit + 1 });
      answerShownPage(response, {
        found,
        limit: page.limit,
        key: ({ version }) => String(version),
        show: ({ definition: _, flow: __, ...rest }) => rest,
      });
    }),
  );

  router.get(
    '/flows/:code/versions/:version',
    route(async (request, response) => {
      const { code } = await knownFlow(parts, request);
      response.json(await versionOf(parts, code, nameIn(request, 'version')));
    }),
  );

  router.get(
    '/flows/:code/export',
    route(async (request, response) => {
      const flow = await knownFlow(parts, request);
      const { version } = queryOf<{ version?: number }>(request, { version: Joi.number().integer().min(1) });
      response.json(version === undefined ? flow.draft.definition : await versionOf(parts, flow.code, String(version)));
    }),
  );

  return router;
}

async function versionOf({ store }: HttpParts, code: string, version: string): Promise<FlowDefinition> {
  const found = /^\d{1,9}$/.test(version) ? await store.flows.version(code, Number(version)) : undefined;
  if (!found) throw new UserError(404, 'flow/no-version', `"${code}" has no version ${version}.`);
  return found.definition;
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
