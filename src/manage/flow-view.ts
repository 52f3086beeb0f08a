import type { FlowCode, Store, StoredFlow } from '../../contract/index.js';

/** A flow as http-api.md shows it. */
export async function showFlow(store: Store, flow: StoredFlow): Promise<object> {
  const positions = await store.sessions.positions(flow.code);
  return viewOf(
    flow,
    positions.reduce((sum, one) => sum + one.waiting, 0),
  );
}

/** Several flows; the sessions that wait in them are counted once for all. */
export async function showFlows(store: Store, flows: readonly StoredFlow[]): Promise<readonly object[]> {
  const waiting = new Map<FlowCode, number>();
  for (const one of await store.sessions.waiting()) waiting.set(one.flow, (waiting.get(one.flow) ?? 0) + one.waiting);
  return flows.map((flow) => viewOf(flow, waiting.get(flow.code) ?? 0));
}

function viewOf(flow: StoredFlow, waiting: number): object {
  const { code, name, remark, state, version, draft, channels, logging, createdAt, updatedAt } = flow;
  return {
    code,
    name,
    remark,
    state,
    ...(version === undefined ? {} : { version }),
    logging,
    draft: { revision: draft.revision, changed: draft.changed },
    channels,
    triggers: draft.definition.triggers,
    waiting,
    createdAt,
    updatedAt,
  };
}

/** What the audit log keeps of a flow: what a change may touch, and no definition. */
export function auditedFlow({ name, remark, state, version, logging, channels, draft }: StoredFlow): object {
  return { name, remark, state, ...(version === undefined ? {} : { version }), logging, channels, draft: draft.revision };
}
