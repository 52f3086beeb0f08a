import Joi from 'joi';
import { UserError } from '../../contract/index.js';
import { checkFlow } from '../../flow/check.js';
import { fillVersions } from '../../flow/compile.js';
import { readEnvelope } from '../../flow/envelope.js';
import type { HttpParts } from '../parts.js';
import { defineRoute, type Route } from '../route.js';
import { FLOW_DEFINITION } from '../schemas/flow.js';
import { linkTo, sharing } from '../schemas/named.js';
import { PROBLEM } from '../schemas/problem.js';
import { knownFlow } from './known-flow.js';

const problems = Joi.array().items(linkTo(PROBLEM)).required();

/** The version of a flow that is being edited: two editors are told of each other, and nothing is overwritten. */
export function draftRoutes(parts: HttpParts): readonly Route[] {
  const { store, clock, nodeTypes } = parts;
  const about = { tag: 'Flows', role: 'editor' } as const;
  return [
    defineRoute({
      ...about,
      method: 'get',
      path: '/flows/{code}/draft',
      summary: 'Read the draft',
      description: 'Its revision is the ETag.',
      answers: { 200: FLOW_DEFINITION },
      refuses: { 404: ['flow/unknown'] },
      async handle(call) {
        const { draft } = await knownFlow(parts, call);
        return { headers: { ETag: etag(draft.revision) }, body: draft.definition };
      },
    }),
    defineRoute({
      ...about,
      method: 'put',
      path: '/flows/{code}/draft',
      summary: 'Save the draft',
      description: 'From the revision that was read alone. A draft may have problems; what is no flow is refused.',
      needs: { 'If-Match': 'The ETag of the draft that was read.' },
      body: FLOW_DEFINITION,
      checksBody: true,
      answers: {
        200: sharing(
          { code: Joi.string().required(), draft: Joi.object({ revision: Joi.number().required() }).required(), problems },
          PROBLEM,
        ),
      },
      refuses: {
        404: ['flow/unknown'],
        412: ['draft/conflict'],
        422: ['flow/invalid', 'flow/other-code'],
        428: ['draft/no-revision'],
      },
      action: 'draft.save',
      async handle(call) {
        const { code } = await knownFlow(parts, call);
        const base = revisionIn(call.header('if-match'));
        const read = readEnvelope(call.body);
        if ('problems' in read)
          throw new UserError(422, 'flow/invalid', 'The body is not a valid flow.', checkFlow(call.body, parts.checkWorld()));
        if (read.definition.code !== code)
          throw new UserError(422, 'flow/other-code', `The draft's code is "${read.definition.code}", the flow's is "${code}".`, [
            {
              pointer: '/code',
              code: 'flow/other-code',
              message: `the flow's code is "${code}"`,
              hint: `Write "${code}", or make a new flow of the file.`,
              severity: 'error',
            },
          ]);
        const definition = fillVersions(read.definition, nodeTypes);
        const saved = await store.flows.saveDraft(code, definition, base, clock.now());
        const revision = saved?.revision ?? 0;
        if (!saved?.saved)
          throw new UserError(412, 'draft/conflict', `Somebody else has saved the draft; it is at revision ${revision}.`, [], {
            ETag: etag(revision),
          });
        return {
          headers: { ETag: etag(revision) },
          body: { code, draft: { revision }, problems: checkFlow(definition, parts.checkWorld()) },
          // Definitions are large, and versions keep them: the audit log says which revision it was.
          changed: { target: `flow:${code}`, before: { draft: base }, after: { draft: revision, nodes: definition.nodes.length } },
        };
      },
    }),
    defineRoute({
      ...about,
      method: 'post',
      path: '/flows/{code}/check',
      summary: 'Tell every problem of the draft, or of the body',
      description: 'Nothing is stored.',
      body: Joi.alternatives(linkTo(FLOW_DEFINITION), Joi.object({})).shared(FLOW_DEFINITION),
      checksBody: true,
      mayLackBody: true,
      answers: { 200: sharing({ problems }, PROBLEM) },
      refuses: { 404: ['flow/unknown'] },
      async handle(call) {
        const { draft } = await knownFlow(parts, call);
        const { body } = call;
        const isDraft = typeof body === 'object' && body !== null && !Array.isArray(body) && Object.keys(body).length === 0;
        return { body: { problems: checkFlow(isDraft ? draft.definition : body, parts.checkWorld()) } };
      },
    }),
  ];
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
