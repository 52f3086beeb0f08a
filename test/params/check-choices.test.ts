import { expect } from 'chai';
import { limits } from '../../platforms/whatsapp/limits.js';
import { checkChoices } from '../../src/params/check-choices.js';

const titled = (...titles: readonly string[]) => titles.map((title, i) => ({ id: `c${i}`, title }));
const told = (titles: readonly string[], as: 'buttons' | 'list' | 'text' = 'buttons') =>
  checkChoices(titled(...titles), as, { adapter: 'whatsapp', limits, isBound: true }).map(({ code, pointer, severity }) => [
    code,
    pointer,
    severity ?? 'error',
  ]);

describe('choices that cannot be told apart when they are typed', () => {
  for (const titles of [
    ['Café', 'Cafe'],
    ['Yes!', 'yes'],
    ['Pizza 🍕', 'Pizza'],
    ['STRASSE', 'Straße'],
    ['شَاي', 'شاي'],
    ['Łódź', 'Lodz'],
  ]) {
    it(`are told with a warning: ${titles.join(', ')}`, () => {
      for (const as of ['buttons', 'list', 'text'] as const)
        expect(told(titles, as), as).to.deep.equal([['message/alike-choices', '/choices/1/title', 'warning']]);
    });
  }

  it('are told once where the titles are the very same', () => {
    expect(told(['Same', 'Same'])).to.deep.equal([['message/repeated-choice', '/choices/1/title', 'error']]);
  });

  for (const titles of [
    ['ขาว', 'ข้าว', 'ข่าว'],
    ['दान', 'दिन'],
    ['パン', 'ハン'],
    ['A+', 'A-', 'A'],
    ['👍', '👎'],
    ['{{ a }}!', '{{ a }}'],
  ])
    it(`are not: ${titles.join(', ')}`, () => expect(told(titles)).to.deep.equal([]));
});

describe('choices whose titles are numbers', () => {
  for (const number of ['2', '4.', '#6', '(8)', '٢', '2️⃣', '2026', '2,5', '1 000', '-1'])
    it(`are told with a warning where they would be numbered: ${number}`, () => {
      expect(told(['Two', number, '9'], 'text')).to.deep.equal([['message/number-title', '/choices/1/title', 'warning']]);
      expect(told(['Two', number], 'buttons')).to.deep.equal([]);
    });

  it('are not: numbers within words, and what a template makes', () => {
    expect(told(['2 people', '10:30', '4+', '2-4', '12.03.2026', '{{ 2 }}'], 'text')).to.deep.equal([]);
  });
});
