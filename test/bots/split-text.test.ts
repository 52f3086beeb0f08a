import { expect } from 'chai';
import { splitText } from '../../src/bots/split-text.js';

describe('a text that is too long', () => {
  const cases: readonly [name: string, text: string, most: number, pieces: readonly string[]][] = [
    ['is left alone when it fits', 'one two', 7, ['one two']],
    ['is nothing when there is nothing in it', ' \n ', 5, []],
    ['is parted between paragraphs', 'One.\n\nTwo two.\nTwo three', 15, ['One.\n\nTwo two.', 'Two three']],
    ['else between lines, sentences and words', 'aa bb. cc dd', 10, ['aa bb.', 'cc dd']],
    ['and inside a word only where there is no other place', 'abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['never inside a sign', '👨‍👩‍👧👨‍👩‍👧', 7, ['👨‍👩‍👧', '👨‍👩‍👧']],
    ['a sign longer than the room stays whole', '👨‍👩‍👧a', 2, ['👨‍👩‍👧', 'a']],
  ];
  for (const [name, text, most, pieces] of cases) it(name, () => expect(splitText(text, most)).to.deep.equal(pieces));

  it('loses no word', () => {
    const text = Array.from({ length: 5_000 }, (_, i) => `w${i}${i % 7 === 0 ? '.' : ''}${i % 31 === 0 ? '\n' : ''}`).join(' ');
    const pieces = splitText(text, 400);
    expect(pieces.every((one) => one.length <= 400)).to.equal(true);
    expect(pieces.join(' ').split(/\s+/)).to.deep.equal(text.split(/\s+/));
  });
});
