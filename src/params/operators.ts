import type { Json, NodeScope } from '../contract/index.js';
import { dateOf } from '../text/date.js';
import { hasKeyword, searchedText } from '../text/find-keyword.js';
import { composed, fold, isBlankText } from '../text/fold.js';
import { foundWords, partLike } from '../text/found-words.js';
import { zoneOf } from './contact-zone.js';
import { isWithin, readHours } from './hours.js';
import { asWritten, type Reading } from './reading.js';
import { phrasesOf, plainText, type ReadWords, wordsOf } from './rule-words.js';
import { asNumber } from './variable-value.js';

/** How the two sides of a comparison are read. */
export interface How {
  readonly exact: boolean;
  /** How values that a person may have typed are read. */
  readonly typed: Reading;
  /** The right side before its templates are filled. */
  readonly source: Json | undefined;
  readonly scope: NodeScope<unknown>;
}
type Compare = (actual: Json | undefined, wanted: Json | undefined, how: How) => boolean;
/** Returns what of the left side has made a comparison true. */
type Found = (actual: Json | undefined, wanted: Json | undefined, how: How) => Json | undefined;
/** Reads a value as a number; a date as its milliseconds. */
type Read = (value: Json | undefined, reading: Reading) => number | undefined;

const strings =
  (compare: (actual: string, wanted: string) => boolean): Compare =>
  (actual, wanted, { exact }) =>
    compare(textOf(actual, exact), textOf(wanted, exact));
/** Compares two values; false if one of them cannot be read. */
const ordered =
  (read: Read, compare: (actual: number, wanted: number) => boolean): Compare =>
  (actual, wanted, how) => {
    const [a, b] = [read(actual, how.typed), read(wanted, readingOf(wanted, how))];
    return a !== undefined && b !== undefined && compare(a, b);
  };
/** Compares a value with a range, both ends included. */
const between =
  (read: Read): Compare =>
  (actual, wanted, { source, ...how }) => {
    const [ends, sources] = [listIn(wanted), listIn(source)];
    const [from, to] = [0, 1].map((i) => read(ends[i], readingOf(ends[i], { ...how, source: sources[i] })));
    const value = read(actual, how.typed);
    return value !== undefined && from !== undefined && to !== undefined && value >= from && value <= to;
  };
/** Looks for words, which are folded like keywords; false if there are none to look for. */
const words =
  (mode: 'anywhere' | 'onlyWord', wantedWords: ReadWords, hold: 'some' | 'every'): Compare =>
  (actual, wanted, { exact }) => {
    const [searched, keywords] = [searchedText(plainText(actual), { exact }), wantedWords(wanted, { exact })];
    return keywords.length > 0 && keywords[hold]((one) => hasKeyword(searched, one, mode));
  };
/** Returns the words of the left side that were looked for. */
const wordsFound =
  (wantedWords: ReadWords): Found =>
  (actual, wanted, { exact }) =>
    foundWords(plainText(actual), wantedWords(wanted, { exact }), { exact });
const part: Found = (actual, wanted, { exact }) => partLike(plainText(actual), plainText(wanted), { exact });
const number: Found = (actual, _, { typed }) => asNumber(actual, typed);
const date: Read = (value, { timeZone: zone }) => dateOf(value, { zone });
const isBlank = (actual: Json | undefined) => isBlankText(plainText(actual));

/** An operator of conditions, as forms show it. */
export interface OperatorShown {
  readonly name: string;
  /** Read between the two sides: "total is more than 100". */
  readonly title: string;
  /** The type of values that it compares. */
  readonly of: 'text' | 'number' | 'date' | 'boolean' | 'any';
  /** What stands on the right side. */
  readonly takes: 'value' | 'nothing' | 'range' | 'list' | 'words' | 'regex' | 'hours';
}

/** An operator; it takes a value unless it says something else. */
export interface Operation extends Pick<OperatorShown, 'title' | 'of'>, Partial<Pick<OperatorShown, 'takes'>> {
  readonly compare: Compare;
  /** By default the left side as it is; the number that it is, for operators of numbers. */
  readonly found?: Found;
  /** A list has to pass with all of its members, not with one of them: it is empty if nothing in it has a value. */
  readonly ofAll?: true;
}

/** Every operator, by the name that flow files use. */
export const OPERATORS = {
  dateEquals: { title: 'is', of: 'date', compare: ordered(date, (a, b) => a === b) },
  dateGreaterThan: { title: 'is after', of: 'date', compare: ordered(date, (a, b) => a > b) },
  dateLessThan: { title: 'is before', of: 'date', compare: ordered(date, (a, b) => a < b) },
  numberEquals: { title: 'equals', of: 'number', compare: ordered(asNumber, (a, b) => a === b) },
  numberGreaterThan: { title: 'is more than', of: 'number', compare: ordered(asNumber, (a, b) => a > b) },
  numberLessThan: { title: 'is less than', of: 'number', compare: ordered(asNumber, (a, b) => a < b) },
  stringContains: { title: 'contains', of: 'text', found: part, compare: strings((a, b) => a.includes(b)) },
  stringEquals: { title: 'is', of: 'text', compare: strings((a, b) => a === b) },
  stringStartsWith: { title: 'begins with', of: 'text', found: part, compare: strings((a, b) => a.startsWith(b)) },
  stringIsBlank: { title: 'is empty', of: 'text', takes: 'nothing', ofAll: true, compare: isBlank },
  stringIsNotBlank: { title: 'is not empty', of: 'text', takes: 'nothing', compare: (actual) => !isBlank(actual) },
  stringEntireMatchesRegex: {
    title: 'matches the regular expression',
    of: 'text',
    takes: 'regex',
    compare: (actual, wanted, { scope }) => scope.matches(textOf(wanted, true), textOf(actual, true)),
  },
  stringAnyMatchesRegex: {
    title: 'has a part that matches the regular expression',
    of: 'text',
    takes: 'regex',
    found: (actual, wanted, { scope }) => scope.find(textOf(wanted, true), textOf(actual, true))?.[0],
    compare: (actual, wanted, { scope }) => scope.matches(textOf(wanted, true), textOf(actual, true), 'anywhere'),
  },
  stringEndsWith: { title: 'ends with', of: 'text', found: part, compare: strings((a, b) => a.endsWith(b)) },
  stringIn: {
    title: 'is one of',
    of: 'text',
    takes: 'list',
    compare: (actual, wanted, { exact }) => listOf(wanted).some((one) => textOf(one, exact) === textOf(actual, exact)),
  },
  stringHasAnyWord: {
    title: 'has one of the words',
    of: 'text',
    takes: 'words',
    found: wordsFound(wordsOf),
    compare: words('anywhere', wordsOf, 'some'),
  },
  stringHasAllWords: {
    title: 'has all of the words',
    of: 'text',
    takes: 'words',
    found: wordsFound(wordsOf),
    compare: words('anywhere', wordsOf, 'every'),
  },
  stringHasPhrase: {
    title: 'has the words in this order',
    of: 'text',
    found: wordsFound(phrasesOf),
    compare: words('anywhere', phrasesOf, 'some'),
  },
  stringIsPhrase: { title: 'is these words alone', of: 'text', compare: words('onlyWord', phrasesOf, 'some') },
  numberGreaterOrEqual: { title: 'is at least', of: 'number', compare: ordered(asNumber, (a, b) => a >= b) },
  numberLessOrEqual: { title: 'is at most', of: 'number', compare: ordered(asNumber, (a, b) => a <= b) },
  numberBetween: { title: 'is between', of: 'number', takes: 'range', compare: between(asNumber) },
  dateBetween: { title: 'is between', of: 'date', takes: 'range', compare: between(date) },
  isWithinHours: { title: 'is within the hours', of: 'date', takes: 'hours', compare: isWithinHours },
  exists: { title: 'has a value', of: 'any', takes: 'nothing', compare: (actual) => actual !== undefined && actual !== null },
  isTrue: { title: 'is true', of: 'boolean', takes: 'nothing', compare: (actual) => actual === true || textOf(actual, false) === 'true' },
} as const satisfies Readonly<Record<string, Operation>>;
export type Operator = keyof typeof OPERATORS;

/** Every operator as forms show it. */
export const OPERATOR_LIST: readonly OperatorShown[] = Object.entries<Operation>(OPERATORS).map(
  ([name, { title, of, takes = 'value' }]) => ({
    name,
    title,
    of,
    takes,
  }),
);

/** The names of all operators. */
export const OPERATOR_NAMES: readonly string[] = OPERATOR_LIST.map(({ name }) => name);

/** Returns what of the left side has made a comparison true: words, a number, or the left side as it is. */
export function foundBy(
  { of, found }: Operation,
  sides: { readonly actual: Json | undefined; readonly wanted: Json | undefined },
  how: How,
): Json {
  const read = found ?? (of === 'number' ? number : undefined);
  return (read ? read(sides.actual, sides.wanted, how) : sides.actual) ?? null;
}

/** Returns whether a date is within hours. Warns of hours from a variable that are invalid. */
function isWithinHours(actual: Json | undefined, wanted: Json | undefined, { typed, scope }: How): boolean {
  const moment = dateOf(actual, { zone: typed.timeZone });
  const spans = readHours(wanted);
  if (!spans) scope.warn('rule/no-hours', 'the hours of a rule are invalid, so it is false');
  return moment !== undefined && (spans ?? []).some((span) => isWithin(span, moment, zoneOf(span.zone, scope)));
}

/** A value without templates was written in the flow file; any other may have been typed by a person. */
function readingOf(wanted: Json | undefined, { source, typed }: Pick<How, 'source' | 'typed'>): Reading {
  return wanted === source ? asWritten(typed.timeZone) : typed;
}

function textOf(value: Json | undefined, exact: boolean): string {
  return exact ? composed(plainText(value)) : fold(plainText(value));
}

function listIn(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** Returns a list as it is, and the parts of a text with commas. */
function listOf(value: Json | undefined): readonly Json[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : String(value).split(',');
}
