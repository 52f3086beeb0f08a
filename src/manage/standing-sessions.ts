import { type FlowDefinition, type Problem, type StoredFlow, UserError } from '../../contract/index.js';
import type { HttpParts } from '../parts.js';

/** What becomes of those who stand in earlier versions when a new one goes online. */
export type SessionsRequest = 'keep' | 'migrate' | 'end';

/** Who waits at which node of which version; to be told with a publish. */
export async function standingSessions({ store }: HttpParts, { code }: StoredFlow, request: SessionsRequest): Promise<object> {
  const positions = await store.sessions.positions(code);
  return { [request]: positions.reduce((sum, one) => sum + one.waiting, 0), positions };
}

/** A session can only go over to a node that is there, and is of the same type: another would not know what it was told. */
export async function refuseLostNodes({ store }: HttpParts, { code }: StoredFlow, { nodes }: FlowDefinition): Promise<void> {
  const types = new Map(nodes.map(({ id, type }) => [id, type]));
  const problems: Problem[] = [];
  for (const { version, node, waiting } of await store.sessions.positions(code)) {
    const before = (await store.flows.version(code, version))?.definition.nodes.find(({ id }) => id === node)?.type;
    if (types.has(node) && types.get(node) === before) continue;
    problems.push({
      pointer: '/nodes',
      code: 'flow/node-gone',
      node,
      message: `${waiting} ${waiting === 1 ? 'session waits' : 'sessions wait'} at "${node}" of version ${version}, which ${types.has(node) ? 'is of another type now' : 'is gone'}`,
      hint: 'Keep the node, end those sessions, or publish with "sessions": "keep" or "end".',
      severity: 'error',
    });
  }
  if (problems.length > 0) throw new UserError(409, 'flow/node-gone', `Not all sessions of "${code}" can go over to the draft.`, problems);
}
