import { isRefused } from '../contract/host/index.js';
import type { Clock, Problem } from '../contract/index.js';
import type { FlowQuery, Store, StoredFlow } from '../contract/store/index.js';
import { type CheckWorldFor, checkFlow } from '../flow/check.js';
import { fillVersions } from '../flow/compile.js';
import type { NodeTypes } from '../flow/program.js';
import type { ProgramBook } from '../published/program-book.js';
import type { Caller } from './caller.js';
import { auditedFlow, type FlowView, showFlow, showFlows } from './flow-view.js';
import { knownFlow } from './known-flow.js';
import { type NewFlow, namesItself, newDefinition } from './new-definition.js';
import type { Outcome } from './outcome.js';
import { type Page, type PageRequest, pageOf } from './page.js';

export interface FlowParts {
  readonly store: Pick<Store, 'flows' | 'sessions'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly nodeTypes: NodeTypes;
  readonly programs: Pick<ProgramBook, 'refresh'>;
  readonly checkWorld: CheckWorldFor;
}
interface Named {
  readonly code: string;
}

/**
 * Creates a flow that is OFFLINE and bound to no channel. Its draft may have problems, which are reported. An importer gives what it has made
 * of a foreign file as `definition`, and saves later versions of it with `saveDraft`.
 */
export async function createFlow(
  parts: FlowParts,
  caller: Caller,
  request: NewFlow,
): Promise<Outcome<FlowView & { readonly problems: readonly Problem[] }>> {
  const { store, clock, nodeTypes, checkWorld } = parts;
  const made = await newDefinition(parts, request);
  if (isRefused(made)) return made;
  const definition = fillVersions(made, nodeTypes);
  const { code } = definition;
  const codes = namesItself(request) ? [code] : [code, ...furtherCodes(code)];
  let flow: StoredFlow | 'taken' = 'taken';
  for (const one of codes) {
    flow = await store.flows.create({ definition: { ...definition, code: one }, at: clock.now(), by: caller.name });
    if (flow !== 'taken') break;
  }
  if (flow === 'taken') return { refused: 'flow/taken', detail: `The flow "${code}" already exists.` };
  const problems = checkFlow(flow.draft.definition, checkWorld());
  return {
    done: { ...(await showFlow(store, flow)), problems },
    changed: { action: 'flow.create', target: `flow:${flow.code}`, after: auditedFlow(flow) },
  };
}

/** How many flows may have the same name before the code has to be given. */
const MAX_NAMESAKES = 100;

/** Codes for a flow whose own is taken: `welcome-2`, `welcome-3`, … */
function furtherCodes(code: string): readonly string[] {
  return Array.from({ length: MAX_NAMESAKES - 1 }, (_, i) => `${code.slice(0, 60)}-${i + 2}`);
}

export type FlowListRequest = Omit<FlowQuery, 'limit' | 'after'> & PageRequest;

/** Lists flows. */
export async function listFlows({ store }: FlowParts, _caller: Caller, request: FlowListRequest): Promise<Outcome<Page<FlowView>>> {
  const found = await store.flows.list({ ...request, limit: request.limit + 1 });
  const { items, ...rest } = pageOf(found, request.limit, ({ key }) => key);
  const flows = items.map(({ flow }) => flow);
  return { done: { items: await showFlows(store, flows), ...rest } };
}

/** Reads one flow. */
export async function readFlow({ store }: FlowParts, _caller: Caller, { code }: Named): Promise<Outcome<FlowView>> {
  const flow = await knownFlow({ store }, code);
  return isRefused(flow) ? flow : { done: await showFlow(store, flow) };
}

export interface FlowChange {
  readonly name?: string;
  readonly remark?: string;
  readonly logging?: boolean;
}

/** Changes name, remark or logging, which is possible at any time. Other hosts learn of `logging` within a second. */
export async function changeFlow(
  { store, clock }: FlowParts,
  caller: Caller,
  { code, ...change }: Named & FlowChange,
): Promise<Outcome<FlowView>> {
  const before = await knownFlow({ store }, code);
  if (isRefused(before)) return before;
  const flow = (await store.flows.patch(code, { ...change, at: clock.now(), by: caller.name })) ?? before;
  return {
    done: await showFlow(store, flow),
    changed: { action: 'flow.change', target: `flow:${code}`, before: auditedFlow(before), after: auditedFlow(flow) },
  };
}

/** Deletes a flow that is OFFLINE. People who are in it finish: its versions are kept for them. */
export async function deleteFlow({ store, programs }: FlowParts, _caller: Caller, { code }: Named): Promise<Outcome<undefined>> {
  const before = await knownFlow({ store }, code);
  if (isRefused(before)) return before;
  if ((await store.flows.remove(code)) === 'online')
    return { refused: 'flow/online', detail: `"${code}" is ONLINE. Take it offline first.` };
  await programs.refresh();
  return { done: undefined, changed: { action: 'flow.delete', target: `flow:${code}`, before: auditedFlow(before) } };
}
