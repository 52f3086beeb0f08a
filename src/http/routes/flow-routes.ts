import Joi from 'joi';
import { type PageQuery, type StoredFlow, UserError } from '../../contract/index.js';
import { checkFlow } from '../../flow/check.js';
import { fillVersions } from '../../flow/compile.js';
import type { HttpParts } from '../parts.js';
import { afterOf, type Page, pageAnswer, pageOf } from '../requests.js';
import { defineRoute, type Route } from '../route.js';
import { FLOW, FLOW_DEFINITION, NEW_FLOW } from '../schemas/flow.js';
import { linkTo, listOf } from '../schemas/named.js';
import { auditedFlow, showFlow, showFlows } from '../views/flow-view.js';
import { knownFlow } from './known-flow.js';
import { BLANK, COPY, FROM_TEMPLATE, newDefinition } from './new-definition.js';

interface ListRequest extends Page {
  readonly text?: string;
  readonly state?: 'ONLINE' | 'OFFLINE';
  readonly trigger?: string;
}

/** Flows: made, listed, renamed, deleted. */
export function flowRoutes(parts: HttpParts): readonly Route[] {
  const { store, clock, nodeTypes } = parts;
  const about = { tag: 'Flows' } as const;
  return [
    defineRoute({
      ...about,
      method: 'post',
      path: '/flows',
      role: 'editor',
      summary: 'Make a flow',
      description: 'From a definition, which may have problems and is a draft then; from a template; as a copy of another flow; or blank.',
      body: Joi.alternatives(linkTo(FLOW_DEFINITION), BLANK, FROM_TEMPLATE, COPY).shared(FLOW_DEFINITION),
      checksBody: true,
      example: { name: 'Order shipped', triggers: [{ type: 'TriggeredManually' }] },
      answers: { 201: NEW_FLOW },
      refuses: {
        404: ['flow/no-template', 'flow/unknown', 'flow/no-version'],
        409: ['flow/taken'],
        422: ['flow/invalid', 'http/bad-body'],
      },
      action: 'flow.create',
      async handle({ body }) {
        const definition = fillVersions(await newDefinition(parts, body), nodeTypes);
        const flow = await store.flows.create({ definition, at: clock.now() });
        if (flow === 'taken') throw new UserError(409, 'flow/taken', `There is a flow "${definition.code}" already.`);
        const problems = checkFlow(flow.draft.definition, parts.checkWorld());
        return {
          headers: { ETag: `"${flow.draft.revision}"` },
          body: { ...(await showFlow(store, flow)), problems },
          changed: { target: `flow:${flow.code}`, after: auditedFlow(flow) },
        };
      },
    }),
    defineRoute<unknown, ListRequest>({
      ...about,
      method: 'get',
      path: '/flows',
      role: 'viewer',
      summary: 'List flows',
      query: pageOf({
        text: Joi.string().max(100).description('In code, name or remark.'),
        state: Joi.string().valid('ONLINE', 'OFFLINE'),
        trigger: Joi.string().max(40).description('A type of trigger that the draft has.'),
      }),
      answers: { 200: listOf(FLOW) },
      async handle({ query: { text, state, trigger, ...page } }) {
        const request = { ...(text === undefined ? {} : { text }), ...(state === undefined ? {} : { state }) };
        const listens = ({ draft }: StoredFlow) => trigger === undefined || draft.definition.triggers.some(({ type }) => type === trigger);
        const found = await listThose(listens, (query) => store.flows.list({ ...request, ...query }), {
          ...afterOf(page),
          limit: page.limit + 1,
        });
        const shown = await showFlows(store, found);
        return pageAnswer({ found, limit: page.limit, key: ({ code }) => code, show: (flow) => shown[found.indexOf(flow)] });
      },
    }),
    defineRoute({
      ...about,
      method: 'get',
      path: '/flows/{code}',
      role: 'viewer',
      summary: 'Look at a flow',
      answers: { 200: FLOW },
      refuses: { 404: ['flow/unknown'] },
      handle: async (call) => ({ body: await showFlow(store, await knownFlow(parts, call)) }),
    }),
    defineRoute<{ name?: string; remark?: string; logging?: boolean }>({
      ...about,
      method: 'patch',
      path: '/flows/{code}',
      role: 'editor',
      summary: 'Change name, remark or logging',
      body: Joi.object({ name: Joi.string().max(200), remark: Joi.string().allow('').max(2000), logging: Joi.boolean() }),
      example: { name: 'Welcome', logging: true },
      answers: { 200: FLOW },
      refuses: { 404: ['flow/unknown'] },
      action: 'flow.change',
      async handle(call) {
        const before = await knownFlow(parts, call);
        const flow = (await store.flows.patch(before.code, call.body, clock.now())) ?? before;
        return {
          body: await showFlow(store, flow),
          changed: { target: `flow:${flow.code}`, before: auditedFlow(before), after: auditedFlow(flow) },
        };
      },
    }),
    defineRoute({
      ...about,
      method: 'delete',
      path: '/flows/{code}',
      role: 'editor',
      summary: 'Delete a flow that is OFFLINE',
      description: 'Who is in the middle of it finishes; its versions stay for them.',
      answers: { 204: undefined },
      refuses: { 404: ['flow/unknown'], 409: ['flow/online'] },
      action: 'flow.delete',
      async handle(call) {
        const before = await knownFlow(parts, call);
        if ((await store.flows.remove(before.code)) === 'online')
          throw new UserError(409, 'flow/online', `"${before.code}" is ONLINE; take it offline first.`);
        await parts.programs.refresh();
        return { changed: { target: `flow:${before.code}`, before: auditedFlow(before) } };
      },
    }),
  ];
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
