import { expect } from 'chai';
import { readLanguage } from '../../src/text/read-language.js';

describe('a language tag', () => {
  const cases: readonly (readonly [text: string, tag: string | undefined])[] = [
    ['de', 'de'],
    [' EN-gb ', 'en-GB'],
    ['pt_BR', 'pt-BR'],
    ['zh-hant', 'zh-Hant'],
    ['fil', 'fil'],
    ['', undefined],
    ['German', undefined],
    ['deutsch', undefined],
    ['d', undefined],
    ['de-', undefined],
    ['de Germany', undefined],
    ['de-x', undefined],
    [`de-${'abcdefgh-'.repeat(1_000)}`, undefined],
  ];
  for (const [text, tag] of cases)
    it(`${JSON.stringify(text.slice(0, 20))} ${tag === undefined ? 'is refused' : `is ${tag}`}`, () => {
      expect(readLanguage(text)).to.equal(tag);
    });
});
