import Joi from 'joi';
import { exportFlow, listVersions, type VersionParts } from '../../manage/versions.js';
import { countsIn, type ListQuery, listQuery, pageAnswer } from '../requests.js';
import { answerOf, defineRoute, type Route } from '../route.js';
import { FLOW_DEFINITION, VERSION } from '../schemas/flow.js';
import { listOf } from '../schemas/named.js';

/** Versions and exports of flows. */
export function versionRoutes(parts: VersionParts): readonly Route[] {
  const about = { tag: 'Flows', role: 'viewer', method: 'get' } as const;
  return [
    defineRoute<unknown, ListQuery & { readonly sort: string }>({
      ...about,
      path: '/flows/{code}/versions',
      summary: 'List the versions of a flow',
      query: listQuery({
        sort: Joi.string().valid('version', '-version').default('version').description('`-version` lists the newest first.'),
      }),
      answers: { 200: listOf(VERSION) },
      refuses: ['flow/unknown'],
      async handle({ caller, name, query }) {
        const { limit, sort, cursor } = query;
        const after = cursor === undefined ? {} : { after: countsIn(query)[0] };
        return pageAnswer(await listVersions(parts, caller, { code: name('code'), limit, isNewestFirst: sort === '-version', ...after }));
      },
    }),
    defineRoute({
      ...about,
      path: '/flows/{code}/versions/{version}',
      summary: 'Read the definition of a version',
      answers: { 200: FLOW_DEFINITION },
      refuses: ['flow/unknown', 'flow/no-version'],
      handle: async ({ caller, name }) => answerOf(await exportFlow(parts, caller, { code: name('code'), version: name('version') })),
    }),
    defineRoute<unknown, { version?: number }>({
      ...about,
      path: '/flows/{code}/export',
      summary: 'Export the draft, or a version',
      query: Joi.object({ version: Joi.number().integer().min(1).description('The draft by default.') }),
      answers: { 200: FLOW_DEFINITION },
      refuses: ['flow/unknown', 'flow/no-version'],
      handle: async ({ caller, name, query }) => answerOf(await exportFlow(parts, caller, { code: name('code'), ...query })),
    }),
  ];
}
