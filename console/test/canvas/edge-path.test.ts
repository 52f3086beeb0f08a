import { expect } from 'chai';
import { edgePath } from '../../src/canvas/edge-path.js';

const spot = (x: number, y: number) => ({ x, y, top: y - 20, bottom: y + 80 });

/** The lowest point of a path made of lines. */
function lowest(path: string): number {
  return Math.max(...[...path.matchAll(/[ML Q]?-?[\d.]+,(-?[\d.]+)/g)].map(([, y]) => Number(y)));
}

describe('the line of an edge', () => {
  it('is a curve to the right', () => {
    const { path, middle } = edgePath({ kind: 'way', from: spot(0, 0), to: spot(200, 100) });
    expect(path).to.equal('M0,0 C100,0 100,100 200,100');
    expect(middle).to.deep.equal({ x: 100, y: 50 });
  });

  it('runs back below both cards', () => {
    const { path, middle } = edgePath({ kind: 'way', from: spot(900, 0), to: spot(100, 40) });
    expect(lowest(path)).to.equal(148);
    expect(middle).to.deep.equal({ x: 500, y: 148 });
  });

  it('runs back between cards that stand one below the other', () => {
    const { middle } = edgePath({ kind: 'way', from: spot(248, 0), to: spot(0, 300) });
    expect(middle.y).to.equal((80 + 280) / 2);
  });

  it('of a failure leaves below, and runs there', () => {
    const { path } = edgePath({ kind: 'failure', from: { ...spot(100, 200), bottom: 200 }, to: spot(600, 100) });
    expect(path.startsWith('M100,200 L100,216 Q100,228')).to.equal(true);
    expect(lowest(path)).to.equal(228);
  });

  it('of a failure leads straight down to a card below, and never below that card', () => {
    const from = { ...spot(100, 200), bottom: 200 };
    expect(edgePath({ kind: 'failure', from, to: spot(110, 400) }).path).to.match(/^M100,200 L100,395 Q100,400 105,400 L110,400$/);
    expect(lowest(edgePath({ kind: 'failure', from, to: spot(40, 400) }).path)).to.equal(400);
  });
});
