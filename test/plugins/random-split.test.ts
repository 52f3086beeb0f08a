import { expect } from 'chai';
import { chooseArm } from '../../plugins/random-split/choose-arm.js';
import { randomFrom } from '../../src/engine/work.js';

/** The arms of 10,000 people, as the engine draws them for one node. */
function armsOf(weights: Readonly<Record<string, number>>, node = 'split'): readonly string[] {
  const arms = Object.entries(weights).map(([name, weight]) => ({ name, weight }));
  const person = (id: number) => chooseArm(arms, (arm) => randomFrom(['s0m3'.concat(String(id)), 'flow', node, arm].join('\n'))());
  return Array.from({ length: 10_000 }, (_, id) => person(id)?.name ?? '');
}
const share = (arms: readonly string[], name: string) => arms.filter((one) => one === name).length / arms.length;

describe('the arms of a random split', () => {
  it('get people in proportion to their weights', () => {
    for (const [weights, expected] of [
      [
        { a: 1, b: 1 },
        { a: 0.5, b: 0.5 },
      ],
      [
        { a: 1, b: 3 },
        { a: 0.25, b: 0.75 },
      ],
      [
        { a: 0.1, b: 0.2, c: 0.7 },
        { a: 0.1, b: 0.2, c: 0.7 },
      ],
      [
        { rare: 0.01, usual: 0.99 },
        { rare: 0.01, usual: 0.99 },
      ],
      [
        { a: 1000, b: 1000, c: 1000, d: 1000 },
        { a: 0.25, b: 0.25, c: 0.25, d: 0.25 },
      ],
    ] as const) {
      const arms = armsOf(weights);
      for (const [name, part] of Object.entries(expected)) expect(share(arms, name), name).to.be.closeTo(part, 0.015);
    }
  });

  it('get people in proportion where each run draws anew', () => {
    const arms = [
      { name: 'a', weight: 1 },
      { name: 'b', weight: 3 },
    ];
    const drawn = Array.from({ length: 10_000 }, (_, turn) => chooseArm(arms, randomFrom(`s0m3jx1:${turn}`))?.name ?? '');
    expect(share(drawn, 'b')).to.be.closeTo(0.75, 0.015);
  });

  it('of two nodes have nothing to do with each other', () => {
    const [first, second] = [armsOf({ a: 1, b: 1 }, 'one'), armsOf({ a: 1, b: 1 }, 'two')];
    const both = first.filter((arm, i) => arm === 'a' && second[i] === 'a').length / first.length;
    expect(both).to.be.closeTo(0.25, 0.015);
  });

  it('keep their people when an arm is added, except those who go to it', () => {
    const [before, after] = [armsOf({ a: 1, b: 1 }), armsOf({ c: 1, b: 1, a: 1 })];
    expect(after.filter((arm, i) => arm !== before[i] && arm !== 'c')).to.deep.equal([]);
    expect(share(after, 'c')).to.be.closeTo(1 / 3, 0.015);
  });

  it('get only people of others when a weight grows', () => {
    const [before, after] = [armsOf({ a: 1, b: 1 }), armsOf({ a: 2, b: 1 })];
    expect(after.filter((arm, i) => arm === 'b' && before[i] === 'a')).to.deep.equal([]);
  });

  it('take whatever numbers chance gives', () => {
    const arms = [
      { name: 'a', weight: 0.000001 },
      { name: 'b', weight: 1_000_000 },
    ];
    for (const n of [0, 2 ** -32, 0.5, 1 - 2 ** -32]) expect(chooseArm(arms, () => n)?.name).to.be.oneOf(['a', 'b']);
  });
});
