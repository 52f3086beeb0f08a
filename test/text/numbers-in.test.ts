import { expect } from 'chai';
import { numbersIn } from '../../src/text/numbers-in.js';

describe('the numbers in a text', () => {
  const cases: readonly (readonly [text: string, values: readonly number[], language?: string])[] = [
    ['7, thanks', [7]],
    ['7,thanks', [7]],
    ['Seven: 7!', [7]],
    ['1.200,50 €', [1200.5], 'de'],
    ['das macht 1.200 Euro', [1200], 'de'],
    ['that is 1.200 litres', [1.2], 'en'],
    ['1,200.50 please', [1200.5], 'en'],
    ['about 1 000 000 people', [1_000_000]],
    ['عمري ٢٥ سنة', [25], 'ar'],
    ['मेरी उम्र २५ है', [25], 'hi'],
    ['อายุ ๒๕ ปี', [25], 'th'],
    ['我要3个', [3], 'zh'],
    ['I have 3 cats and 2 dogs', [3, 2]],
    ['$5', [5]],
    ['5kg', [5]],
    ['50%', [50]],
    ['the 25th', [25]],
    ['Rs.500', [500]],
    ['EUR12,50', [12.5], 'de'],
    ['-3 degrees', [-3]],
    ['minus: −3,5', [-3.5]],
    ['(4)', [4]],
    ['*4* it is', [4]],
    ['2️⃣ please', [2]],
    ['.5 or so', [0.5]],
    ['B12 and mp3', []],
    ['at 17:30', []],
    ['3-4 of them', []],
    ['1/2 of it', []],
    ['on 25.12.2026', []],
    ['version 1.2.3', []],
    ['order-17', []],
    ['two', []],
    ['', []],
  ];
  for (const [text, values, language] of cases) {
    it(`${JSON.stringify(text)} holds ${JSON.stringify(values)}`, () => {
      expect(numbersIn(text, { language }).map(({ value }) => value)).to.deep.equal(values);
    });
  }

  it('says that a number is ambiguous', () => {
    expect(numbersIn('1.200 please')).to.deep.equal([{ value: 1.2, ambiguous: true }]);
  });

  it('searches the first 2,000 characters', () => {
    expect(numbersIn(`${'a '.repeat(1_000)}7`)).to.deep.equal([]);
  });
});
