import Joi from 'joi';
import { isRefused } from '../../contract/host/index.js';
import { checkDraft, type DraftParts, listDrafts, readDraft, readEarlierDraft, saveDraft } from '../../manage/drafts.js';
import { etag, revisionIn } from '../etag.js';
import { answerOf, defineRoute, type Route } from '../route.js';
import { DRAFT_SUMMARY, FLOW_DEFINITION, FLOW_OUTLINE } from '../schemas/flow.js';
import { linkTo, listOf, sharing } from '../schemas/named.js';
import { PROBLEM, stampMembers } from '../schemas/problem.js';
import { SHAPE } from '../schemas/shape.js';

const problems = Joi.array().items(linkTo(PROBLEM)).required();
const outline = linkTo(FLOW_OUTLINE).required();

/** The draft of a flow. Of two editors the second is refused, so that nothing is overwritten. */
export function draftRoutes(parts: DraftParts): readonly Route[] {
  const about = { tag: 'Flows', role: 'editor' } as const;
  return [
    defineRoute({
      ...about,
      method: 'get',
      path: '/flows/{code}/draft',
      role: 'viewer',
      summary: 'Read the draft',
      description: 'The ETag is the revision of the draft.',
      answers: { 200: FLOW_DEFINITION },
      refuses: ['flow/unknown'],
      async handle({ caller, name }) {
        const outcome = await readDraft(parts, caller, { code: name('code') });
        if (isRefused(outcome)) return outcome;
        const { revision, definition } = outcome.done;
        return { headers: { ETag: etag(revision) }, body: definition };
      },
    }),
    defineRoute({
      ...about,
      method: 'get',
      path: '/flows/{code}/draft/history',
      role: 'viewer',
      summary: 'List the draft and earlier ones',
      description:
        'Newest first, the current draft included. At most 50 are kept, and of those older than an hour the last of every ten minutes. To restore one, save its definition as the draft.',
      answers: { 200: listOf(DRAFT_SUMMARY) },
      refuses: ['flow/unknown'],
      handle: async ({ caller, name }) => answerOf(await listDrafts(parts, caller, { code: name('code') })),
    }),
    defineRoute({
      ...about,
      method: 'get',
      path: '/flows/{code}/draft/history/{revision}',
      role: 'viewer',
      summary: 'Read an earlier draft',
      answers: { 200: FLOW_DEFINITION },
      refuses: ['flow/unknown', 'draft/not-kept'],
      handle: async ({ caller, name }) =>
        answerOf(await readEarlierDraft(parts, caller, { code: name('code'), revision: name('revision') })),
    }),
    defineRoute({
      ...about,
      method: 'put',
      path: '/flows/{code}/draft',
      summary: 'Save the draft',
      description:
        'Only if the draft is still at the revision that was read. A draft may have problems; a body that is not a flow is refused.',
      needs: { 'If-Match': 'The ETag of the draft that was read.' },
      takes: {
        'Parley-Editor':
          'An id that the editor makes up: 1 to 64 letters, digits, `_`, `-` and `.`; others are ignored. It is in the `draft` of the flow, so that an editor whose save was not answered can tell that the draft is its own.',
      },
      body: FLOW_DEFINITION,
      checksBody: true,
      answers: {
        200: sharing(
          { code: Joi.string().required(), draft: Joi.object(stampMembers).required(), problems, outline },
          PROBLEM,
          FLOW_OUTLINE,
          SHAPE,
        ),
      },
      refuses: ['flow/unknown', 'draft/conflict', 'flow/invalid', 'flow/other-code', 'draft/no-revision'],
      // Here the conflict is a failed condition of If-Match.
      statuses: { 'draft/conflict': 412 },
      action: 'draft.save',
      async handle({ caller, name, header, body }) {
        const about = { code: name('code'), revision: revisionIn(header('if-match')), ...editorIn(header('parley-editor')) };
        const outcome = await saveDraft(parts, caller, { ...about, definition: body });
        return answerOf(outcome, ({ draft }) => ({ headers: { ETag: etag(draft.revision) } }));
      },
    }),
    defineRoute({
      ...about,
      method: 'post',
      path: '/flows/{code}/check',
      summary: 'Check the draft, or the body',
      description: 'Reports every problem, and which variables there are. Nothing is stored.',
      body: Joi.alternatives(linkTo(FLOW_DEFINITION), Joi.object({})).shared(FLOW_DEFINITION),
      checksBody: true,
      mayLackBody: true,
      answers: { 200: sharing({ problems, outline }, PROBLEM, FLOW_OUTLINE, SHAPE) },
      refuses: ['flow/unknown'],
      handle: async ({ caller, name, body }) =>
        answerOf(await checkDraft(parts, caller, { code: name('code'), ...(isEmptyObject(body) ? {} : { definition: body }) })),
    }),
  ];
}

function isEmptyObject(body: unknown): boolean {
  return typeof body === 'object' && body !== null && !Array.isArray(body) && Object.keys(body).length === 0;
}

function editorIn(header: string | undefined): { readonly editor?: string } {
  return header !== undefined && /^[\w.-]{1,64}$/.test(header) ? { editor: header } : {};
}
