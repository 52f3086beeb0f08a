import Joi from 'joi';
import { type FlowDefinition, UserError } from '../../contract/index.js';
import type { HttpParts } from '../parts.js';
import { countsOf, type Page, pageAnswer, pageOf } from '../requests.js';
import { defineRoute, type Route } from '../route.js';
import { FLOW_DEFINITION, VERSION } from '../schemas/flow.js';
import { listOf } from '../schemas/named.js';
import { knownFlow } from './known-flow.js';

/** What was published, and what can be taken elsewhere. */
export function versionRoutes(parts: HttpParts): readonly Route[] {
  const about = { tag: 'Flows', role: 'viewer', method: 'get' } as const;
  return [
    defineRoute<unknown, Page>({
      ...about,
      path: '/flows/{code}/versions',
      summary: 'List the versions',
      query: pageOf(),
      answers: { 200: listOf(VERSION) },
      refuses: { 404: ['flow/unknown'] },
      async handle(call) {
        const { code } = await knownFlow(parts, call);
        const { limit } = call.query;
        const [after] = countsOf(call.query);
        const found = await parts.store.flows.versions(code, { after, limit: limit + 1 });
        return pageAnswer({
          found,
          limit,
          key: ({ version }) => String(version),
          show: ({ definition: _, flow: __, ...rest }) => rest,
        });
      },
    }),
    defineRoute({
      ...about,
      path: '/flows/{code}/versions/{version}',
      summary: 'Read the definition of a version',
      answers: { 200: FLOW_DEFINITION },
      refuses: { 404: ['flow/unknown', 'flow/no-version'] },
      async handle(call) {
        const { code } = await knownFlow(parts, call);
        return { body: await versionOf(parts, code, call.name('version')) };
      },
    }),
    defineRoute<unknown, { version?: number }>({
      ...about,
      path: '/flows/{code}/export',
      summary: 'Export the draft, or a version',
      query: Joi.object({ version: Joi.number().integer().min(1).description('The draft, when absent.') }),
      answers: { 200: FLOW_DEFINITION },
      refuses: { 404: ['flow/unknown', 'flow/no-version'] },
      async handle(call) {
        const flow = await knownFlow(parts, call);
        const { version } = call.query;
        return { body: version === undefined ? flow.draft.definition : await versionOf(parts, flow.code, String(version)) };
      },
    }),
  ];
}

async function versionOf({ store }: HttpParts, code: string, version: string): Promise<FlowDefinition> {
  const found = /^\d{1,9}$/.test(version) ? await store.flows.version(code, Number(version)) : undefined;
  if (!found) throw new UserError(404, 'flow/no-version', `"${code}" has no version ${version}.`);
  return found.definition;
}
