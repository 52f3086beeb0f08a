import { Router } from 'express';
import Joi from 'joi';
import { type FlowDefinition, type JsonObject, type PageQuery, type StoredFlow, UserError } from '../contract/index.js';
import { checkFlow, checkFlowBody } from '../flow/check.js';
import { fillVersions } from '../flow/compile.js';
import { CODE, readEnvelope } from '../flow/envelope.js';
import { problemsOfJoi } from '../flow/problems-of-joi.js';
import { knownFlow } from './known-flow.js';
import type { HttpParts } from './parts.js';
import { afterOf, answerShownPage, bodyOf, PAGE, type Page, queryOf, route } from './requests.js';

/** Flows and their drafts. */
export function flowRoutes(parts: HttpParts): Router {
  const { store, clock, nodeTypes } = parts;
  const router = Router();

  router.post(
    '/flows',
    route(async (request, response) => {
      const definition = fillVersions(await newDefinition(parts, request.body), nodeTypes);
      const flow = await store.flows.create({ definition, at: clock.now() });
      if (flow === 'taken') throw new UserError(409, 'flow/taken', `There is a flow "${definition.code}" already.`);
      const problems = checkFlow(flow.draft.definition, parts.checkWorld());
      response
        .status(201)
        .set('ETag', etag(flow.draft.revision))
        .json({ ...(await shown(parts, flow)), problems });
    }),
  );

  router.get(
    '/flows',
    route(async (request, response) => {
      const members = {
        ...PAGE,
        text: Joi.string().max(100),
        state: Joi.string().valid('ONLINE', 'OFFLINE'),
        trigger: Joi.string().max(40),
      };
      const { text, state, trigger, ...page } = queryOf<Page & { text?: string; state?: 'ONLINE' | 'OFFLINE'; trigger?: string }>(
        request,
        members,
      );
      const wish = { ...(text === undefined ? {} : { text }), ...(state === undefined ? {} : { state }) };
      const listens = ({ draft }: StoredFlow) => trigger === undefined || draft.definition.triggers.some(({ type }) => type === trigger);
      const found = await listThose(listens, (query) => store.flows.list({ ...wish, ...query }), {
        ...afterOf(page),
        limit: page.limit + 1,
      });
      const items = new Map(await Promise.all(found.map(async (flow) => [flow.code, await shown(parts, flow)] as const)));
      answerShownPage(response, { found, limit: page.limit, key: ({ code }) => code, show: ({ code }) => items.get(code) });
    }),
  );

  router.get(
    '/flows/:code',
    route(async (request, response) => {
      response.json(await shown(parts, await knownFlow(parts, request)));
    }),
  );

  router.patch(
    '/flows/:code',
    route(async (request, response) => {
      const { code } = await knownFlow(parts, request);
      const change = bodyOf<{ name?: string; remark?: string; logging?: boolean }>(request, {
        name: Joi.string().max(200),
        remark: Joi.string().allow('').max(2000),
        logging: Joi.boolean(),
      });
      const flow = await store.flows.patch(code, change, clock.now());
      response.json(flow && (await shown(parts, flow)));
    }),
  );

  router.delete(
    '/flows/:code',
    route(async (request, response) => {
      const { code } = await knownFlow(parts, request);
      if ((await store.flows.remove(code)) === 'online')
        throw new UserError(409, 'flow/online', `"${code}" is ONLINE; take it offline first.`);
      await parts.programs.refresh();
      response.status(204).end();
    }),
  );

  router.get(
    '/flows/:code/draft',
    route(async (request, response) => {
      const { draft } = await knownFlow(parts, request);
      response.set('ETag', etag(draft.revision)).json(draft.definition);
    }),
  );

  router.put(
    '/flows/:code/draft',
    route(async (request, response) => {
      const { code } = await knownFlow(parts, request);
      const base = revisionIn(request.get('if-match'));
      const read = readEnvelope(request.body);
      if ('problems' in read) throw new UserError(422, 'flow/invalid', 'The body is no flow.', read.problems);
      if (read.definition.code !== code)
        throw new UserError(422, 'flow/other-code', `The draft's code is "${read.definition.code}", the flow's is "${code}".`);
      const definition = fillVersions(read.definition, nodeTypes);
      const saved = await store.flows.saveDraft(code, definition, base, clock.now());
      const revision = saved?.revision ?? 0;
      response.set('ETag', etag(revision));
      if (!saved?.saved) throw new UserError(412, 'draft/conflict', `Somebody else has saved the draft; it is at revision ${revision}.`);
      response.json({ code, draft: { revision }, problems: checkFlow(definition, parts.checkWorld()) });
    }),
  );

  router.post(
    '/flows/:code/check',
    route(async (request, response) => {
      const { draft } = await knownFlow(parts, request);
      const body: unknown = request.body;
      const isDraft =
        body === undefined || (typeof body === 'object' && body !== null && !Array.isArray(body) && Object.keys(body).length === 0);
      response.json({ problems: checkFlowBody(isDraft ? draft.definition : body, parts.checkWorld()) });
    }),
  );

  return router;
}

/** Goes on from page to page until there are enough that fit, so that a page is short only at the end of the list. */
async function listThose(
  fits: (flow: StoredFlow) => boolean,
  list: (query: PageQuery) => Promise<readonly StoredFlow[]>,
  { limit, after }: PageQuery,
): Promise<readonly StoredFlow[]> {
  const found: StoredFlow[] = [];
  let from = after;
  for (;;) {
    const flows = await list({ limit, ...(from === undefined ? {} : { after: from }) });
    found.push(...flows.filter(fits));
    if (found.length >= limit || flows.length < limit) return found.slice(0, limit);
    from = flows.at(-1)?.code;
  }
}

/** A definition, from a whole one, a blank one, or a copy. */
async function newDefinition(parts: HttpParts, body: unknown): Promise<FlowDefinition> {
  const wish = body !== null && typeof body === 'object' && !Array.isArray(body) ? (body as JsonObject) : {};
  if ('copyOf' in wish) return copied(parts, wish);
  if ('template' in wish) throw new UserError(404, 'flow/no-template', 'There is no template gallery yet; upload the definition itself.');
  const definition = 'format' in wish || 'nodes' in wish || !('name' in wish) ? body : blank(wish);
  const read = readEnvelope(definition);
  if ('problems' in read) throw new UserError(422, 'flow/invalid', 'The body is no flow.', read.problems);
  return read.definition;
}

async function copied({ store }: HttpParts, wish: JsonObject): Promise<FlowDefinition> {
  const schema = Joi.object({
    copyOf: Joi.string().required(),
    version: Joi.number().integer().min(1),
    code: Joi.string().pattern(CODE),
    name: Joi.string().max(200),
  });
  const { value, error } = schema.validate(wish, { abortEarly: false, convert: false });
  if (error)
    throw new UserError(422, 'http/bad-body', 'The body does not fit this call.', problemsOfJoi(error, { pointer: '', code: 'body' }));
  const { copyOf, version, code, name } = value as { copyOf: string; version?: number; code?: string; name?: string };
  const flow = await store.flows.get(copyOf);
  if (!flow) throw new UserError(404, 'flow/unknown', `There is no flow "${copyOf}".`);
  const from = version === undefined ? flow.draft.definition : (await store.flows.version(copyOf, version))?.definition;
  if (!from) throw new UserError(404, 'flow/no-version', `"${copyOf}" has no version ${version}.`);
  return { ...from, code: code ?? codeFrom(name ?? `${copyOf}-copy`), name: name ?? `${from.name} (copy)` };
}

/** A start that leads to an end. */
function blank({ name, remark, triggers, code, ...rest }: JsonObject): unknown {
  return {
    ...rest,
    format: 'parley/1',
    code: code ?? codeFrom(typeof name === 'string' ? name : ''),
    name,
    ...(remark === undefined ? {} : { remark }),
    triggers: triggers ?? [{ type: 'TriggeredManually' }],
    nodes: [
      { id: 'start', type: 'start', params: {}, position: { x: 0, y: 0 } },
      { id: 'end', type: 'end', params: {}, position: { x: 480, y: 0 } },
    ],
    edges: [{ from: 'start', port: 'next', to: 'end' }],
  };
}

function codeFrom(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return words.slice(0, 64) || 'flow';
}

function etag(revision: number): string {
  return `"${revision}"`;
}

function revisionIn(header: string | undefined): number {
  if (header === undefined) throw new UserError(428, 'draft/no-revision', 'Send If-Match with the ETag of the draft that you have read.');
  const [, revision] = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim()) ?? [];
  // What is no revision of ours cannot be the one that is there.
  return revision === undefined ? -1 : Number(revision);
}

/** A flow as http-api.md shows it. */
export async function shown({ store }: HttpParts, flow: StoredFlow): Promise<object> {
  const { code, name, remark, state, version, draft, channels, logging, createdAt, updatedAt } = flow;
  const positions = await store.sessions.positions(code);
  const waiting = positions.reduce((sum, one) => sum + one.waiting, 0);
  return {
    code,
    name,
    remark,
    state,
    ...(version === undefined ? {} : { version }),
    logging,
    draft: { revision: draft.revision, changed: draft.changed },
    channels,
    triggers: draft.definition.triggers,
    waiting,
    createdAt,
    updatedAt,
  };
}
