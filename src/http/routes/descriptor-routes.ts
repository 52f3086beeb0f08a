import Joi from 'joi';
import { once } from '../../contract/once.js';
import { describeFlowForm, describeNodeType } from '../../flow/describe.js';
import { describeLanguage } from '../../flow/language.js';
import type { NodeTypes } from '../../flow/program.js';
import { jsonSchema } from '../../flow/schema/json-schema.js';
import type { VersionedParams } from '../../flow/upgrade.js';
import { describeAdapter } from '../../manage/describe-adapter.js';
import type { Adapters } from '../../manage/parse-channel.js';
import { upgradeNode } from '../../manage/upgrade-node.js';
import { answerOf, defineRoute, type Route } from '../route.js';
import { ADAPTERS, FLOW_FORM, FLOW_LANGUAGE, NODE_TYPES, VERSIONED_PARAMS } from '../schemas/form.js';

/** What an editor of flows reads once: it is the same as long as the host runs, so each answer is made once and a browser may keep it. */
export function descriptorRoutes(parts: {
  readonly nodeTypes: NodeTypes;
  readonly adapters: Adapters;
  readonly constants?: Readonly<Record<string, string>> | undefined;
}): readonly Route[] {
  const about = { tag: 'Flows', method: 'get', role: 'viewer' } as const;
  const withSchemas = once(() => ({
    items: parts.nodeTypes.all.map((one) => ({ ...describeNodeType(one), schema: jsonSchema(one.params) })),
  }));
  const nodeTypes = once(() => ({ items: parts.nodeTypes.all.map(describeNodeType) }));
  const flowForm = once(describeFlowForm);
  const adapters = once(() => ({ items: [...parts.adapters.values()].map(describeAdapter) }));
  const language = once(() => describeLanguage(Object.keys(parts.constants ?? {})));
  return [
    defineRoute<undefined, { readonly schema: boolean }>({
      ...about,
      path: '/node-types',
      summary: 'List node types',
      query: Joi.object({ schema: Joi.boolean().default(false).description('Adds the params as JSON Schema.') }),
      answers: { 200: NODE_TYPES, 304: undefined },
      handle: async ({ query }) => ({ body: query.schema ? withSchemas() : nodeTypes() }),
    }),
    defineRoute<VersionedParams>({
      ...about,
      method: 'post',
      path: '/node-types/{type}/upgrade',
      summary: 'Upgrade the params of a node',
      description:
        'Answers with the params of a node of an earlier version as the newest version has them. A node keeps its version, and what it means, until the answer is saved in the draft.',
      body: VERSIONED_PARAMS,
      example: {
        version: 1,
        params: { branches: [{ name: 'yes', when: { variable: 'answer', operator: 'stringEquals', value: 'yes' } }] },
      },
      answers: { 200: VERSIONED_PARAMS },
      refuses: ['node-type/unknown'],
      handle: async ({ caller, name, body }) => answerOf(await upgradeNode(parts, caller, { ...body, type: name('type') })),
    }),
    defineRoute({
      ...about,
      path: '/flow-form',
      summary: 'Describe triggers, variables and settings',
      answers: { 200: FLOW_FORM, 304: undefined },
      handle: async () => ({ body: flowForm() }),
    }),
    defineRoute({
      ...about,
      path: '/language',
      summary: 'Describe given variables, filters and operators',
      answers: { 200: FLOW_LANGUAGE, 304: undefined },
      handle: async () => ({ body: language() }),
    }),
    defineRoute({
      ...about,
      tag: 'Channels',
      path: '/adapters',
      summary: 'List adapters',
      answers: { 200: ADAPTERS, 304: undefined },
      handle: async () => ({ body: adapters() }),
    }),
  ];
}
