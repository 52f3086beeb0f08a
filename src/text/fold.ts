/**
 * Every way in which two texts of people count as the same. Each fold is a row of the steps below; nothing outside `src/text` folds.
 */
type Step = (text: string) => string;

/**
 * The same for comparing values (rules): width, encoding, case and invisible marks do not count; every sign, emoji and accent does.
 * `fold('Ｃａｆｅ\u0301\u200b')` is `café`.
 */
export const fold = unlessPlain(steps(compatible, withoutInvisible, caseless, compatible, oneBlank));

/** Like `foldWords`, but keeps signs and emoji at the ends. */
export const foldKeepingSigns = unlessPlain(
  steps(fold, withoutKeycaps, withoutSkinTones, asciiDigits, plainDashes, withoutFormatting, withoutAccents, oneBlank),
);

/**
 * The same for what people type from memory (keywords, titles): like `fold`, and accents, emoji and signs at the ends do not count,
 * digits of all scripts are one. `foldWords('*Ça va?* 👋')` is `ca va`. A text of signs alone keeps them.
 */
export const foldWords = unlessPlain(steps(foldKeepingSigns, withoutOuterSigns));

/** The same title as it was shown, but for case and encoding: `foldExact(' cafe\u0301')` is `café`. */
export const foldExact = steps(composed, (text) => text.trim(), caseless, composed);

/** Signs without any ink that Unicode does not count as blanks: an empty cell of Braille, an empty head of a note. */
const INKLESS = /[\u2800\u{1d159}]/gu;

/** Something that is always seen. */
const INK = /[a-z0-9]/i;

/** Returns true if nobody would see anything of the text: blanks, fillers and invisible marks only. */
export function isBlankText(text: string): boolean {
  if (INK.test(text)) return false;
  return withoutInvisible(compatible(text)).replace(INKLESS, ' ').trim() === '';
}

/** Writes digits of every script with 0 to 9: `asciiDigits('١٢')` is `12`. */
export function asciiDigits(text: string): string {
  return text.replace(/[^\P{Nd}0-9]/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    let value = 0;
    // Unicode keeps the ten digits of a script in a row, the zero first.
    while (/\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
    return String(value % 10);
  });
}

/** Takes WhatsApp's marks for bold, italic, struck and monospaced texts away: `withoutFormatting('*Yes*')` is `Yes`; `5*3` stays. */
export function withoutFormatting(text: string): string {
  const pair = /(?<![\p{L}\p{N}])([*_~`])(?=\S)((?:(?!\1)[^\n])+)(?<=\S)\1(?![\p{L}\p{N}])/gu;
  // Once for each kind of mark: they may stand within each other.
  return [1, 2, 3].reduce((left) => left.replace(pair, '$2'), text);
}

/** Takes the circle or box of a keycap away, and leaves its digit or sign: `2⃣` is `2`. */
export function withoutKeycaps(text: string): string {
  return text.replace(/(?<=\S)\p{Me}/gu, '').replace(/\u{1f51f}/gu, '10');
}

/** Takes away what nobody sees. The tags of a flag stay: without them England's would be Scotland's. */
export function withoutInvisible(text: string): string {
  return text.replace(
    /(\u{1f3f4}[\u{e0020}-\u{e007e}]+\u{e007f})|[\p{Default_Ignorable_Code_Point}\u0640\ufff9-\ufffb]|(?!\s)\p{Cc}/gu,
    '$1',
  );
}

/** Full and half width, ligatures, presentation forms. */
export function compatible(text: string): string {
  return text.normalize('NFKC');
}

/** One encoding for each letter with its accents. */
export function composed(text: string): string {
  return text.normalize('NFC');
}

/** The root locale's case, by way of upper case: ß and ẞ are ss. The four i of Turkish are one, and so are both small sigmas. */
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

/** Accents of Latin, Greek and Cyrillic, points of Arabic and Hebrew. Marks of other scripts make other words. */
function withoutAccents(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}])\p{M}+/gu, '$1')
    .replace(/[đłøħŧ]/gu, (letter) => STROKED[letter] ?? letter)
    .normalize('NFKC');
}
/** A stroke is an accent to whoever types without it, but not to Unicode. */
const STROKED: Readonly<Record<string, string>> = { đ: 'd', ł: 'l', ø: 'o', ħ: 'h', ŧ: 't' };

/** Keyboards make dashes of hyphens. */
function plainDashes(text: string): string {
  return text.replace(/[\u2010-\u2015\u2212]/gu, '-');
}

function withoutSkinTones(text: string): string {
  return text.replace(/\p{Emoji_Modifier}/gu, '');
}

/** Signs and emoji, which may stand around a word without being part of it. */
const SIGN = /[\p{P}\p{So}\p{Extended_Pictographic}~+$\s\u{e0020}-\u{e007f}]/u;
/** Signs that are part of the letter or digit that they touch: +5, A-, C#, 100%, $5. */
const PART = /[-+#%$*]/u;

/** Takes signs and emoji off the ends, unless the text is made of them. */
function withoutOuterSigns(text: string): string {
  const signs = [...text];
  let first = signs.findIndex((one) => !SIGN.test(one));
  if (first < 0) return text;
  let last = signs.findLastIndex((one) => !SIGN.test(one));
  while (PART.test(signs[first - 1] ?? '')) first -= 1;
  while (PART.test(signs[last + 1] ?? '')) last += 1;
  return signs.slice(first, last + 1).join('');
}

function oneBlank(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

function steps(...all: readonly Step[]): Step {
  return (text) => all.reduce((left, step) => step(left), text);
}

/** Most of what people write is letters, digits and blanks of ASCII, for which all steps together come to this. */
function unlessPlain(all: Step): Step {
  return (text) => (/^[a-z0-9 ]*$/i.test(text) ? oneBlank(text.toLowerCase()) : all(text));
}
