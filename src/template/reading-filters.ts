import { millisOf } from '../contract/index.js';
import { type DateWriter, datesIn } from '../text/dates-in.js';
import { emailsIn, linksIn } from '../text/links-in.js';
import { numbersIn } from '../text/numbers-in.js';
import { parsePhone } from '../text/parse-phone.js';
import { findPattern, readPattern } from '../text/pattern.js';
import { phonesIn } from '../text/phones-in.js';
import { readPhone } from '../text/read-phone.js';
import type { FilterTable } from './filter-table.js';
import { warnOfNumber } from './number-filters.js';
import type { FilterScope } from './scope.js';
import { plainWords } from './words.js';

// What the libraries take for a text of the maximum length, in steps.
const NUMBERS = 10_000;
const DATES = 60_000;
const ADDRESSES = 20_000;
const PHONES = 30_000;
/** Steps to compile one character of a regular expression, and to match one character of a text. */
const PATTERN = 60;
const MATCH = 20;

/** Filters that read what is in a text of a person. Nothing is found in a value that is not a text or a number. */
export const READING_FILTERS: FilterTable = {
  number(filling, value) {
    if (typeof value === 'number') return value;
    return numbers(filling, value)[0];
  },
  numbers_in: numbers,
  date_in({ scope, steps }, value) {
    steps.spend(DATES);
    return datesIn(plainWords(value), writerOf(scope))[0]?.date;
  },
  time_in({ scope, steps }, value) {
    steps.spend(DATES);
    return datesIn(plainWords(value), writerOf(scope)).find(({ time }) => time !== undefined)?.time;
  },
  phone_in({ scope, steps }, value) {
    steps.spend(PHONES);
    return phonesIn(plainWords(value), { region: scope.region })[0];
  },
  email_in({ steps }, value) {
    steps.spend(ADDRESSES);
    return emailsIn(plainWords(value))[0];
  },
  link_in({ steps }, value) {
    steps.spend(ADDRESSES);
    return linksIn(plainWords(value))[0];
  },
  national({ steps }, value) {
    steps.spend(PHONES);
    const phone = readPhone(plainWords(value));
    return (phone === undefined ? undefined : parsePhone(phone)?.formatNational()) ?? value;
  },
  matched({ steps }, value, pattern, group = 0) {
    const [text, source] = [plainWords(value), plainWords(pattern)];
    steps.spend(PATTERN * source.length);
    const read = readPattern(source);
    if ('mistake' in read) throw new Error(read.mistake);
    steps.spend(MATCH * text.length);
    return findPattern(read.pattern, text)?.[Number(group)];
  },
};

function numbers({ scope, steps }: Parameters<FilterTable[string]>[0], value: unknown): readonly number[] {
  steps.spend(NUMBERS);
  const text = plainWords(value);
  const found = numbersIn(text, scope);
  for (const one of found) warnOfNumber(text, one, scope);
  return found.map((one) => one.value);
}

function writerOf({ now, timeZone, language, locale, region }: FilterScope): DateWriter {
  return { now: millisOf(now), zone: timeZone, language, locale, region };
}
