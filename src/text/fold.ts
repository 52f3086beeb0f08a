// Folds bring texts of people to a form in which those that count as the same are equal. Each fold is a sequence of the steps below.
// Nothing outside of `src/text` folds texts.

type Step = (text: string) => string;

/** ASCII letters, digits and spaces, of which most texts consist. */
const PLAIN = /^[a-z0-9 ]*$/i;
/** ASCII without control characters. */
const ASCII = /^[\x20-\x7e]*$/;
/** The same without WhatsApp's marks for formatting. */
const UNMARKED = /^[\x20-)+-^a-}]*$/;

/**
 * Folds values that are compared by rules. Width, encoding, case and invisible characters do not count; symbols, emoji and accents do.
 *
 * @example fold('Ｃａｆｅ\u0301\u200b') // café
 */
export const fold = unlessPlain(ASCII, steps(compatible, withoutInvisible, caseless, compatible, oneBlank));

/** Folds like `foldWords`, but keeps symbols and emoji at both ends. */
export const foldKeepingSigns = unlessPlain(
  UNMARKED,
  steps(fold, withoutKeycaps, withoutSkinTones, asciiDigits, plainDashes, withoutFormatting, withoutAccents, oneBlank),
);

/**
 * Folds what people type from memory, such as keywords and titles. Like `fold`; in addition, accents do not count, nor symbols and emoji at
 * both ends, and the digits of all scripts are equal. A text of symbols only keeps them.
 *
 * @example foldWords('*Ça va?* 👋') // ca va
 */
export const foldWords = unlessPlain(PLAIN, steps(foldKeepingSigns, withoutOuterSigns));

/**
 * Folds titles that people type from memory. Like `foldWords`; in addition, apostrophes do not count, and signs and hyphens between words
 * count as spaces.
 *
 * @example foldTitle('No, that’s all.') // no thats all
 */
export const foldTitle = unlessPlain(PLAIN, steps(foldWords, withoutApostrophes, withoutInnerSigns, oneBlank));

/** Folds titles as they were shown: only case and encoding do not count. `foldExact(' Cafe\u0301')` is `café`. */
export const foldExact: Step = (text) => (PLAIN.test(text) ? text.trim().toLowerCase() : foldComposed(text));
const foldComposed = steps(composed, (text) => text.trim(), caseless, composed);

/** Characters without ink that Unicode does not count as spaces: an empty Braille cell, an empty note head. */
const INKLESS = /[\u2800\u{1d159}]/gu;

/** Characters that are always visible. */
const INK = /[a-z0-9]/i;

/** Returns true if the text has no visible character: only spaces, fillers and invisible characters. */
export function isBlankText(text: string): boolean {
  if (INK.test(text)) return false;
  return withoutInvisible(compatible(text)).replace(INKLESS, ' ').trim() === '';
}

/** Returns true if the text has only ASCII letters, digits and spaces. */
export function isPlain(text: string): boolean {
  return PLAIN.test(text);
}

/** Replaces the digits of every script by 0 to 9: `asciiDigits('١٢')` is `12`. */
export function asciiDigits(text: string): string {
  return text.replace(/[^\P{Nd}0-9]/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    let value = 0;
    // In Unicode, the ten digits of a script are in a row, zero first.
    while (/\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
    return String(value % 10);
  });
}

/** Removes WhatsApp's marks for bold, italic, strikethrough and monospace: `withoutFormatting('*Yes*')` is `Yes`; `5*3` stays. */
export function withoutFormatting(text: string): string {
  if (!/[*_~`]/.test(text)) return text;
  const pair = /(?<![\p{L}\p{N}])([*_~`])(?=\S)((?:(?!\1)[^\n])+)(?<=\S)\1(?![\p{L}\p{N}])/gu;
  // Marks can be nested, so the text is searched several times.
  return [1, 2, 3].reduce((left) => left.replace(pair, '$2'), text);
}

/** Replaces keycaps by their digit or symbol: `2⃣` is `2`. */
export function withoutKeycaps(text: string): string {
  return text.replace(/(?<=\S)\p{Me}/gu, '').replace(/\u{1f51f}/gu, '10');
}

/** Removes invisible characters. The tags of a flag stay: without them, England's flag would equal Scotland's. */
export function withoutInvisible(text: string): string {
  return text.replace(
    /(\u{1f3f4}[\u{e0020}-\u{e007e}]+\u{e007f})|[\p{Default_Ignorable_Code_Point}\u0640\ufff9-\ufffb]|(?!\s)\p{Cc}/gu,
    '$1',
  );
}

/** Replaces full and half width, ligatures and presentation forms by plain characters. */
export function compatible(text: string): string {
  return text.normalize('NFKC');
}

/** Gives each letter with accents a single encoding. */
export function composed(text: string): string {
  return text.normalize('NFC');
}

/** Lowers the case by the root locale, by way of upper case, so that ß and ẞ become ss. The four Turkish i become one, as do both small sigmas. */
function caseless(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .toUpperCase()
    .normalize('NFC')
    .toLowerCase()
    .replace(/i\u0307+/gu, 'i')
    .replace(/ς/gu, 'σ');
}

/** Removes the accents of Latin, Greek and Cyrillic, and the points of Arabic and Hebrew. In other scripts, marks make different words. */
function withoutAccents(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}])\p{M}+/gu, '$1')
    .replace(/[đłøħŧ]/gu, (letter) => STROKED[letter] ?? letter)
    .normalize('NFKC');
}
/** People leave out strokes as they leave out accents, but in Unicode a stroke is not an accent. */
const STROKED: Readonly<Record<string, string>> = { đ: 'd', ł: 'l', ø: 'o', ħ: 'h', ŧ: 't' };

/** Replaces dashes by hyphens: keyboards turn hyphens into dashes. */
function plainDashes(text: string): string {
  return text.replace(/[\u2010-\u2015\u2212]/gu, '-');
}

/** Removes apostrophes in words: keyboards curl them, and people leave them out. */
function withoutApostrophes(text: string): string {
  return text.replace(/(?<=[\p{L}\p{M}])['’‘ʼ`´](?=\p{L})/gu, '');
}

/** Replaces signs by spaces, unless the text has nothing else. Those between digits stay (10:30, 2-4), and hyphens at a word (A-). */
function withoutInnerSigns(text: string): string {
  if (!/[\p{L}\p{N}]/u.test(text)) return text;
  return text
    .replace(/(?!(?<=\d).\d)(?![-#%*])[\p{P}\p{So}\p{Extended_Pictographic}]/gu, ' ')
    .replace(/(?<=[\p{L}\p{M}])-(?=\p{L})|(?<!\S)-(?!\S)/gu, ' ');
}

function withoutSkinTones(text: string): string {
  return text.replace(/\p{Emoji_Modifier}/gu, '');
}

/** Symbols and emoji that can be next to a word without being part of it. */
const SIGN = /[\p{P}\p{So}\p{Extended_Pictographic}~+$\s\u{e0020}-\u{e007f}]/u;
/** Symbols that belong to the letter or digit that they touch: +5, A-, C#, 100%, $5. */
const PART = /[-+#%$*]/u;

/** Removes symbols and emoji from both ends of a folded text, unless it has nothing else. `withoutOuterSigns('stop!')` is `stop`. */
export function withoutOuterSigns(text: string): string {
  const signs = [...text];
  let first = signs.findIndex((one) => !SIGN.test(one));
  if (first < 0) return text;
  let last = signs.findLastIndex((one) => !SIGN.test(one));
  while (PART.test(signs[first - 1] ?? '')) first -= 1;
  while (PART.test(signs[last + 1] ?? '')) last += 1;
  return signs.slice(first, last + 1).join('');
}

function oneBlank(text: string): string {
  return (/[^\S ]| {2}/u.test(text) ? text.replace(/\s+/gu, ' ') : text).trim();
}

function steps(...all: readonly Step[]): Step {
  return (text) => all.reduce((left, step) => step(left), text);
}

/** Shortens the way for plain texts: all steps together do no more than this to them. */
function unlessPlain(plain: RegExp, all: Step): Step {
  return (text) => {
    if (!plain.test(text)) return all(text);
    const lower = text.toLowerCase();
    return lower.includes('  ') ? oneBlank(lower) : lower.trim();
  };
}
