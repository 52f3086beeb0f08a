import { expect } from 'chai';
import fc from 'fast-check';
import type { FlowDefinition } from '../../../src/contract/flow.js';
import { copyOf, type Pasted, paste, pasteOf } from '../../src/flow/clipboard.js';
import { descriptors } from './support/descriptors.js';
import { faultsIn, flows } from './support/flows.js';
import { readTemplate } from './support/read-template.js';

const copies = flows.chain((flow) => fc.subarray(flow.nodes.map(({ id }) => id)).map((ids) => ({ flow, ids: new Set(ids) })));
const at = { x: 100, y: -50 };

/** Nodes and edges without ids and places. */
function shape({ nodes, edges }: Pick<FlowDefinition, 'nodes' | 'edges'>): unknown {
  const index = new Map(nodes.map(({ id }, i) => [id, i]));
  return {
    nodes: nodes.map(({ id: _id, position: _position, ...node }) => node),
    edges: edges.map(({ from, to, ...rest }) => ({ ...rest, from: index.get(from), to: index.get(to) })),
  };
}

describe('the clipboard', () => {
  it('gives back what was copied, without the start, and only the edges among it', () => {
    fc.assert(
      fc.property(copies, ({ flow, ids }) => {
        const text = copyOf(flow, ids, descriptors);
        const nodes = flow.nodes.filter(({ id }) => ids.has(id) && id !== 'start');
        if (nodes.length === 0) expect(text).to.equal(undefined);
        else {
          const copied = new Set(nodes.map(({ id }) => id));
          const edges = flow.edges.filter(({ from, to }) => copied.has(from) && copied.has(to));
          expect(pasteOf(text ?? '')).to.deep.equal({ nodes, edges });
        }
      }),
    );
  });

  it('pastes the same nodes and edges with new ids, and leaves the flow as it was', () => {
    fc.assert(
      fc.property(copies, flows, ({ flow, ids }, into) => {
        const pasted = pasteOf(copyOf(flow, ids, descriptors) ?? '');
        if (!pasted) return;
        const { command, ids: added } = paste(pasted, { flow: into, at, descriptors });
        const after = command(into);
        expect(faultsIn(after)).to.deep.equal([]);
        expect(after.nodes.slice(0, into.nodes.length)).to.deep.equal(into.nodes);
        expect(after.edges.slice(0, into.edges.length)).to.deep.equal(into.edges);
        const fresh = { nodes: after.nodes.slice(into.nodes.length), edges: after.edges.slice(into.edges.length) };
        expect(fresh.nodes.map(({ id }) => id)).to.deep.equal(added);
        expect(shape(fresh)).to.deep.equal(shape(pasted));
        expect(Math.min(...fresh.nodes.map(({ position }) => position?.x ?? Number.NaN))).to.equal(at.x);
      }),
    );
  });

  it('pastes twice with different ids', () => {
    const flow = readTemplate('welcome');
    const pasted = pasteOf(copyOf(flow, new Set(['greet', 'name']), descriptors) ?? '') as Pasted;
    const once = paste(pasted, { flow, at, descriptors });
    const twice = paste(pasted, { flow: once.command(flow), at, descriptors });
    expect(new Set([...flow.nodes.map(({ id }) => id), ...once.ids, ...twice.ids]).size).to.equal(flow.nodes.length + 4);
    // A copy of a copy does not get a longer and longer id.
    expect([...once.ids, ...twice.ids].every((id) => /^(greet|name)-[0-9a-z]{3}$/.test(id))).to.equal(true);
  });

  it('pastes a whole flow file, without its start', () => {
    const flow = readTemplate('welcome');
    const pasted = pasteOf(JSON.stringify(flow)) as Pasted;
    const { ids } = paste(pasted, { flow, at, descriptors });
    expect(ids).to.have.lengthOf(flow.nodes.length - 1);
  });

  it('takes nothing from other texts, and only what a flow can be saved with from damaged ones', () => {
    expect(['', 'Hello', '5', '[]', '{"nodes":[]}', '{"format":"parley/nodes","version":2,"nodes":[]}'].map(pasteOf)).to.deep.equal(
      Array.from({ length: 6 }),
    );
    const text = JSON.stringify({
      format: 'parley/nodes',
      version: 1,
      nodes: [{ id: 'a', type: 'wait', params: {}, name: 5, position: { x: '1' }, version: 0.5, odd: 1, 'x-kept': 1 }, { id: 'b' }, null],
      edges: [{ from: 'a', port: 'next', to: 'a', odd: 1 }, { from: 'a', port: 'next', to: 'a' }, { from: 'a', port: 'next', to: 'b' }, 7],
    });
    expect(pasteOf(text)).to.deep.equal({
      nodes: [{ id: 'a', type: 'wait', params: {}, 'x-kept': 1 }],
      edges: [{ from: 'a', port: 'next', to: 'a' }],
    });
    const deep = `{"format":"parley/nodes","version":1,"nodes":[{"id":"a","type":"wait","params":${'{"a":'.repeat(90)}1${'}'.repeat(90)}}],"edges":[]}`;
    expect(pasteOf(deep)).to.equal(undefined);
    fc.assert(fc.property(fc.json(), (json) => void pasteOf(json)));
  });
});
