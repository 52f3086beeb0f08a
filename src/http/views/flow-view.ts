import type { Store, StoredFlow } from '../../contract/index.js';

/** A flow as http-api.md shows it. */
export async function showFlow(store: Store, flow: StoredFlow): Promise<object> {
  const { code, name, remark, state, version, draft, channels, logging, createdAt, updatedAt } = flow;
  const positions = await store.sessions.positions(code);
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
    waiting: positions.reduce((sum, one) => sum + one.waiting, 0),
    createdAt,
    updatedAt,
  };
}

/** What the audit log keeps of a flow: what a change may touch, and no definition. */
export function auditedFlow({ name, remark, state, version, logging, channels, draft }: StoredFlow): object {
  return { name, remark, state, ...(version === undefined ? {} : { version }), logging, channels, draft: draft.revision };
}
