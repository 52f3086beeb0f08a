import fc from 'fast-check';
import type { Edge, FlowDefinition, FlowNode } from '../../../../src/contract/flow.js';
import { portsOfNode } from '../../../src/flow/ports.js';
import { caseParams } from './cases.js';
import { descriptors } from './descriptors.js';

const position = fc.record({ x: fc.integer({ min: -2_000, max: 5_000 }), y: fc.integer({ min: -2_000, max: 2_000 }) });
/** Members of other tools, which every command must keep. */
const foreign = fc.option(fc.record({ 'x-tool': fc.jsonValue() }), { nil: {} });

/** A node as an author could have drawn it: params of a case, or the empty ones of a new node. */
function nodeOf(id: string): fc.Arbitrary<FlowNode> {
  const types = [...descriptors.keys()].filter((type) => type !== 'start');
  return fc.constantFrom(...types, 'of-another-host').chain((type) =>
    fc
      .record({
        params: fc.constantFrom({}, ...(caseParams.get(type) ?? [])),
        position: fc.option(position, { nil: undefined }),
        name: fc.option(fc.string({ maxLength: 20 }), { nil: undefined }),
        more: foreign,
      })
      .map(
        ({ params, position: at, name, more }): FlowNode => ({
          id,
          type,
          version: 1,
          params: params as FlowNode['params'],
          ...(at ? { position: at } : {}),
          ...(name === undefined ? {} : { name }),
          ...more,
        }),
      ),
  );
}

/** Flows that are sound: unique ids, edges from and to nodes that are there, at most one from each port. */
export const flows: fc.Arbitrary<FlowDefinition> = fc
  .uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 8 })
  .chain((ids) => fc.tuple(...ids.filter((id) => id !== 'start').map(nodeOf)))
  .chain((others) => {
    const nodes: readonly FlowNode[] = [{ id: 'start', type: 'start', version: 1, params: {} }, ...others];
    return fc
      .tuple(edgesAmong(nodes), foreign, foreign)
      .map(([edges, more, others]) => ({ ...envelope, ...more, settings: { onError: 'Sorry', ...others }, nodes, edges }));
  })
  // As it comes from the host: without -0, and without objects that have no prototype.
  .map((flow) => JSON.parse(JSON.stringify(flow)) as FlowDefinition);

const envelope = { format: 'parley/1', code: 'drawn', name: 'Drawn', triggers: [{ type: 'TriggeredManually' }] } as const;

function edgesAmong(nodes: readonly FlowNode[]): fc.Arbitrary<readonly Edge[]> {
  const ports = nodes.flatMap((node) => {
    const own = portsOfNode(node, descriptors.get(node.type)).map(({ name }) => name);
    return [...new Set(own.length > 0 ? own : ['next'])].map((port) => ({ from: node.id, port }));
  });
  const target = fc.constantFrom(...nodes.map(({ id }) => id));
  const edge = (at: { readonly from: string; readonly port: string }) =>
    fc.option(fc.tuple(target, foreign), { nil: undefined }).map((to): readonly Edge[] => (to ? [{ ...at, to: to[0], ...to[1] }] : []));
  return fc.tuple(...ports.map(edge)).map((edges) => edges.flat());
}

/** Returns what is wrong with a flow: what no command may do to one that is sound. */
export function faultsIn({ nodes, edges }: FlowDefinition): readonly string[] {
  const ids = nodes.map(({ id }) => id);
  const ports = edges.map(({ from, port }) => `${from} ${port}`);
  return [
    ...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `two nodes ${id}`),
    ...ports.filter((port, i) => ports.indexOf(port) !== i).map((port) => `two edges from ${port}`),
    ...edges.filter(({ from, to }) => !ids.includes(from) || !ids.includes(to)).map(({ from, to }) => `an edge from ${from} to ${to}`),
  ];
}
