import { expect } from 'chai';
import fc from 'fast-check';
import type { FlowDefinition, NodeId } from '../../../src/contract/flow.js';
import { cardOf } from '../../src/flow/card.js';
import { moveNodes, type Point } from '../../src/flow/commands.js';
import { positionsOf, toElk } from '../../src/flow/layout.js';
import { edgesByNode } from '../../src/flow/ports.js';
import { neighbour, readingOrder } from '../../src/flow/reading-order.js';
import { type Size, sizeOf } from '../../src/flow/size.js';
import { descriptors } from './support/descriptors.js';
import { layOut } from './support/elk.js';
import { flows } from './support/flows.js';
import { readTemplate } from './support/read-template.js';
import { say } from './support/say.js';

const measure = (text: string) => text.length * 6.5;

function sizesOf(flow: FlowDefinition): ReadonlyMap<NodeId, Size> {
  const edges = edgesByNode(flow.edges);
  return new Map(
    flow.nodes.map((node) => {
      const world = { descriptor: descriptors.get(node.type), edges: edges.get(node.id) ?? [], say };
      return [node.id, sizeOf(cardOf(node, world), measure)];
    }),
  );
}

describe('tidying up', () => {
  it('asks ELK the same for the same flow, wherever its nodes are', () => {
    fc.assert(
      fc.property(flows, fc.integer({ min: -500, max: 500 }), (flow, x) => {
        const sizes = sizesOf(flow);
        const moved = moveNodes(Object.fromEntries(flow.nodes.map(({ id }, i) => [id, { x: x * i, y: i }])))(flow);
        expect(toElk(moved, { descriptors, sizes })).to.deep.equal(toElk(flow, { descriptors, sizes }));
      }),
    );
  });

  it('asks for every node once, with ports and edges that are there', () => {
    fc.assert(
      fc.property(flows, (flow) => {
        const { children, edges } = toElk(flow, { descriptors, sizes: sizesOf(flow) });
        expect(children.map(({ id }) => id)).to.have.members(flow.nodes.map(({ id }) => id));
        const ports = children.flatMap((child) => child.ports.map(({ id }) => id));
        expect(new Set(ports).size).to.equal(ports.length);
        expect(edges).to.have.lengthOf(flow.edges.length);
        for (const { sources, targets } of edges) expect(ports).to.include.members([...sources, ...targets]);
      }),
    );
  });

  it('places the conversation from left to right, without overlaps, and leaves the start where it is', async () => {
    const flow = moveNodes({ start: { x: 40, y: 60 } })(readTemplate('welcome'));
    const sizes = sizesOf(flow);
    const result = await layOut(toElk(flow, { descriptors, sizes }));
    const places = positionsOf(result, flow, descriptors);
    expect(places['start']).to.deep.equal({ x: 40, y: 60 });
    const boxes = flow.nodes.map(({ id }) => ({ ...(places[id] ?? { x: 0, y: 0 }), size: sizes.get(id) as Size }));
    for (const [i, a] of boxes.entries())
      for (const b of boxes.slice(i + 1)) {
        const isApart = a.x + a.size.width <= b.x || b.x + b.size.width <= a.x || a.y + a.size.height <= b.y || b.y + b.size.height <= a.y;
        expect(isApart).to.equal(true);
      }
    for (const { from, to } of flow.edges) expect(places[to]?.x).to.be.greaterThan(places[from]?.x ?? 0);
  });

  it('places loops, jumps to the start and nodes of all kinds', async () => {
    for (const flow of fc.sample(flows, { numRuns: 12, seed: 7 })) {
      const result = await layOut(toElk(flow, { descriptors, sizes: sizesOf(flow) }));
      expect(Object.keys(positionsOf(result, flow, descriptors))).to.have.members(flow.nodes.map(({ id }) => id));
    }
  });

  it('keeps the corner of a selection, and moves nothing else', async () => {
    const flow = readTemplate('welcome');
    const only = new Set(['offer', 'interest', 'which']);
    const result = await layOut(toElk(flow, { descriptors, sizes: sizesOf(flow), only }));
    const places = positionsOf(result, flow, descriptors);
    expect(Object.keys(places)).to.have.members([...only]);
    const corner = (points: readonly Point[]) => [Math.min(...points.map(({ x }) => x)), Math.min(...points.map(({ y }) => y))];
    const before = flow.nodes.flatMap(({ id, position }) => (only.has(id) && position ? [position] : []));
    expect(corner(Object.values(places))).to.deep.equal(corner(before));
  });
});

describe('the reading order', () => {
  it('has every node once, the start first', () => {
    fc.assert(
      fc.property(flows, (flow) => {
        const order = readingOrder(flow, descriptors);
        expect(order).to.have.members(flow.nodes.map(({ id }) => id));
        expect(new Set(order).size).to.equal(order.length);
        expect(order[0]).to.equal('start');
      }),
    );
  });

  it('follows each way to its end, in the order of the ports', () => {
    expect(readingOrder(readTemplate('welcome'), descriptors)).to.deep.equal(
      'start greet name offer interest which to-flows end to-code to-all late'.split(' '),
    );
  });

  it('arrows lead along the edges', () => {
    const flow = readTemplate('welcome');
    const to = (from: string, direction: 'right' | 'left' | 'up' | 'down') => neighbour(flow, { from, direction }, descriptors);
    expect(to('which', 'right')).to.equal('to-flows');
    expect(to('to-code', 'left')).to.equal('which');
    expect([to('to-code', 'up'), to('to-code', 'down'), to('to-all', 'down')]).to.deep.equal(['to-flows', 'to-all', undefined]);
    expect([to('start', 'left'), to('start', 'up'), to('end', 'right')]).to.deep.equal([undefined, undefined, undefined]);
  });

  it('goes through long chains', () => {
    const nodes = Array.from({ length: 5_000 }, (_, i) => ({ id: `n${i}`, type: i === 0 ? 'start' : 'wait', params: {} }));
    const edges = nodes.slice(1).map(({ id }, i) => ({ from: `n${i}`, port: 'next', to: id }));
    expect(readingOrder({ ...readTemplate('welcome'), nodes, edges }, descriptors)).to.have.lengthOf(5_000);
  });
});
