import { asciiDigits, compatible, withoutFormatting, withoutInvisible, withoutKeycaps } from './fold.js';
import { numberInWords } from './number-words.js';
import { type NumberLanguage, readTypedNumber, type TypedNumber } from './read-number.js';
import { searchedPart } from './seen-by.js';

/** The first digits of a word, with what is before and after them. */
const IN_WORD = /^(?<before>[^\d]*?)(?<digits>[-+\u2212]?[.,٫]?\d[\d.,'’٫\u066c]*)(?<after>.*)$/su;
/** A number that is part of a word or a code: B12, mp3, order-17. In scripts without spaces, a number follows the letters directly. */
const PART_OF_WORD = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}_]$/u;
const CURRENCY = /(?<!\p{L})(?:rs|inr|eur|usd|gbp|chf|aed|sar|thb|brl|mxn|kr)$/iu;
/** The word for the sign of the number behind it. */
const MINUS = /(?<![\p{L}\p{N}])(?:minus|menos|moins|meno|ناقص)\s(?=\d)/giu;
/** Spaces between groups of three digits. */
const SPACED = /(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)/gu;

/**
 * Finds the numbers in a text, in the order of the text, as `readTypedNumber` reads them. Numbers that are part of a word (`B12`), of a time
 * (`17:30`), of a date or of a range (`3-4`) are left out. A number in words, from 0 to 12, counts if the text is nothing else and the language
 * is known. Only the first 2,000 characters are searched.
 *
 * @example numbersIn('7, thanks') // [{ value: 7 }]
 * numbersIn('1.200,50 €', { language: 'de' }) // [{ value: 1200.5 }]
 */
export function numbersIn(text: string, language: NumberLanguage = {}): readonly TypedNumber[] {
  const whole = readTypedNumber(text, language);
  if (whole) return [whole];
  const inWords = numberInWords(text, language.language) ?? numberInWords(text, language.locale);
  if (inWords !== undefined) return [{ value: inWords }];
  const plain = withoutFormatting(asciiDigits(withoutKeycaps(withoutInvisible(compatible(searchedPart(text))))));
  return plain
    .replace(MINUS, '-')
    .replace(SPACED, (number) => number.replace(/\D/g, ''))
    .split(/[\s;()[\]{}"“”«»!?…]+/u)
    .flatMap((word) => numberIn(word, language) ?? []);
}

function numberIn(word: string, language: NumberLanguage): TypedNumber | undefined {
  const { before = '', digits = '', after = '' } = IN_WORD.exec(word)?.groups ?? {};
  if (digits === '' || /\d/.test(after)) return undefined;
  const isPrice = CURRENCY.test(before);
  if (!isPrice && PART_OF_WORD.test(before)) return undefined;
  // The point after an abbreviation, as in Rs.500, is not a decimal point.
  return readTypedNumber((isPrice ? digits.replace(/^[.,]/, '') : digits).replace(/(?<![.,'’])[.,'’]+$/u, ''), language);
}

/**
 * Takes the maximum out of a score: `9/10` and `9 out of 10` become `9` where the maximum is 10. Below 5, `2/3` may as well be two or three, so
 * it stays.
 */
export function withoutMaximum(text: string, max: number): string {
  const plain = asciiDigits(withoutInvisible(compatible(searchedPart(text))));
  return plain.replace(OF_MAXIMUM, (all, score: string, sign: string | undefined, of: string) =>
    Number(of) === max && (sign === undefined || max >= 5) && Number(score) <= max ? score : all,
  );
}

/** A score and its maximum: `9/10`, `9 out of 10`, `9 von 10`. */
const OF_MAXIMUM =
  /(?<![\p{L}\p{N}.,/:-])(\d{1,3})(?:\s?(\/)\s?|\s(?:out of|of|von|de|sur|su|van|من)\s)(\d{1,3})(?![\p{L}\p{N}/:-]|[.,]\d)/giu;
