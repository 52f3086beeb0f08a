import type { Refusal } from '../contract/host/index.js';
import type { FlowDefinition, Problem } from '../contract/index.js';
import type { Store, StoredFlow } from '../contract/store/index.js';

/** What becomes of the sessions in earlier versions when a new version goes online. */
export type SessionsRequest = 'keep' | 'migrate' | 'end';

/** How many sessions wait at a node of a version. */
interface Position {
  readonly version: number;
  readonly node: string;
  readonly waiting: number;
}

/** The number of sessions in earlier versions, as a member named after what becomes of them, and where they wait. */
export type StandingSessions = { readonly [K in SessionsRequest]?: number } & {
  readonly positions: readonly Position[];
  /** The number of sessions that were ended. */
  readonly ended?: number;
};

/** Counts the sessions that stand in a flow. */
export async function standingSessions(
  { sessions }: Pick<Store, 'sessions'>,
  { code }: StoredFlow,
  request: SessionsRequest,
): Promise<StandingSessions> {
  const positions = await sessions.positions(code);
  return { [request]: positions.reduce((sum, one) => sum + one.waiting, 0), positions };
}

/**
 * Returns the positions that cannot move to a definition: their node is missing there or has another type, which would not understand
 * what the session waits for. `before` reads the definition of an earlier version.
 */
async function lostPositions(
  { nodes }: Pick<FlowDefinition, 'nodes'>,
  positions: readonly Position[],
  before: (version: number) => Promise<Pick<FlowDefinition, 'nodes'> | undefined>,
): Promise<readonly Position[]> {
  const types = new Map(nodes.map(({ id, type }) => [id, type]));
  const lost: Position[] = [];
  for (const position of positions) {
    const type = (await before(position.version))?.nodes.find(({ id }) => id === position.node)?.type;
    if (type === undefined || types.get(position.node) !== type) lost.push(position);
  }
  return lost;
}

/** Refuses a migration that would leave sessions behind; undefined if all of them can move. */
export async function refuseLostNodes(
  { sessions, flows }: Pick<Store, 'sessions' | 'flows'>,
  { code }: StoredFlow,
  definition: FlowDefinition,
): Promise<Refusal | undefined> {
  const positions = await sessions.positions(code);
  const lost = await lostPositions(definition, positions, async (version) => (await flows.version(code, version))?.definition);
  if (lost.length === 0) return undefined;
  const problems = lost.map(({ version, node, waiting }): Problem => {
    const isThere = definition.nodes.some(({ id }) => id === node);
    return {
      pointer: '/nodes',
      code: 'flow/node-gone',
      node,
      message: `${waiting} ${waiting === 1 ? 'session waits' : 'sessions wait'} at "${node}" of version ${version}, which ${isThere ? 'has another type in the draft' : 'is missing in the draft'}`,
      hint: 'Keep the node, or publish with "sessions": "keep" or "end".',
      severity: 'error',
    };
  });
  return { refused: 'flow/node-gone', detail: `Not all sessions of "${code}" can move to the draft.`, problems };
}
