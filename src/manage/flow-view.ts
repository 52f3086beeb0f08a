import type { FlowCode } from '../contract/index.js';
import type { FlowSummary, Store, StoredFlow } from '../contract/store/index.js';

/** A flow as it is shown: everything except its definition, and the number of runs in it. */
export interface FlowView
  extends Pick<StoredFlow, 'code' | 'name' | 'remark' | 'state' | 'logging' | 'channels' | 'createdAt' | 'updatedAt'> {
  readonly version?: number;
  readonly draft: Omit<StoredFlow['draft'], 'definition'>;
  readonly triggers: FlowSummary['triggers'];
  readonly waiting: number;
}

/** Shows a flow. */
export async function showFlow({ sessions }: Pick<Store, 'sessions'>, flow: StoredFlow): Promise<FlowView> {
  const positions = await sessions.positions(flow.code);
  return viewOf(
    { ...flow, triggers: flow.draft.definition.triggers },
    positions.reduce((sum, one) => sum + one.waiting, 0),
  );
}

/** Shows several flows, and counts the sessions that wait in them once for all. */
export async function showFlows({ sessions }: Pick<Store, 'sessions'>, flows: readonly FlowSummary[]): Promise<readonly FlowView[]> {
  const waiting = new Map<FlowCode, number>();
  for (const one of await sessions.waiting()) waiting.set(one.flow, (waiting.get(one.flow) ?? 0) + one.waiting);
  return flows.map((flow) => viewOf(flow, waiting.get(flow.code) ?? 0));
}

function viewOf(flow: FlowSummary, waiting: number): FlowView {
  const { code, name, remark, state, version, draft, channels, triggers, logging, createdAt, updatedAt } = flow;
  return {
    code,
    name,
    remark,
    state,
    ...(version === undefined ? {} : { version }),
    logging,
    draft: draftView(draft),
    channels,
    triggers,
    waiting,
    createdAt,
    updatedAt,
  };
}

function draftView({ revision, changed, at, by, editor }: FlowView['draft']): FlowView['draft'] {
  return { revision, changed, at, by, ...(editor === undefined ? {} : { editor }) };
}

/** Returns what the audit log keeps of a flow: everything that an operation can change, except the definition. */
export function auditedFlow({ name, remark, state, version, logging, channels, draft }: StoredFlow): object {
  return { name, remark, state, ...(version === undefined ? {} : { version }), logging, channels, draft: draft.revision };
}
