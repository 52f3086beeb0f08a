import { isRefused } from '../contract/host/index.js';
import type { Clock, FlowDefinition, Problem } from '../contract/index.js';
import type { FlowQuery, Store } from '../contract/store/index.js';
import { type CheckWorldFor, checkFlow } from '../flow/check.js';
import { fillVersions } from '../flow/compile.js';
import { renameFlows } from '../flow/flows-named.js';
import type { NodeTypes } from '../flow/program.js';
import type { ProgramBook } from '../published/program-book.js';
import type { Caller } from './caller.js';
import { auditedFlow, type FlowView, showFlow, showFlows } from './flow-view.js';
import { freeCode, namesakes } from './free-code.js';
import { knownFlow } from './known-flow.js';
import { type NewFlow, namesItself, newDefinition, withSettings } from './new-definition.js';
import type { Outcome } from './outcome.js';
import { type Page, type PageRequest, pageOf } from './page.js';
import { relatedFlows } from './related-flows.js';
import { allTemplates } from './templates.js';

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

/** A flow that was created. */
type CreatedFlow = FlowView & {
  readonly problems: readonly Problem[];
  /** The codes of the flows that were created with it. */
  readonly related?: readonly string[];
};

/**
 * Creates a flow that is OFFLINE and bound to no channel. Its draft may have problems, which are reported. An importer gives what it has made
 * of a foreign file as `definition`, and saves later versions of it with `saveDraft`.
 */
export async function createFlow(parts: FlowParts, caller: Caller, request: NewFlow): Promise<Outcome<CreatedFlow>> {
  const made = await newDefinition(parts, request);
  if (isRefused(made)) return made;
  const codes = namesItself(request) ? [made.code] : namesakes(made.code);
  const { definition = made, missing } = (await withRelated(parts, request, { made, codes })) ?? {};
  const flow = await storeFirst(parts, caller, missing ? [definition] : codes.map((code) => ({ ...definition, code })));
  if (!flow) return { refused: 'flow/taken', detail: `The flow "${made.code}" already exists.` };
  for (const one of missing ?? []) await storeFirst(parts, caller, [one]);
  const problems = checkFlow(flow.draft.definition, parts.checkWorld());
  const related = missing ? { related: missing.map(({ code }) => code) } : {};
  return {
    done: { ...(await showFlow(parts.store, flow)), problems, ...related },
    changed: { action: 'flow.create', target: `flow:${flow.code}`, after: { ...auditedFlow(flow), ...related } },
  };
}

/** Stores the first of these flows whose code is not taken. */
async function storeFirst({ store, clock, nodeTypes }: FlowParts, { name }: Caller, flows: readonly FlowDefinition[]) {
  for (const one of flows) {
    const flow = await store.flows.create({ definition: fillVersions(one, nodeTypes), at: clock.now(), by: name });
    if (flow !== 'taken') return flow;
  }
  return undefined;
}

/** Returns the flow of a template, and the missing ones that it needs, naming each other by the codes that they get. */
async function withRelated(
  parts: FlowParts,
  request: NewFlow,
  { made, codes }: { readonly made: FlowDefinition; readonly codes: readonly string[] },
) {
  if (!('template' in request) || request.related !== true) return undefined;
  const code = (await freeCode(parts.store, codes)) ?? made.code;
  const related = await relatedFlows(parts, { id: request.template, code, all: await allTemplates() });
  return {
    definition: renameFlows({ ...made, code }, related.codes, parts.nodeTypes),
    missing: related.missing.map((one) => withSettings(one, request)),
  };
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
