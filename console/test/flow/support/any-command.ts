import fc from 'fast-check';
import type { FlowDefinition } from '../../../../src/contract/flow.js';
import { pointerOf } from '../../../../src/contract/json/json-pointer.js';
import type { Json } from '../../../../src/contract/json.js';
import {
  addNode,
  type Command,
  connect,
  disconnect,
  moveNodes,
  newNode,
  removeNodes,
  setFlow,
  setNode,
  setParam,
} from '../../../src/flow/commands.js';
import { descriptors } from './descriptors.js';

/** The paths of all values in a value, and of some that are not there. */
export function pointersIn(value: unknown, depth = 0): readonly (readonly string[])[] {
  if (value === null || typeof value !== 'object' || depth > 4) return [[]];
  const members = Object.entries(value).flatMap(([name, one]) => pointersIn(one, depth + 1).map((rest) => [name, ...rest]));
  return [[], ['new'], ['-'], ...members];
}

/** Any command for a flow, and the nodes that it is about. */
export function commandFor(flow: FlowDefinition): fc.Arbitrary<{ readonly command: Command; readonly touched: readonly string[] }> {
  const ids = [...flow.nodes.map(({ id }) => id), 'nobody'];
  const id = fc.constantFrom(...ids);
  const point = fc.record({ x: fc.double({ min: -1e4, max: 1e4, noNaN: true }), y: fc.integer() });
  const port = fc.oneof(fc.constantFrom('next', 'failed', 'else', ...flow.edges.map((edge) => edge.port)), fc.string({ maxLength: 5 }));
  const value = fc.oneof(fc.constant(undefined), port, fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>);
  const type = fc.constantFrom(...descriptors.values());
  const joint = fc.option(fc.record({ from: id, port, by: fc.option(fc.constant('next'), { nil: undefined }) }), { nil: undefined });
  return fc.oneof(
    fc.tuple(type, point, joint).map(([descriptor, at, to]) => {
      const node = newNode(descriptor, flow, at);
      return { command: addNode(node, to), touched: [node.id] };
    }),
    fc.subarray(ids).map((some) => ({ command: removeNodes(some, descriptors), touched: some })),
    fc.record({ from: id, port, to: id }).map((edge) => ({ command: connect(edge), touched: [] })),
    fc.record({ from: id, port }).map((at) => ({ command: disconnect(at), touched: [] })),
    fc.dictionary(id, point).map((positions) => ({ command: moveNodes(positions), touched: Object.keys(positions) })),
    fc
      .constantFrom(...flow.nodes)
      .chain((node) => fc.tuple(fc.constant(node), fc.constantFrom(...pointersIn(node.params).slice(1)), value))
      .map(([node, path, to]) => ({
        command: setParam({ node: node.id, pointer: pointerOf(path), value: to }, descriptors.get(node.type)),
        touched: [node.id],
      })),
    fc
      .tuple(id, fc.constantFrom('name', 'remark'), fc.option(fc.string(), { nil: undefined }))
      .map(([node, member, to]) => ({ command: setNode(node, member as 'name', to), touched: [node] })),
    fc
      .tuple(fc.constantFrom('/name', '/settings/onError', '/variables/-', '/triggers/0', '/nodes/0', '/edges', '/code', ''), value)
      .map(([pointer, to]) => ({ command: setFlow(pointer, to), touched: [] })),
  );
}
