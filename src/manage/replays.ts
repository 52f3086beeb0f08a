import { isRefused, type Refusal } from '../contract/host/index.js';
import type { Store, StoredFlow } from '../contract/store/index.js';
import { type CheckWorldFor, checkFlow, errorsOf } from '../flow/check.js';
import { compileFlow } from '../flow/compile.js';
import { inTimeZone } from '../flow/in-time-zone.js';
import type { NodeTypes, Program } from '../flow/program.js';
import type { Replayed } from '../replay/replay.js';
import { type FlowReplayed, replayStoredFlow, replayStoredSession, type StoredParts } from '../replay/replay-stored.js';
import type { Caller } from './caller.js';
import { knownFlow, knownVersion } from './known-flow.js';
import type { Outcome } from './outcome.js';
import { unknownSession } from './sessions.js';

export interface ReplayParts extends StoredParts {
  readonly store: Pick<Store, 'flows' | 'sessions' | 'turns'>;
  readonly nodeTypes: NodeTypes;
  readonly checkWorld: CheckWorldFor;
}

/** What takes the place of the recorded versions. If both are absent, every turn should come out the same. */
interface Onto {
  readonly version?: number;
  readonly draft?: boolean;
}

/** Replays a recorded conversation. `flow` names the flow of the version or draft; it may be absent if the session was in one flow only. */
export async function replaySession(
  parts: ReplayParts,
  _caller: Caller,
  { id, flow, ...onto }: Onto & { readonly id: string; readonly flow?: string },
): Promise<Outcome<Replayed>> {
  if (!(await parts.store.sessions.load(id))) return unknownSession(id);
  if (onto.version === undefined && onto.draft !== true) return { done: await replayStoredSession(parts, id) };
  const code = flow ?? (await onlyFlow(parts, id));
  if (typeof code !== 'string') return code;
  const known = await knownFlow(parts, code);
  if (isRefused(known)) return known;
  const program = await programOf(parts, known, onto);
  return isRefused(program) ? program : { done: await replayStoredSession(parts, id, program) };
}

/** Replays the conversations of a flow in which something has happened since a time, those of at most `limit` people. */
export async function replayFlow(
  parts: ReplayParts,
  _caller: Caller,
  { code, since, limit, ...onto }: Onto & { readonly code: string; readonly since: string; readonly limit: number },
): Promise<Outcome<FlowReplayed>> {
  const flow = await knownFlow(parts, code);
  if (isRefused(flow)) return flow;
  const program = await programOf(parts, flow, onto);
  if (isRefused(program)) return program;
  return { done: await replayStoredFlow(parts, { flow: code, since, limit, ...(program ? { onto: program } : {}) }) };
}

async function programOf(parts: ReplayParts, flow: StoredFlow, { version, draft }: Onto): Promise<Program | undefined | Refusal> {
  const world = parts.checkWorld(flow.channels);
  if (draft === true) {
    const { definition } = flow.draft;
    const problems = checkFlow(definition, world);
    if (errorsOf(problems).length > 0) return { refused: 'flow/has-errors', detail: `The draft of "${flow.code}" has errors.`, problems };
    return compileFlow(inTimeZone(definition, world.timeZone), 0, parts.nodeTypes);
  }
  if (version === undefined) return undefined;
  const found = await knownVersion(parts, flow.code, version);
  return isRefused(found) ? found : compileFlow(inTimeZone(found.definition, world.timeZone), version, parts.nodeTypes);
}

/** Finds the flow that a session was in, if it was in one only. */
async function onlyFlow({ store }: ReplayParts, session: string): Promise<string | Refusal> {
  const turns = await store.turns.list(session, { limit: 10_000 });
  const flows = new Set(turns.flatMap(({ path }) => path.map(({ flow }) => flow)));
  const [only] = flows;
  if (only !== undefined && flows.size === 1) return only;
  return {
    refused: 'replay/which-flow',
    detail: 'The flow must be named.',
    problems: [
      {
        pointer: '/flow',
        code: 'replay/which-flow',
        message: `the session was in ${flows.size} flows (${[...flows].join(', ')})`,
        hint: 'Name the flow of the version or draft in "flow".',
        severity: 'error',
      },
    ],
  };
}
