import { expect } from 'chai';
import fc from 'fast-check';
import { cutApart, cutText, isLonger, lengthOf, startOf } from '../../src/text/cut-text.js';
import { splitText } from '../../src/text/split-text.js';

const FAMILY = '👨‍👩‍👧';
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const graphemes = (text: string) => [...segmenter.segment(text)].map(({ segment }) => segment);
/** The longest beginning of whole graphemes, found by the segmenter alone. */
function wholeGraphemes(text: string, limit: number): string {
  let kept = '';
  for (const grapheme of graphemes(text)) {
    if (lengthOf(kept + grapheme) > limit) break;
    kept += grapheme;
  }
  return kept;
}
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom(' ', '\n', '\n\n', '. ', 'a', 'word', FAMILY, '🇩🇪', 'e\u0301', 'ข้าว', '退款', 'नि'),
      fc.string({ unit: 'grapheme', maxLength: 5 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

describe('a text that is too long for one message', () => {
  const cases: readonly (readonly [name: string, text: string, limit: number, parts: readonly string[]])[] = [
    ['is left alone when it fits', 'one two', 7, ['one two']],
    ['is nothing when there is nothing in it', ' \n ', 5, []],
    ['is split between paragraphs', 'One.\n\nTwo two.\nTwo three', 15, ['One.\n\nTwo two.', 'Two three']],
    ['else between lines', 'aaa\nbbb ccc ddd', 12, ['aaa\nbbb ccc', 'ddd']],
    ['else between sentences', 'aa bb. cc dd', 10, ['aa bb.', 'cc dd']],
    ['else between sentences that end with a quote', '"Aa bb." cc dd', 11, ['"Aa bb."', 'cc dd']],
    ['else between sentences of Chinese', '我要退款。谢谢你们', 7, ['我要退款。', '谢谢你们']],
    ['else between words', 'aa bb cc', 7, ['aa bb', 'cc']],
    ['fills a part to its last character', 'aa bb cc', 5, ['aa bb', 'cc']],
    ['else between words of scripts without blanks', 'ยกเลิกการจองครับ', 9, ['ยกเลิกการ', 'จองครับ']],
    ['inside a word only where there is no other place', 'abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['never inside what people see as one character', FAMILY + FAMILY, 7, [FAMILY, FAMILY]],
    ['a character longer than a message is split', `a${'\u0301'.repeat(5)}`, 4, [`a${'\u0301'.repeat(3)}`, '\u0301\u0301']],
  ];
  for (const [name, text, limit, parts] of cases) it(name, () => expect(splitText(text, limit)).to.deep.equal({ parts, isCut: false }));

  it('keeps room in the last part for buttons', () => {
    expect(splitText('aa bb cc dd ee', 11, { last: 5 }).parts).to.deep.equal(['aa bb cc dd', 'ee']);
    expect(splitText('aa bb cc', 11, { last: 5 }).parts).to.deep.equal(['aa bb', 'cc']);
    expect(splitText('aa bb', 11, { last: 5 }).parts).to.deep.equal(['aa bb']);
    expect(splitText('aa bb cc', 5, { last: 50 }).parts).to.deep.equal(['aa bb', 'cc']);
  });

  it('is cut after so many parts, and says so', () => {
    expect(splitText('aa bb cc dd ee', 2, { maxParts: 3 })).to.deep.equal({ parts: ['aa', 'bb', 'c…'], isCut: true });
    expect(splitText('aa bb cc', 2, { maxParts: 3 })).to.deep.equal({ parts: ['aa', 'bb', 'cc'], isCut: false });
    expect(splitText('aa bb cc dd', 5, { maxParts: 1, last: 3 })).to.deep.equal({ parts: ['aa…'], isCut: true });
  });

  it('loses nothing but blanks, fits, and cuts no grapheme, whatever the text', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 12, max: 60 }), fc.integer({ min: 12, max: 60 }), (text, limit, last) => {
        const { parts } = splitText(text, limit, { last });
        const squeezed = (one: string) => one.replace(/\s/g, '');
        expect(squeezed(parts.join(''))).to.equal(squeezed(text));
        expect(parts.every((one, i) => one !== '' && lengthOf(one) <= (i === parts.length - 1 ? Math.min(limit, last) : limit))).to.equal(
          true,
        );
        const whole = graphemes(text).filter((one) => one.trim() !== '' && lengthOf(one) <= 12);
        const kept = parts.flatMap(graphemes).filter((one) => one.trim() !== '' && lengthOf(one) <= 12);
        expect(kept.join('|')).to.equal(whole.join('|'));
      }),
      { numRuns: 500 },
    );
  });
});

describe('a text that is cut', () => {
  const cases: readonly (readonly [name: string, text: string, limit: number, cut: string])[] = [
    ['is left alone when it fits', 'abc', 3, 'abc'],
    ['ends with an ellipsis', 'abcdef', 4, 'abc…'],
    ['has no blank before the ellipsis', 'abc def', 5, 'abc…'],
    ['is counted in characters, not in halves of them', '😀😀😀', 3, '😀😀😀'],
    ['keeps no half of an emoji', '😀😀😀😀', 3, '😀😀…'],
    ['keeps no part of what people see as one character', `a${FAMILY}b`, 4, 'a…'],
    ['keeps no letter without its mark', 'ขข้าว', 3, 'ข…'],
  ];
  for (const [name, text, limit, cut] of cases) it(name, () => expect(cutText(text, limit)).to.equal(cut));

  it('ends between graphemes, whichever letter stands there', () => {
    const wrong: string[] = [];
    for (let code = 0x20; code < 0xd800; code += 1) {
      const letter = String.fromCharCode(code);
      // Where the letter would stand right before or after the end, doubled, and with a mark behind it.
      for (const text of [`a${letter}a`, `aa${letter}a`, `${letter}${letter}a`, `a${letter}\u0301a`]) {
        const kept = startOf(text, 2);
        if (kept !== wholeGraphemes(text, 2)) wrong.push(text);
      }
    }
    expect(wrong).to.deep.equal([]);
  });

  it('finds graphemes in long texts, and long graphemes, as in short ones', () => {
    for (const unit of [FAMILY, '🇩🇪', 'ข้าว', `e${'\u0301'.repeat(700)}`, '\r\n', '각'.normalize('NFD')]) {
      const text = unit.repeat(Math.ceil(2_000 / unit.length));
      for (const limit of [255, 256, 257, 700, 1_024, 1_501]) expect(startOf(text, limit)).to.equal(wholeGraphemes(text, limit));
    }
  });

  it('stays different from others that begin alike', () => {
    expect(cutApart(['Downtown North', 'Downtown South', 'Uptown'], 9)).to.deep.equal(['Downtown…', 'Downto… 2', 'Uptown']);
    const many = cutApart(
      Array.from({ length: 12 }, () => 'Downtown North'),
      9,
    );
    expect([many[1], many[2], many[9], many[11]]).to.deep.equal(['Downto… 2', 'Downto… 3', 'Downt… 10', 'Downt… 12']);
    expect(cutApart(['A', 'A', 'A 2'], 9), 'a title that is like a number given').to.deep.equal(['A', 'A 2', 'A 2 2']);
  });

  it('fits, whatever the text', () => {
    fc.assert(fc.property(texts, fc.integer({ min: 1, max: 30 }), (text, limit) => !isLonger(cutText(text, limit), limit)));
  });
});
