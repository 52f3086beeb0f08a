import Joi from 'joi';
import { type StoredFlow, UserError } from '../../contract/index.js';
import { checkFlow, errorsOf } from '../../flow/check.js';
import { compileFlow } from '../../flow/compile.js';
import { inTimeZone } from '../../flow/in-time-zone.js';
import type { Program } from '../../flow/program.js';
import { replayFlow, replaySession } from '../../replay/replay-stored.js';
import { dateOf } from '../../text/date.js';
import type { HttpParts } from '../parts.js';
import { defineRoute, type Route } from '../route.js';
import { knownFlow } from './known-flow.js';

const VERSION = Joi.number().integer().min(1);
const told = Joi.object({
  kind: Joi.string().required(),
  path: Joi.array().items(Joi.string()).required(),
  effects: Joi.array().items(Joi.any()).required(),
  note: Joi.string(),
});
const REPLAYED = Joi.object({
  compared: Joi.number().integer().required().description('How many turns.'),
  unlogged: Joi.number().integer().description('How many could not be computed: their flow has `logging: false`. Absent for none.'),
  different: Joi.array()
    .items(
      Joi.object({ session: Joi.string().required(), turn: Joi.number().integer().required(), was: told.required(), is: told.required() }),
    )
    .required(),
});

interface ReplayRequest {
  readonly version?: number;
  readonly draft?: boolean;
}

/** Recorded conversations computed again: nothing is stored, nothing is sent. */
export function replayRoutes(parts: HttpParts): readonly Route[] {
  const about = { tag: 'Sessions', method: 'post', role: 'editor' } as const;
  return [
    defineRoute<ReplayRequest & { flow?: string }>({
      ...about,
      path: '/sessions/{id}/replay',
      summary: 'Compute a recorded conversation again',
      description: 'As it was, or on another version or the draft; tells what would be different.',
      body: Joi.object({ flow: Joi.string().max(64), version: VERSION, draft: Joi.boolean() }).oxor('version', 'draft'),
      mayLackBody: true,
      example: { version: 4 },
      answers: { 200: REPLAYED },
      refuses: { 404: ['session/unknown', 'flow/unknown', 'flow/no-version'], 422: ['replay/which-flow', 'flow/has-errors'] },
      async handle(call) {
        const id = call.name('id');
        const request = call.body;
        if (!(await parts.store.sessions.load(id))) throw new UserError(404, 'session/unknown', `There is no session "${id}".`);
        const wants = request.version !== undefined || request.draft === true;
        const code = wants ? (request.flow ?? (await onlyFlow(parts, id))) : undefined;
        const onto = code === undefined ? undefined : await wanted(parts, await flowNamed(parts, code), request);
        return { body: await replaySession(parts, id, onto) };
      },
    }),
    defineRoute<ReplayRequest & { since: string; limit: number }>({
      ...about,
      path: '/flows/{code}/replay',
      summary: "Compute a flow's recorded conversations again",
      body: Joi.object({
        version: VERSION,
        draft: Joi.boolean(),
        since: Joi.string()
          .custom((text: string, { message }) =>
            dateOf(text, { zone: 'UTC' }) !== undefined ? text : message({ custom: '"since" is to be a time like 2026-11-24T09:00:00Z' }),
          )
          .required(),
        limit: Joi.number().integer().min(1).max(10_000).default(1_000).description('At most so many people.'),
      }).oxor('version', 'draft'),
      example: { draft: true, since: '2026-11-18T00:00:00Z' },
      answers: {
        200: REPLAYED.keys({
          sessions: Joi.object({ compared: Joi.number().required(), different: Joi.number().required() }).required(),
          more: Joi.boolean().required().description('There are more than were looked at.'),
        }),
      },
      refuses: { 404: ['flow/unknown', 'flow/no-version'], 422: ['flow/has-errors'] },
      async handle(call) {
        const flow = await knownFlow(parts, call);
        const { since, limit, ...request } = call.body;
        const onto = await wanted(parts, flow, request);
        return {
          body: await replayFlow(parts, { flow: flow.code, ...(onto ? { onto } : {}), since: isoTimeOf(since), limit }),
        };
      },
    }),
  ];
}

/** A time without an offset is in UTC, whatever the time zone of the host. */
function isoTimeOf(since: string): string {
  return new Date(dateOf(since, { zone: 'UTC' }) ?? Number.NaN).toISOString();
}

/** The draft, or a version; nothing: as it was. */
async function wanted(
  { store, nodeTypes, checkWorld }: HttpParts,
  flow: StoredFlow,
  { version, draft }: { readonly version?: number; readonly draft?: boolean },
): Promise<Program | undefined> {
  const { timeZone } = checkWorld();
  if (draft === true) {
    const problems = checkFlow(flow.draft.definition, checkWorld());
    if (errorsOf(problems).length > 0) throw new UserError(422, 'flow/has-errors', `The draft of "${flow.code}" has errors.`, problems);
    return compileFlow(inTimeZone(flow.draft.definition, timeZone), 0, nodeTypes);
  }
  if (version === undefined) return undefined;
  const found = await store.flows.version(flow.code, version);
  if (!found) throw new UserError(404, 'flow/no-version', `"${flow.code}" has no version ${version}.`);
  return compileFlow(inTimeZone(found.definition, timeZone), version, nodeTypes);
}

async function flowNamed({ store }: HttpParts, code: string): Promise<StoredFlow> {
  const flow = await store.flows.get(code);
  if (!flow) throw new UserError(404, 'flow/unknown', `There is no flow "${code}".`);
  return flow;
}

/** A version is one of a flow: which one is clear where the session has been in one only. */
async function onlyFlow({ store }: HttpParts, session: string): Promise<string> {
  const turns = await store.turns.list(session, { limit: 10_000 });
  const flows = new Set(turns.flatMap(({ path }) => path.map(({ flow }) => flow)));
  const [only] = flows;
  if (only !== undefined && flows.size === 1) return only;
  const message = `the session was in ${flows.size} flows (${[...flows].join(', ')})`;
  const problem = {
    pointer: '/flow',
    code: 'replay/which-flow',
    message,
    hint: 'Name the flow whose version is meant.',
    severity: 'error' as const,
  };
  throw new UserError(422, 'replay/which-flow', 'It is not clear which flow is meant.', [problem]);
}
