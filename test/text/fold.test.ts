import { expect } from 'chai';
import fc from 'fast-check';
import { asciiDigits, fold, foldExact, foldKeepingSigns, foldTitle, foldWords, isBlankText } from '../../src/text/fold.js';

const MARKS = [
  '\u200b',
  '\u200e',
  '\u200f',
  '\u2066',
  '\u2068',
  '\u2069',
  '\u00ad',
  '\u0640',
  '\ufeff',
  '\u034f',
  '\u061c',
  '\u2060',
  '\ufe0f',
  '\u0000',
];

describe('fold, for rules', () => {
  const same: readonly (readonly [why: string, a: string, b: string])[] = [
    ['encodings of an accent', 'café', 'cafe\u0301'],
    ['case', 'CAFÉ', 'café'],
    ['full width', 'ＹＥＳ', 'yes'],
    ['half width', 'ﾊﾟﾝ', 'パン'],
    ['the sharp s', 'STRASSE', 'straße'],
    ['the capital sharp s', 'STRAẞE', 'straße'],
    ['ligatures', 'ﬁn', 'FIN'],
    ['all four i of Turkish', 'İSTANBUL ISTANBUL', 'istanbul ıstanbul'],
    ['İ in two pieces', 'I\u0307', 'i'],
    ['both small sigmas', 'ΟΔΟΣ', 'οδοσ'],
    ['kinds and numbers of blanks', ' a\u00a0 \u3000b\n', 'a b'],
    ['forms of Arabic letters', 'ﻣﺮﺣﺒﺎ', 'مرحبا'],
    ['the stretching of Arabic', 'مرحـــبا', 'مرحبا'],
    ...MARKS.map((mark) => [`U+${mark.codePointAt(0)?.toString(16)}`, `${mark}o${mark}k${mark}`, 'ok'] as const),
  ];
  for (const [why, a, b] of same) it(`does not mind ${why}`, () => expect(fold(a)).to.equal(fold(b)));

  const other: readonly (readonly [why: string, a: string, b: string])[] = [
    ['signs', 'A+', 'A-'],
    ['signs at the end', 'C++', 'C'],
    ['accents', 'café', 'cafe'],
    ['emoji', 'ok 👍', 'ok'],
    ['tones of skin', '👍🏽', '👍'],
    [
      'flags',
      '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
      '\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
    ],
    ['marks of other scripts', 'दान', 'दिन'],
    ['words', 'a b', 'ab'],
  ];
  for (const [why, a, b] of other) it(`minds ${why}`, () => expect(fold(a)).not.to.equal(fold(b)));
});

describe('foldWords, for keywords and titles', () => {
  const cases: readonly (readonly [text: string, folded: string])[] = [
    ['Ça va?', 'ca va'],
    ['  HÉLLO,\u00a0you! ', 'hello, you'],
    ['hello👋', 'hello'],
    ['👋🏽 hello ❤️', 'hello'],
    ['👨‍👩‍👧hello🇩🇪', 'hello'],
    ['hello~~', 'hello'],
    ['¿Qué?', 'que'],
    ['«Oui»', 'oui'],
    ['你好！', '你好'],
    ['*Yes*', 'yes'],
    ['*_Yes_*', 'yes'],
    ['~no~', 'no'],
    ['*Order* now', 'order now'],
    ['5*3*2', '5*3*2'],
    ['A+', 'a+'],
    ['C++!', 'c++'],
    ['(C#)', 'c#'],
    ['-5', '-5'],
    ['#1', '#1'],
    ['100%', '100%'],
    ['$5', '$5'],
    ['- yes -', 'yes'],
    ['# 1', '1'],
    ['#', '#'],
    ['*', '*'],
    ['?!', '?!'],
    ['👋🏽', '👋'],
    ['2️⃣', '2'],
    ['#️⃣', '#'],
    ['🔟', '10'],
    ['②', '2'],
    ['٢', '2'],
    ['२.', '2'],
    ['Ελληνικά', 'ελληνικα'],
    ['ёлка', 'елка'],
    ['Đà Nẵng', 'da nang'],
    ['Łódź', 'lodz'],
    ['مَرْحَبًا', 'مرحبا'],
    ['أحمد', 'احمد'],
    ['שָׁלוֹם', 'שלום'],
    ['ข้าว', 'ข้าว'],
    ['दिन', 'दिन'],
    ['パン', 'パン'],
    ['தமிழ்', 'தமிழ்'],
    ['한국어', '한국어'],
    ['', ''],
    ['\u200f \u200b', ''],
  ];
  for (const [text, folded] of cases)
    it(`makes ${JSON.stringify(folded)} of ${JSON.stringify(text)}`, () => expect(foldWords(text)).to.equal(folded));
});

describe('foldTitle, for titles that are typed from memory', () => {
  const cases: readonly (readonly [text: string, folded: string])[] = [
    ['No, thank you!', 'no thank you'],
    ['Nein,danke', 'nein danke'],
    ['That’s all', 'thats all'],
    ["L'eau d‘Évian", 'leau devian'],
    ['Gluten-free – or not', 'gluten free or not'],
    ['Fr. 4. Dez., 09:00', 'fr 4 dez 09:00'],
    ['1.5 l, 2-4 people', '1.5 l 2-4 people'],
    ['Pizza 🍕 & Cola', 'pizza cola'],
    ['نعم، من فضلك', 'نعم من فضلك'],
    ['C#, C++ and A-', 'c# c++ and a-'],
    ['👍', '👍'],
  ];
  for (const [text, folded] of cases)
    it(`makes ${JSON.stringify(folded)} of ${JSON.stringify(text)}`, () => expect(foldTitle(text)).to.equal(folded));
});

describe('every fold', () => {
  const folds = { fold, foldWords, foldTitle, foldExact };
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(...'aßİıIi*_~+-#%$ .é😀\u0301\u0307\u200d\ufe0f\u20e3', ...MARKS),
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 12 },
  );

  for (const [name, one] of Object.entries({ fold, foldKeepingSigns, foldWords, foldTitle }))
    it(`${name} of plain texts is what all of its steps come to`, () => {
      const plain = fc.oneof(fc.stringMatching(/^[a-zA-Z0-9 ]{0,40}$/), fc.string({ unit: 'grapheme-ascii', maxLength: 40 }));
      // A mark that nobody sees leads through the steps.
      fc.assert(fc.property(plain, (text) => one(text) === one(`\u200b${text}`)));
    });

  for (const [name, one] of Object.entries(folds)) {
    it(`${name} changes nothing in what it has folded`, () => {
      fc.assert(
        fc.property(pieces, (parts) => one(one(parts.join(''))) === one(parts.join(''))),
        { numRuns: 2_000 },
      );
    });
    it(`${name} changes nothing in any folded letter or sign`, () => {
      const wrong = [];
      for (let code = 0; code < 0x110000; code += 1) {
        const character = String.fromCodePoint(code);
        if (/[\p{Cn}\p{Co}\p{Cs}\p{Script=Hangul}\p{Unified_Ideograph}]/u.test(character)) continue;
        const made = one(character);
        if (one(made) !== made) wrong.push(code.toString(16));
      }
      expect(wrong).to.deep.equal([]);
    });
  }

  it('foldExact keeps accents, signs and emoji, and minds neither case nor encoding', () => {
    expect(foldExact(' Cafe\u0301! 👍')).to.equal('café! 👍');
    expect(foldExact('ข้าว')).not.to.equal(foldExact('ขาว'));
  });
});

describe('a blank text', () => {
  for (const text of ['', ' \n\t', '\u3164', '\u200b', '\u2800', '\ufe0f', '\u115f\u1160', '\u3000\u00a0', '\u2066\u2069', '\ufeff']) {
    it(`is ${JSON.stringify(text)}`, () => expect(isBlankText(text)).to.equal(true));
  }
  for (const text of ['a', '.', '0', '👋', '\u3164x', '🏴'])
    it(`is not ${JSON.stringify(text)}`, () => expect(isBlankText(text)).to.equal(false));
});

describe('digits', () => {
  it('of every script are 0 to 9', () => {
    for (const digits of [
      '٠١٢٣٤٥٦٧٨٩',
      '۰۱۲۳۴۵۶۷۸۹',
      '०१२३४५६७८९',
      '০১২৩৪৫৬৭৮৯',
      '๐๑๒๓๔๕๖๗๘๙',
      '０１２３４５６７８９',
      '𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗',
      '၀၁၂၃၄၅၆၇၈၉',
      '𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡',
    ]) {
      expect(asciiDigits(digits)).to.equal('0123456789');
    }
    expect(asciiDigits('a½७')).to.equal('a½7');
  });
});
