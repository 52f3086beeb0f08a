import { expect } from 'chai';
import fc from 'fast-check';
import { languageChain, languageTag } from '../../src/text/language-chain.js';
import { ENGLISH_WORDS, ownWords } from '../../src/text/own-words.js';

describe('the languages that a person understands', () => {
  const cases: readonly (readonly [wanted: string | undefined, available: readonly string[], chain: readonly string[]])[] = [
    ['de', ['de', 'en'], ['de']],
    ['de-AT', ['de', 'de-AT', 'en'], ['de-AT', 'de']],
    ['DE_at', ['de', 'de-AT'], ['de-AT', 'de']],
    ['zh-Hant-TW', ['en', 'zh', 'zh-Hant'], ['zh-Hant', 'zh']],
    ['zh-TW', ['zh', 'zh-Hant'], ['zh-Hant', 'zh']],
    ['zh-TW', ['zh-Hans'], []],
    ['zh-TW', ['zh-HK'], ['zh-HK']],
    ['pt', ['pt-PT', 'pt-BR', 'en'], ['pt-BR', 'pt-PT']],
    ['pt-AO', ['pt-PT', 'en'], ['pt-PT']],
    ['de-CH', ['de-AT', 'de'], ['de', 'de-AT']],
    ['sr-Latn', ['sr', 'sr-Cyrl-RS'], ['sr']],
    ['iw', ['he'], ['he']],
    ['de-DE-u-co-phonebk', ['de-DE'], ['de-DE']],
    ['fr', ['de', 'en'], []],
    ['Deutsch', ['de'], []],
    ['', ['de'], []],
    [undefined, ['de'], []],
  ];
  for (const [wanted, available, chain] of cases)
    it(`${wanted || 'nothing'} of ${available.join(', ')}: ${chain.join(', ') || 'none'}`, () => {
      expect(languageChain(wanted, available)).to.deep.equal(chain);
    });

  it('are found for every text, each once', () => {
    const available = ['de', 'de-AT', 'zh-Hant', 'pt-BR', 'x-y', ''];
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z]{2}(-[A-Za-z0-9]{1,4}){0,3}$/)), (wanted) => {
        const chain = languageChain(wanted, available);
        expect(chain).to.have.length(new Set(chain).size);
        expect(available).to.include.members([...chain]);
        expect(languageTag(languageTag(wanted))).to.equal(languageTag(wanted));
      }),
    );
  });
});

describe('the words of Parley itself', () => {
  it('are in the first language that has some', () => {
    expect(ownWords('pt-BR').choose).to.equal('Escolher');
    expect(ownWords('xx', 'de_AT').choose).to.equal('Auswählen');
    expect(ownWords('xx', undefined)).to.equal(ENGLISH_WORDS);
    expect(ownWords('constructor')).to.equal(ENGLISH_WORDS);
  });

  it('fit on every button', () => {
    for (const language of ['ar', 'de', 'en', 'es', 'fr', 'hi', 'it', 'pt', 'th'])
      for (const word of Object.values(ownWords(language))) expect([...word].length, word).to.be.within(1, 20);
  });
});
