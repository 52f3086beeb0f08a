import { asciiDigits, compatible, withoutFormatting, withoutInvisible, withoutKeycaps } from './fold.js';

/** A number that a person has typed. */
export interface ReadNumber {
  readonly value: number;
  /** It might be another one: "1.000" where no language says what the point means; read as in English. */
  readonly ambiguous?: true;
  /** A whole number beyond 2^53, of which the last digits are lost. */
  readonly inexact?: true;
}

/** By which language "1.000" is read: the person's, else the flow's. BCP 47, as `de` or `pt-BR`. */
export interface NumberLanguage {
  readonly language?: string | undefined;
  readonly locale?: string | undefined;
}

/**
 * Reads a number as people type it, in the digits of any script: `3,5`, `1 000`, `1'000`, `1.234,56`, `1,00,000`, `٣٫٥`. A mark with
 * exactly three digits behind it, as in `1.000`, is read by the language. Returns undefined for everything else: `12 apples`, `1-2`,
 * dates, versions.
 */
export function readNumber(text: string, { language, locale }: NumberLanguage = {}): ReadNumber | undefined {
  if (text.length > LONGEST) return undefined;
  const typed = plain(text);
  if (/e/i.test(typed)) return readPlainNumber(typed);
  const [, sign = '', digits = ''] = /^([+-]?)(.+)$/.exec(typed) ?? [];
  const read = withDecimalPoint(digits, () => decimalMarkOf(language) ?? decimalMarkOf(locale));
  return read && valued(sign + read.digits, read.ambiguous);
}

/** Reads a number as flow files and programs write it, with the point alone: `1.000` is one. Returns undefined for everything else. */
export function readPlainNumber(text: string): ReadNumber | undefined {
  const typed = text.trim();
  return POINT_ALONE.test(typed) ? valued(typed) : undefined;
}
/** In characters, so that no text takes long. */
const LONGEST = 200;
const POINT_ALONE = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

function valued(digits: string, ambiguous = false): ReadNumber | undefined {
  const value = Number(digits);
  // 1e999 is larger than any number that JSON can hold.
  if (!Number.isFinite(value)) return undefined;
  return { value, ...(ambiguous ? { ambiguous } : {}), ...(Math.abs(value) > Number.MAX_SAFE_INTEGER ? { inexact: true } : {}) };
}

/** The text with ASCII digits and one sign for each meaning: , and . for themselves, ٫ always decimal, ' always between groups. */
function plain(text: string): string {
  return withoutFormatting(asciiDigits(withoutKeycaps(withoutInvisible(compatible(text)))))
    .replace(/^[\p{So}\p{Extended_Pictographic}\s]+|[\p{So}\p{Extended_Pictographic}\s.!?…]+$/gu, '')
    .replace(/^([+\u2212\u2013-])\s*/u, (_, sign) => (sign === '+' ? '+' : '-'))
    .replace(/\u060c/gu, ',')
    .replace(/[\s'’ʼ`´\u066c]/gu, "'");
}

type Digits = { readonly digits: string; readonly ambiguous?: boolean };

/** The digits as `Number` reads them; `decimalMark` is asked only where exactly three digits stand behind the one mark. */
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

/** As in 1,000,000 or, in India, 10,00,000: one mark, three digits behind the last one. */
function isGrouped(digits: string): boolean {
  return /^\d{1,3}([.,])(?:\d{2,3}\1)*\d{3}$/.test(digits);
}

/** The mark before the decimals in a language, `.` or `,`; undefined for a language that is unknown. */
function decimalMarkOf(language: string | undefined): string | undefined {
  try {
    const [known] = Intl.NumberFormat.supportedLocalesOf((language ?? '').replaceAll('_', '-'));
    // An unknown language would be read as the process's own.
    if (known === undefined) return undefined;
    const parts = new Intl.NumberFormat(known, { numberingSystem: 'latn' }).formatToParts(0.5);
    return parts.find(({ type }) => type === 'decimal')?.value;
  } catch {
    return undefined;
  }
}
