import type { FlowCode, FlowDefinition } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';
import { flowsNamed, renameFlows } from '../flow/flows-named.js';
import type { NodeTypes } from '../flow/program.js';
import { freeCode, namesakes } from './free-code.js';
import type { Template } from './templates.js';

/** The flows that a template needs beside its own. */
interface RelatedFlows {
  /** The codes of the new flows, by the template. */
  readonly codes: ReadonlyMap<FlowCode, FlowCode>;
  readonly missing: readonly FlowDefinition[];
}

interface RelatedParts {
  readonly store: Pick<Store, 'flows'>;
  readonly nodeTypes: NodeTypes;
}

/** Returns the templates whose flows a template calls, starts or ends, and those that these need. */
export function relatedTemplates(id: string, all: readonly Template[], nodeTypes: NodeTypes): readonly Template[] {
  const needed = needs(id, new Map(all.map((one) => [one.id, flowsNamed(one.definition, nodeTypes)])));
  return all.filter((one) => one.id !== id && needed.has(one.id));
}

/**
 * Returns the flows that a template needs and that are missing, for a flow of it with the code `code`. If that is not the template's own, the
 * flows that name it back are made anew, so that each set of flows keeps to itself; others, such as "One-time code", serve all.
 */
export async function relatedFlows(
  { store, nodeTypes }: RelatedParts,
  { id, code, all }: { readonly id: string; readonly code: FlowCode; readonly all: readonly Template[] },
): Promise<RelatedFlows> {
  const codes = new Map([[id, code]]);
  const made: Template[] = [];
  for (const related of relatedTemplates(id, all, nodeTypes)) {
    const isThere = (await store.flows.get(related.id)) !== undefined;
    const namesBack = relatedTemplates(related.id, all, nodeTypes).some((one) => one.id === id);
    if (isThere && (code === id || !namesBack)) continue;
    codes.set(related.id, (await freeCode(store, namesakes(related.id))) ?? related.id);
    made.push(related);
  }
  const missing = made.map((one) => renameFlows({ ...one.definition, code: codes.get(one.id) ?? one.id }, codes, nodeTypes));
  return { codes, missing };
}

/** Returns everything that can be reached from a template. */
function needs(id: string, named: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const one of named.get(next) ?? []) {
      if (found.has(one)) continue;
      found.add(one);
      open.push(one);
    }
  return found;
}
