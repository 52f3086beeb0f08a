import { expect } from 'chai';
import { readName } from '../../src/text/read-name.js';

describe('what a person is called', () => {
  for (const blank of [undefined, '', ' ', '\u3164', '\u2800\u00a0', '\u200b\u200f', '\ufeff\u2060', '\u{1d159}', '\u00ad', '\u115f\u1160'])
    it(`is nothing where nobody can see it: ${JSON.stringify(blank)}`, () => expect(readName(blank)).to.equal(undefined));

  for (const [told, name] of [
    [' Ada ', 'Ada'],
    ['ㅤAda', 'ㅤAda'],
    ['👩\u200d👧', '👩\u200d👧'],
    ['.', '.'],
    ['อาดา', 'อาดา'],
  ] as const)
    it(`is ${name}, as it was told`, () => expect(readName(told)).to.equal(name));

  it('is cut to 200 characters between graphemes', () => {
    expect(readName('a'.repeat(300))).to.equal('a'.repeat(200));
    expect(readName(`${'a'.repeat(199)}👩\u200d👧`)).to.equal('a'.repeat(199));
  });
});
