import { expect } from 'chai';
import fc from 'fast-check';
import type { FlowDefinition } from '../../../src/contract/flow.js';
import { pointerOf } from '../../../src/contract/json/json-pointer.js';
import type { Json } from '../../../src/contract/json.js';
import {
  addNode,
  type Command,
  connect,
  disconnect,
  inOrder,
  moveNodes,
  newNode,
  removeNodes,
  setFlow,
  setNode,
  setParam,
} from '../../src/flow/commands.js';
import { isSame } from '../../src/flow/json-edit.js';
import { descriptors } from './support/descriptors.js';
import { faultsIn, flows } from './support/flows.js';

/** Any pointer into a value, or a little beside it. */
function pointersIn(value: unknown, depth = 0): readonly (readonly string[])[] {
  if (value === null || typeof value !== 'object' || depth > 4) return [[]];
  const members = Object.entries(value).flatMap(([name, one]) => pointersIn(one, depth + 1).map((rest) => [name, ...rest]));
  return [[], ['new'], ['-'], ...members];
}

/** Any command, for a flow. */
function commandFor(flow: FlowDefinition): fc.Arbitrary<{ readonly command: Command; readonly touched: readonly string[] }> {
  const ids = [...flow.nodes.map(({ id }) => id), 'nobody'];
  const id = fc.constantFrom(...ids);
  const point = fc.record({ x: fc.double({ min: -1e4, max: 1e4, noNaN: true }), y: fc.integer() });
  const port = fc.oneof(fc.constantFrom('next', 'failed', 'else', ...flow.edges.map((edge) => edge.port)), fc.string({ maxLength: 5 }));
  const value = fc.oneof(fc.constant(undefined), fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>);
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

const changes = flows.chain((flow) => commandFor(flow).map((one) => ({ flow, ...one })));

describe('commands', () => {
  it('leave a sound flow sound, and never throw', () => {
    fc.assert(
      fc.property(changes, ({ flow, command }) => {
        expect(faultsIn(command(flow))).to.deep.equal([]);
      }),
    );
  });

  it('do not touch the flow that they are given, which is how they are undone', () => {
    fc.assert(
      fc.property(changes, ({ flow, command }) => {
        const before = structuredClone(flow);
        command(flow);
        expect(flow).to.deep.equal(before);
      }),
    );
  });

  it('keep all nodes and edges that they are not about as the same objects', () => {
    fc.assert(
      fc.property(changes, ({ flow, command, touched }) => {
        const after = command(flow);
        for (const node of flow.nodes) if (!touched.includes(node.id)) expect(after.nodes).to.include(node);
        const still = after.edges.filter((edge) => flow.edges.some((one) => isSame(one, edge)));
        for (const edge of still) expect(flow.edges).to.include(edge);
      }),
    );
  });

  it('return the flow itself if there is nothing to change', () => {
    fc.assert(
      fc.property(changes, ({ flow, command }) => {
        const after = command(flow);
        if (isSame(after, flow)) expect(after).to.equal(flow);
      }),
    );
  });

  it('keep members of other tools', () => {
    fc.assert(
      fc.property(changes, ({ flow, command }) => {
        const after = command(flow);
        expect(Reflect.get(after, 'x-tool')).to.deep.equal(Reflect.get(flow, 'x-tool'));
        expect(Reflect.get(after.settings ?? {}, 'x-tool')).to.deep.equal(Reflect.get(flow.settings ?? {}, 'x-tool'));
        for (const node of after.nodes) {
          const before = flow.nodes.find(({ id }) => id === node.id);
          if (before) expect(Reflect.get(node, 'x-tool')).to.deep.equal(Reflect.get(before, 'x-tool'));
        }
      }),
    );
  });

  it('make flows that are JSON', () => {
    fc.assert(
      fc.property(changes, ({ flow, command }) => {
        const after = command(flow);
        expect(JSON.parse(JSON.stringify(after))).to.deep.equal(after);
      }),
    );
  });

  it('leave a sound flow sound when many follow each other', () => {
    fc.assert(
      fc.property(flows, fc.integer(), (flow, seed) => {
        const all = fc.sample(commandFor(flow), { numRuns: 20, seed });
        expect(faultsIn(inOrder(...all.map(({ command }) => command))(flow))).to.deep.equal([]);
      }),
      { numRuns: 30 },
    );
  });
});
