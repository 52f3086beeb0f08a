import { expect } from 'chai';
import { choiceLines, offeredAsText, offeredChoices, sentIds, textAbove, titleOf } from '../../src/adapter-kit/index.js';

const choices = [
  { id: 'tea', title: 'Tea' },
  { id: 'coffee', title: ' ' },
  { id: ' ', title: 'Water' },
];

describe('choices as a provider gets them', () => {
  it('have a title: the id where a template left it blank', () => {
    expect(choices.map(titleOf)).to.deep.equal(['Tea', 'coffee', 'Water']);
    expect(titleOf({ id: '', title: '' })).to.equal('…');
  });

  it('have ids that differ and fit: the number where one is blank', () => {
    expect(sentIds(choices, 10)).to.deep.equal(['tea', 'coffee', '3']);
    const alike = ['same beginning 1', 'same beginning 2'].map((id) => ({ id, title: id }));
    const [first = '', second = ''] = sentIds(alike, 8);
    expect([first === second, first.length <= 8, second.length <= 8]).to.deep.equal([false, true, true]);
    // What the provider got is known beside the whole id.
    expect(offeredChoices(alike, 8).map(({ id, sent }) => [id, sent])).to.deep.equal([
      ['same beginning 1', first],
      ['same beginning 2', second],
    ]);
    expect(offeredChoices(choices, 10)[0]).to.deep.equal({ id: 'tea', title: 'Tea' });
  });

  it('are numbered lines, unless a title is a number itself', () => {
    expect(choiceLines(choices)).to.equal('1. Tea\n2. coffee\n3. Water');
    expect(choiceLines(choices, ({ id }) => id.toUpperCase())).to.equal('1. TEA\n2. COFFEE\n3.  ');
    const numbers = ['2', '4'].map((title) => ({ id: title, title }));
    expect(choiceLines(numbers)).to.equal('2\n4');
    expect([offeredAsText(choices).shown, offeredAsText(numbers).shown]).to.deep.equal(['numbers', 'titles']);
    expect(offeredAsText(choices).choices[1]).to.deep.equal({ id: 'coffee', title: 'coffee' });
  });

  it('stand whole below a text, which is cut if there is not enough room', () => {
    expect(textAbove('1. A', 'Which?', 100)).to.equal('Which?\n\n1. A');
    expect(textAbove('1. A', 'Which one do you want?', 14)).to.equal('Which o…\n\n1. A');
    expect(textAbove('1. A', '', 100)).to.equal('1. A');
    expect(textAbove('1. A\n2. B', 'Which?', 5)).to.equal('1. A…');
  });
});
