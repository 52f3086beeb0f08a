import { asciiDigits, compatible, withoutFormatting, withoutInvisible, withoutKeycaps } from './fold.js';

/** A number that a person has typed. */
export interface TypedNumber {
  readonly value: number;
  /** True if the text can mean two numbers, such as "1.000" in an unknown language. It is read as in English. */
  readonly ambiguous?: true;
  /** True for a whole number beyond 2^53, whose last digits are lost. */
  readonly inexact?: true;
}

/** The languages by which "1.000" is read: the person's `language`, or else the flow's `locale`. BCP 47, such as `de` or `pt-BR`. */
export interface NumberLanguage {
  readonly language?: string | undefined;
  readonly locale?: string | undefined;
}

/**
 * Reads a number as people type it, in the digits of any script: `3,5`, `1 000`, `1'000`, `1.234,56`, `1,00,000`, `٣٫٥`. The language
 * decides about a separator before exactly three digits, as in `1.000`.
 *
 * @returns undefined for everything else: `12 apples`, `1-2`, dates, versions.
 */
export function readTypedNumber(text: string, { language, locale }: NumberLanguage = {}): TypedNumber | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const typed = plain(text);
  if (/e/i.test(typed)) return readPlainNumber(typed);
  const [, sign = '', digits = ''] = /^([+-]?)(.+)$/.exec(typed) ?? [];
  const read = withDecimalPoint(digits, () => decimalMarkOf(language) ?? decimalMarkOf(locale));
  return read && valued(sign + read.digits, read.ambiguous);
}

/** Reads a number as flow files and programs write it, with a point only: `1.000` is 1. Returns undefined for everything else. */
export function readPlainNumber(text: string): TypedNumber | undefined {
  const typed = text.trim();
  return POINT_ONLY.test(typed) ? valued(typed) : undefined;
}

/** The maximum length of a typed number, in characters, so that no text takes long. */
const MAX_LENGTH = 200;
const POINT_ONLY = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

function valued(digits: string, ambiguous = false): TypedNumber | undefined {
  const value = Number(digits);
  // 1e999 is larger than any number in JSON.
  if (!Number.isFinite(value)) return undefined;
  return { value, ...(ambiguous ? { ambiguous } : {}), ...(Math.abs(value) > Number.MAX_SAFE_INTEGER ? { inexact: true } : {}) };
}

/** Returns the text with ASCII digits and one separator for each meaning: , and . as typed, ٫ for decimals only, ' for groups only. */
function plain(text: string): string {
  return withoutFormatting(asciiDigits(withoutKeycaps(withoutInvisible(compatible(text)))))
    .replace(/^[\p{So}\p{Extended_Pictographic}\s]+|[\p{So}\p{Extended_Pictographic}\s.!?…]+$/gu, '')
    .replace(/^([+\u2212\u2013-])\s*/u, (_, sign) => (sign === '+' ? '+' : '-'))
    .replace(/\u060c/gu, ',')
    .replace(/[\s'’ʼ`´\u066c]/gu, "'");
}

type Digits = { readonly digits: string; readonly ambiguous?: boolean };

/** Returns the digits as `Number` reads them. `decimalMark` is called only if exactly three digits follow the one separator. */
function withDecimalPoint(typed: string, decimalMark: () => string | undefined): Digits | undefined {
  const bare = /^\d{1,3}('\d{3})+([.,٫]\d*)?$/.test(typed) ? typed.replaceAll("'", '') : typed;
  if (/^\d+$/.test(bare)) return { digits: bare };
  const [, before = '', mark = '', after = ''] = /^([\d.,]*)([.,٫])(\d*)$/.exec(bare) ?? [];
  if (!/\d/.test(before + after)) return undefined;
  const isDecimal = { digits: `${before.replace(/[.,]/g, '')}.${after}` };
  const groups = { digits: (before + after).replace(/[.,]/g, '') };
  if (before.includes(mark)) return isGrouped(bare) ? groups : undefined;
  if (/\D/.test(before)) return isGrouped(before) ? isDecimal : undefined;
  if (mark === '٫' || after.length !== 3 || before === '' || before.startsWith('0') || before.length > 3) return isDecimal;
  const decimal = decimalMark();
  return { ...(mark === (decimal ?? '.') ? isDecimal : groups), ambiguous: decimal === undefined };
}

/** Returns true for groups as in 1,000,000 or, in India, 10,00,000: one separator throughout, and three digits after the last. */
function isGrouped(digits: string): boolean {
  return /^\d{1,3}([.,])(?:\d{2,3}\1)*\d{3}$/.test(digits);
}

/** Returns the decimal separator of a language, `.` or `,`; undefined for an unknown language. */
function decimalMarkOf(language: string | undefined): string | undefined {
  try {
    const [known] = Intl.NumberFormat.supportedLocalesOf((language ?? '').replaceAll('_', '-'));
    // For an unknown language, Intl would use the language of the process.
    if (known === undefined) return undefined;
    const parts = new Intl.NumberFormat(known, { numberingSystem: 'latn' }).formatToParts(0.5);
    return parts.find(({ type }) => type === 'decimal')?.value;
  } catch {
    return undefined;
  }
}
