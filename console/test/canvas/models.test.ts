import { expect } from 'chai';
import { createDrawnOf } from '../../src/canvas/drawn.js';
import { freePlace } from '../../src/canvas/free-place.js';
import { boundsOf, initialViewport } from '../../src/canvas/initial-viewport.js';
import { createModels, type Shown } from '../../src/canvas/models.js';
import { FLOW } from '../editor/support/flow.js';

const drawnOf = createDrawnOf(
  new Map(),
  (sentence) => sentence,
  (text) => text.length * 7,
);
const shown: Shown = { flow: FLOW, selection: [], problems: [], moved: new Map(), found: undefined, edge: undefined };

describe('what the canvas draws', () => {
  it('is the same object if nothing about it has changed', () => {
    const models = createModels(drawnOf);
    const before = models(shown);
    expect(models({ ...shown, problems: [] })).to.deep.equal(before);
    const remark = { ...FLOW, nodes: FLOW.nodes.map((node) => (node.id === 'ask' ? { ...node, remark: 'Ask' } : node)) };
    const after = models({ ...shown, flow: remark });
    expect(after.nodes.map((node, i) => node === before.nodes[i])).to.deep.equal([true, false, true]);
    expect(after.edges).to.equal(before.edges);
  });

  it('is another object where a node is selected, moved, or has a problem', () => {
    const models = createModels(drawnOf);
    const before = models(shown);
    const problem = { pointer: '/nodes/2', code: 'x', node: 'end', message: '', hint: '', severity: 'error' } as const;
    const after = models({ ...shown, selection: ['start'], moved: new Map([['ask', { x: 8, y: 8 }]]), problems: [problem] });
    expect(after.nodes.map(({ selected }) => selected)).to.deep.equal([true, false, false]);
    expect(after.nodes[1]?.position).to.deep.equal({ x: 8, y: 8 });
    expect(after.nodes[2]?.data.errors).to.equal(1);
    expect(after.nodes.some((node, i) => node === before.nodes[i])).to.equal(false);
  });
});

describe('places', () => {
  it('for new nodes are on the grid, below what is in the way', () => {
    const size = { width: 248, height: 100 };
    const place = freePlace(FLOW, { x: 197, y: 3 }, { drawnOf: () => ({ size }), size });
    expect(place).to.deep.equal({ x: 200, y: 136 });
    expect(freePlace(FLOW, { x: 2_000, y: 3 }, { drawnOf: () => ({ size }), size })).to.deep.equal({ x: 2_000, y: 0 });
  });

  it('of a flow that one opens for the first time: all of it if one can read it so, else its start', () => {
    const card = { x: 0, y: 0, width: 248, height: 100 };
    const window = { width: 1_000, height: 800 };
    expect(initialViewport([card], card, window)).to.deep.equal({ x: 376, y: 350, zoom: 1 });
    const far = { ...card, x: 9_000 };
    expect(initialViewport([card, far], card, window).zoom).to.equal(0.85);
    expect(boundsOf([card, far])).to.deep.equal({ x: 0, y: 0, width: 9_248, height: 100 });
  });
});
