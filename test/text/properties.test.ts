import { expect } from 'chai';
import fc from 'fast-check';
import { chooseTyped } from '../../src/text/choose-typed.js';
import { cutText, lengthOf } from '../../src/text/cut-text.js';
import { dateOf } from '../../src/text/date.js';
import { datesIn } from '../../src/text/dates-in.js';
import { hasKeyword, keywordOf, searchedText } from '../../src/text/find-keyword.js';
import { fold, foldExact, foldKeepingSigns, foldWords, isBlankText } from '../../src/text/fold.js';
import { emailsIn, linksIn } from '../../src/text/links-in.js';
import { numbersIn } from '../../src/text/numbers-in.js';
import { phonesIn } from '../../src/text/phones-in.js';
import { readTypedNumber } from '../../src/text/read-number.js';
import { splitText } from '../../src/text/split-text.js';

/** What people write in many scripts, with the marks, signs and blanks that make trouble. */
const PIECES = [
  ...'aAiIıİßẞſﬁéÉeœøŁ',
  ...'0129٣۴५１²½Ⅳ',
  ...'*_~-+#%$.,:;!?…،।()[]"\'’“”/\\@&',
  ...' \t\n\u00a0\u3000\u2028',
  ...'\u0301\u0307\u0327\u034f\u200b\u200c\u200d\u200e\u200f\u2066\u2069\u00ad\u0640\ufe0f\u20e3\u3164',
  ...'Σσςάабвёйשָׁלםشَايك',
  ...'दनािीংকমทยกเิ่ข้าວကម',
  ...'日本語カガパﾊﾟ退款한글\u1112\u1161\u11ab',
  '👋',
  '👩\u200d👧',
  '👍🏽',
  '❤️',
  '2️⃣',
  '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
  '🇩🇪',
  '\ud83d',
  'yes',
  'order-17',
  'c++',
];
const written = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);
/** The same texts whenever it runs. */
const always = <T>(arbitrary: fc.Arbitrary<T>, holds: (value: T) => void) =>
  fc.assert(
    fc.property(arbitrary, (value) => void holds(value)),
    { seed: 20_261_129, numRuns: 1_000 },
  );
const boundaries = (text: string) => new Set([...new Intl.Segmenter('en').segment(text)].map(({ index }) => index).concat(text.length));
const withoutBlanks = (text: string) => text.replace(/\s/gu, '');

describe('for whatever people write', () => {
  it('are folded the same whether they are short of signs or not', () => {
    const ascii = fc.string({ unit: 'binary-ascii', maxLength: 12 });
    // An invisible character is dropped, but only where all steps are taken.
    fc.assert(
      fc.property(ascii, (text) => foldKeepingSigns(text) === foldKeepingSigns(`${text}\u200b`)),
      { numRuns: 2_000 },
    );
  });
  for (const [name, folded] of Object.entries({ fold, foldKeepingSigns, foldWords, foldExact }))
    it(`${name} of what is folded changes nothing`, () => always(written, (text) => expect(folded(folded(text))).to.equal(folded(text))));

  it('case and encoding do not count in any fold', () =>
    always(written, (text) => {
      for (const folded of [fold, foldWords, foldExact]) {
        expect(folded(text.normalize('NFD'))).to.equal(folded(text));
        expect(folded(text.normalize('NFC'))).to.equal(folded(text));
      }
      expect(fold(text.toUpperCase())).to.equal(fold(text));
    }));

  it('nothing but blank texts folds to nothing', () =>
    always(written, (text) => {
      expect(foldWords(text) === '').to.equal(fold(text) === '');
      if (fold(text) === '') expect(isBlankText(text)).to.equal(true);
    }));

  it('splitting loses nothing but blanks, keeps to the limit and to the order, and parts no grapheme that fits', () =>
    always(
      fc.tuple(fc.array(written, { maxLength: 8 }), fc.integer({ min: 12, max: 40 }), fc.integer({ min: 12, max: 40 })),
      ([parts, limit, last]) => {
        const text = parts.join('').trim();
        const split = splitText(text, limit, { last });
        expect(split.isCut).to.equal(false);
        expect(withoutBlanks(split.parts.join(''))).to.equal(withoutBlanks(text));
        for (const [i, part] of split.parts.entries())
          expect(lengthOf(part)).to.be.within(1, i === split.parts.length - 1 ? Math.min(limit, last) : limit);
        const fits = boundaries(text);
        let at = 0;
        for (const part of split.parts) {
          at = text.indexOf(part, at);
          expect(fits.has(at), `${JSON.stringify(text)} parted at ${at}`).to.equal(true);
          at += part.length;
        }
      },
    ));

  it('cutting keeps a beginning of whole graphemes, within the limit', () =>
    always(fc.tuple(written, fc.integer({ min: 1, max: 20 })), ([text, limit]) => {
      const cut = cutText(text, limit);
      expect(lengthOf(cut)).to.be.at.most(Math.max(limit, 1));
      if (lengthOf(text) <= limit) return expect(cut).to.equal(text);
      const kept = cut.slice(0, -1);
      expect([text.startsWith(kept), cut.endsWith('…')]).to.deep.equal([true, true]);
      return expect(boundaries(text).has(kept.length)).to.equal(true);
    }));

  it('what is found in a text is a date, a number, an address or a phone number', () =>
    always(fc.tuple(written, fc.constantFrom('en', 'de', 'ar', 'th', 'hi', 'pt', 'xx')), ([text, language]) => {
      for (const { date } of datesIn(text, { now: Date.parse('2026-11-24T09:00:00Z'), zone: 'Asia/Bangkok', language }))
        expect(dateOf(date, { zone: 'UTC' }), date).to.not.equal(undefined);
      for (const { value } of numbersIn(text, { language })) expect(Number.isFinite(value)).to.equal(true);
      for (const phone of phonesIn(text, { region: 'DE' })) expect(phone).to.match(/^\+\d{7,15}$/);
      for (const email of emailsIn(text)) expect(email).to.match(/^[^@]+@[^@]+$/);
      for (const link of linksIn(text)) expect(link).to.match(/^https?:/);
    }));

  it('a keyword is found in itself, in each mode', () =>
    always(written, (text) => {
      if (foldWords(text) === '') return;
      for (const mode of ['firstWord', 'onlyWord', 'anywhere'] as const)
        expect(hasKeyword(searchedText(text), keywordOf(text), mode), `${mode} ${JSON.stringify(text)}`).to.equal(true);
    }));

  it('a title that is typed as it is shown is that choice', () =>
    always(fc.uniqueArray(written, { minLength: 1, maxLength: 6, selector: (title) => title.normalize('NFC').trim() }), (titles) => {
      const choices = titles.map((title, i) => ({ id: `c${i}`, title }));
      for (const choice of choices)
        if (!isBlankText(choice.title)) expect(chooseTyped({ choices, numbered: false }, choice.title)).to.deep.equal({ choice });
    }));

  it('a number that is written as a language writes it is read in that language', () => {
    const languages = [
      'en',
      'de',
      'fr',
      'de-CH',
      'pt-BR',
      'pt-PT',
      'es',
      'hi-IN',
      'bn-BD',
      'ar-EG',
      'fa-IR',
      'th',
      'ja',
      'sv',
      'pl',
      'mr-IN',
      'my',
    ];
    always(
      fc.tuple(fc.constantFrom(...languages), fc.integer({ min: -99_999_999, max: 99_999_999 }), fc.integer({ min: 0, max: 3 })),
      ([language, whole, places]) => {
        const value = whole / 10 ** places;
        const typed = new Intl.NumberFormat(language, { maximumFractionDigits: 3 }).format(value);
        expect(readTypedNumber(typed, { language })?.value, `${typed} in ${language}`).to.equal(value);
      },
    );
  });

  it('a number is finite or no number', () =>
    always(written, (text) => expect(readTypedNumber(text)?.value ?? 0).to.satisfy(Number.isFinite)));
});

describe('what most people write', () => {
  it('needs no dictionary: a plain text is looked through without the word segmenter', () => {
    const { segment } = Intl.Segmenter.prototype;
    let asked = 0;
    Intl.Segmenter.prototype.segment = function (text: string) {
      asked += 1;
      return segment.call(this, text);
    };
    try {
      for (const mode of ['firstWord', 'onlyWord', 'anywhere'] as const)
        for (const text of ['order', 'Order 17, please!', 'I want to reorder', 'ordering'])
          hasKeyword(searchedText(text), keywordOf('order'), mode);
      expect(asked).to.equal(0);
      hasKeyword(searchedText('退款退款单'), keywordOf('退款'), 'firstWord');
      expect(asked).to.equal(1);
    } finally {
      Intl.Segmenter.prototype.segment = segment;
    }
  });
});
