import { expect } from 'chai';
import { chooseSeveral } from '../../src/text/choose-several.js';

const choices = [
  { id: 'r', title: 'Red' },
  { id: 'b', title: 'Blue' },
  { id: 'bg', title: 'Blue and green' },
  { id: 'n', title: 'No, thanks' },
];
const chosen = (text: string, numbered = true) => chooseSeveral({ choices, numbered }, text).map(({ id }) => id);

describe('several choices that a person writes', () => {
  const cases: readonly (readonly [text: string, ids: readonly string[]])[] = [
    ['1', ['r']],
    ['1, 2', ['r', 'b']],
    ['2 1', ['r', 'b']],
    ['1. 3.', ['r', 'bg']],
    ['١ و ٢', ['r', 'b']],
    ['red & blue', ['r', 'b']],
    ['Red und BLUE', ['r', 'b']],
    ['red\nblue', ['r', 'b']],
    ['red, red', ['r']],
    ['Blue and green', ['bg']],
    ['red, blue and green', ['r', 'bg']],
    ['No, thanks', ['n']],
    ['red and purple', []],
    ['1, 9', []],
    ['', []],
    [' , ; ', []],
  ];
  for (const [text, ids] of cases) {
    it(`${JSON.stringify(text)} are ${ids.join(', ') || 'none'}`, () => {
      expect(chosen(text)).to.deep.equal(ids);
    });
  }

  it('are not numbers where none were shown', () => {
    expect(chosen('1, 2', false)).to.deep.equal([]);
  });

  it('are none in a text with hundreds of words', () => {
    expect(chosen('red '.repeat(2_000))).to.deep.equal([]);
  });
});
