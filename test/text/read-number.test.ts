import { expect } from 'chai';
import { readPlainNumber, readTypedNumber } from '../../src/text/read-number.js';

describe('a number that a person types', () => {
  const cases: readonly (readonly [typed: string, value: number | undefined, language?: string])[] = [
    ['12', 12],
    [' -3 ', -3],
    ['+5', 5],
    ['−5', -5],
    ['- 5', -5],
    ['3,5', 3.5],
    ['3.5', 3.5],
    ['3٫5', 3.5],
    ['٣٫٥', 3.5],
    ['٣،٥', 3.5],
    ['١٢', 12],
    ['۱۲', 12],
    ['१२', 12],
    ['１２', 12],
    ['12️⃣', 12],
    ['2️⃣', 2],
    ['*12*', 12],
    ['\u200f12\u200e', 12],
    ['12 👍', 12],
    ['12!', 12],
    ['12.', 12],
    ['.5', 0.5],
    [',5', 0.5],
    ['0.500', 0.5],
    ['0,500', 0.5],
    ['1.2345', 1.2345],
    ['1,25', 1.25],
    ['1234.567', 1234.567],
    ['1234,567', 1234.567],
    ['1 000', 1000],
    ['1\u00a0000', 1000],
    ['1\u202f000\u202f000', 1_000_000],
    ["1'000", 1000],
    ['1’000’000', 1_000_000],
    ['1 000,50', 1000.5],
    ['1 000,500', 1000.5],
    ['1٬000', 1000],
    ['١٬٠٠٠٬٠٠٠٫٥', 1_000_000.5],
    ['1.000.000', 1_000_000],
    ['1,000,000', 1_000_000],
    ['10,00,000', 1_000_000],
    ['1.234,56', 1234.56],
    ['1,234.56', 1234.56],
    ['1.234,567', 1234.567],
    ['1.000.000,5', 1_000_000.5],
    ['-1.234,56', -1234.56],
    ['1e3', 1000],
    ['1.000', 1000, 'de'],
    ['1,000', 1, 'de'],
    ['1.000', 1, 'en-GB'],
    ['1,000', 1000, 'en'],
    ['1,2345', 1.2345, 'en'],
    ['1.2345', 1.2345, 'de'],
    ['1.000', 1000, 'pt_BR'],
    ['1,000', 1000, 'es-MX'],
    ['1.000', 1000, 'fr'],
    ['1.000', 1, 'hi'],
    ['12.345', 12_345, 'de'],
    ['-1.000', -1000, 'de'],
    ['1.000.', 1000, 'de'],
    ['', undefined],
    [' ', undefined],
    ['twelve', undefined],
    ['12 apples', undefined],
    ['about 12', undefined],
    ['1-2', undefined],
    ['1 00', undefined],
    ['12 34', undefined],
    ['1 0000', undefined],
    ['1.2.3', undefined],
    ['12.03.2026', undefined],
    ['2026-03-12', undefined],
    ['1,000.000.000', undefined],
    ['1.000,000,000', undefined],
    ['1,2.3,4', undefined],
    ['1..5', undefined],
    ['.', undefined],
    [',', undefined],
    ['-', undefined],
    ['+', undefined],
    ['--5', undefined],
    ['1e999', undefined],
    ['Infinity', undefined],
    ['0x10', undefined],
    ['1/2', undefined],
    ['5%', undefined],
    ['1'.repeat(500), undefined],
  ];
  for (const [typed, value, language] of cases) {
    it(`${JSON.stringify(typed.slice(0, 30))}${language ? ` in ${language}` : ''} is ${value}`, () =>
      expect(readTypedNumber(typed, { language })?.value).to.equal(value));
  }

  it('says that one mark before three digits may mean two things, where no language is known', () => {
    expect(readTypedNumber('1.000')).to.deep.equal({ value: 1, ambiguous: true });
    expect(readTypedNumber('1,000')).to.deep.equal({ value: 1000, ambiguous: true });
    expect(readTypedNumber('1,000', { language: 'xx', locale: 'no locale' })).to.deep.equal({ value: 1000, ambiguous: true });
    for (const clear of ['1.5', '0.500', '1 000', '1.000.000', '1,234.567', '1000.123'])
      expect(readTypedNumber(clear)).not.to.have.property('ambiguous');
  });

  it("goes by the person's language before the flow's", () => {
    expect(readTypedNumber('1.000', { language: 'de', locale: 'en' })).to.deep.equal({ value: 1000 });
    expect(readTypedNumber('1.000', { language: 'en', locale: 'de' })).to.deep.equal({ value: 1 });
    expect(readTypedNumber('1.000', { language: 'xx', locale: 'de' })).to.deep.equal({ value: 1000 });
  });

  it('says that a number is too large to be kept digit by digit', () => {
    expect(readTypedNumber('9007199254740991')).to.deep.equal({ value: 9007199254740991 });
    expect(readTypedNumber('9007199254740993')).to.deep.equal({ value: 9007199254740992, inexact: true });
    expect(readTypedNumber('-9 007 199 254 740 993')).to.deep.equal({ value: -9007199254740992, inexact: true });
  });
});

describe('a number in a flow file', () => {
  for (const [text, value] of [
    ['1.000', 1],
    ['1234.5', 1234.5],
    [' 3 ', 3],
    ['-0.5', -0.5],
    ['1e3', 1000],
  ] as const) {
    it(`${text} is ${value}`, () => expect(readPlainNumber(text)?.value).to.equal(value));
  }
  for (const text of ['3,5', '1 000', '1,000', '٣', '', 'abc', '1.000.000'])
    it(`${JSON.stringify(text)} is no number`, () => expect(readPlainNumber(text)).to.equal(undefined));
});
