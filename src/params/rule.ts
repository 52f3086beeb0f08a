import Joi from 'joi';
import type { Json, NodeScope } from '../contract/index.js';
import { dateOf } from '../text/date.js';
import { type HowExact, hasKeyword, type Keyword, keywordOf, searchedText } from '../text/find-keyword.js';
import { composed, fold, isBlankText } from '../text/fold.js';
import { zoneOf } from './contact-zone.js';
import { choice, closed, described, expression, json } from './fields.js';
import { hoursOrText, isWithin, readHours } from './hours.js';
import { isLiteral } from './literal.js';
import { asTyped, asWritten, type Reading } from './reading.js';
import { asNumber } from './variable-value.js';

/** A condition: one comparison, or a tree of them. */
export type Condition =
  | Rule
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };
/** A comparison. */
export interface Rule {
  /** An expression such as `order.total` or `lastMessage.type`; `now` by default for `isWithinHours`, which alone may be without it. */
  readonly variable?: string;
  readonly operator: Operator;
  readonly value?: Json;
  /** Whether case, width, blanks and invisible characters of texts count. */
  readonly exact?: boolean;
}

/** How the two sides of a comparison are read. */
interface How {
  readonly exact: boolean;
  /** How values that a person may have typed are read. */
  readonly typed: Reading;
  /** The right side before its templates are filled. */
  readonly source: Json | undefined;
  readonly scope: NodeScope<unknown>;
}
type Compare = (actual: Json | undefined, wanted: Json | undefined, how: How) => boolean;
/** Reads a value as a number; a date as its milliseconds. */
type Read = (value: Json | undefined, reading: Reading) => number | undefined;
/** Reads the right side as words or phrases to look for. */
type ReadWords = (value: Json | undefined, how: HowExact) => readonly Keyword[];

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
interface Operation extends Pick<OperatorShown, 'title' | 'of'>, Partial<Pick<OperatorShown, 'takes'>> {
  readonly compare: Compare;
}

/** Every operator, by the name that flow files use. */
const OPERATORS = {
  dateEquals: { title: 'is', of: 'date', compare: ordered(date, (a, b) => a === b) },
  dateGreaterThan: { title: 'is after', of: 'date', compare: ordered(date, (a, b) => a > b) },
  dateLessThan: { title: 'is before', of: 'date', compare: ordered(date, (a, b) => a < b) },
  numberEquals: { title: 'equals', of: 'number', compare: ordered(asNumber, (a, b) => a === b) },
  numberGreaterThan: { title: 'is more than', of: 'number', compare: ordered(asNumber, (a, b) => a > b) },
  numberLessThan: { title: 'is less than', of: 'number', compare: ordered(asNumber, (a, b) => a < b) },
  stringContains: { title: 'contains', of: 'text', compare: strings((a, b) => a.includes(b)) },
  stringEquals: { title: 'is', of: 'text', compare: strings((a, b) => a === b) },
  stringStartsWith: { title: 'begins with', of: 'text', compare: strings((a, b) => a.startsWith(b)) },
  stringIsBlank: { title: 'is empty', of: 'text', takes: 'nothing', compare: isBlank },
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
    compare: (actual, wanted, { scope }) => scope.matches(textOf(wanted, true), textOf(actual, true), 'anywhere'),
  },
  stringEndsWith: { title: 'ends with', of: 'text', compare: strings((a, b) => a.endsWith(b)) },
  stringIn: {
    title: 'is one of',
    of: 'text',
    takes: 'list',
    compare: (actual, wanted, { exact }) => listOf(wanted).some((one) => textOf(one, exact) === textOf(actual, exact)),
  },
  stringHasAnyWord: { title: 'has one of the words', of: 'text', takes: 'words', compare: words('anywhere', wordsOf, 'some') },
  stringHasAllWords: { title: 'has all of the words', of: 'text', takes: 'words', compare: words('anywhere', wordsOf, 'every') },
  stringHasPhrase: { title: 'has the words in this order', of: 'text', compare: words('anywhere', phrasesOf, 'some') },
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

/** Words that one rule looks for. More are ignored. */
const MAX_WORDS = 500;
/** In characters, before templates are filled. */
const MAX_PATTERN = 1_000;
const withRightSide = (takes: OperatorShown['takes']) =>
  Joi.valid(...OPERATOR_LIST.filter((one) => one.takes === takes).map(({ name }) => name)).required();

const rule = closed<Rule>({
  variable: expression('Variable', 'The left side: an expression such as order.total or lastMessage.type.')
    .meta({ comparedBy: 'operator' })
    .when('operator', { is: withRightSide('hours'), then: Joi.optional(), otherwise: Joi.required() }),
  operator: choice(
    Object.fromEntries(OPERATOR_LIST.map(({ name, title }) => [name, title])),
    'Operator',
    'How the two sides are compared. Rules on numbers and dates are false if a side is not a number or date.',
  ).required(),
  value: described(
    Joi.any().when('operator', {
      switch: [
        { is: withRightSide('nothing'), then: Joi.forbidden() },
        { is: withRightSide('regex'), then: Joi.string().max(MAX_PATTERN).required().meta({ holds: 'regex' }) },
        {
          is: withRightSide('range'),
          then: Joi.array().length(2).items(json('Limit', 'An end of the range; it belongs to the range.')).required(),
        },
        {
          is: withRightSide('hours'),
          then: hoursOrText('Hours', 'Hours of some days, such as Monday to Friday from 09:00 to 17:00.').required(),
        },
      ],
      otherwise: json('Value', 'The right side: a literal or a template.').required(),
    }),
    'Value',
    'The right side: [from, to] for ranges, a list or a text with commas for stringIn, words for stringHasAnyWord and stringHasAllWords, hours for isWithinHours, RE2 for regular expressions.',
  ),
  exact: described(
    Joi.boolean(),
    'Exact',
    'Compares texts with their case, blanks at the ends and invisible characters, which are ignored otherwise.',
  ),
});

/** Returns whether an operator looks for words and a value of a flow file has none. A template may give some. */
export function needsWords(operator: string, value: Json | undefined): boolean {
  const read = Object.hasOwn(READ_WORDS, operator) ? READ_WORDS[operator] : undefined;
  const isTemplate = [value].flat().some((one) => typeof one === 'string' && !isLiteral(one));
  return read !== undefined && !isTemplate && read(value, { exact: false }).length === 0;
}
/** How the operators for words read their right side. */
const READ_WORDS: Readonly<Record<string, ReadWords>> = {
  stringHasAnyWord: wordsOf,
  stringHasAllWords: wordsOf,
  stringHasPhrase: phrasesOf,
  stringIsPhrase: phrasesOf,
};

/** The schema of a condition. */
export const condition: Joi.Schema = Joi.alternatives()
  .conditional('.all', { is: Joi.exist(), then: closed({ all: list('All of', 'True if all of these are.') }) })
  .conditional('.any', { is: Joi.exist(), then: closed({ any: list('Any of', 'True if one of these is.') }) })
  .conditional('.not', {
    is: Joi.exist(),
    then: closed({ not: described(Joi.link('#condition').required(), 'Not', 'True if this is false.') }),
    otherwise: rule,
  })
  .id('condition')
  .label('Condition')
  .description('One comparison, or a tree of them.')
  .meta({ kind: 'condition', control: 'condition' });

function list(label: string, sentence: string): Joi.ArraySchema {
  return described(Joi.array().items(Joi.link('#condition')).min(1).required(), label, sentence);
}

/** Returns whether a condition is true. Never throws: a comparison of values that cannot be compared is false. */
export function isTrue(wanted: Condition, scope: NodeScope<unknown>): boolean {
  if ('all' in wanted) return wanted.all.every((one) => isTrue(one, scope));
  if ('any' in wanted) return wanted.any.some((one) => isTrue(one, scope));
  if ('not' in wanted) return !isTrue(wanted.not, scope);
  const { variable = 'now', operator, value, exact = false } = wanted;
  const { compare }: Operation = OPERATORS[operator];
  const filled = value === undefined ? undefined : scope.value(value);
  return compare(scope.expression(variable), filled, { exact, typed: asTyped(scope), source: value, scope });
}

/** A value without templates was written in the flow file; any other may have been typed by a person. */
function readingOf(wanted: Json | undefined, { source, typed }: Pick<How, 'source' | 'typed'>): Reading {
  return wanted === source ? asWritten(typed.timeZone) : typed;
}

function textOf(value: Json | undefined, exact: boolean): string {
  return exact ? composed(plainText(value)) : fold(plainText(value));
}

function plainText(value: Json | undefined): string {
  return value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function listIn(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** Returns a list as it is, and the parts of a text with commas. */
function listOf(value: Json | undefined): readonly Json[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : String(value).split(',');
}

/** Returns each word of a text, and each member of a list, which may have several words. */
function wordsOf(value: Json | undefined, how: HowExact): readonly Keyword[] {
  if (Array.isArray(value)) return phrasesOf(value, how);
  const parts = plainText(value).split(/[\s,،、;]+/u);
  return keywordsOf(
    parts.flatMap((part) => {
      const { folded, isSign } = keywordOf(part, how);
      return isSign ? [part] : folded.split(' ');
    }),
    how,
  );
}

/** Returns a text as one phrase, and each member of a list. */
function phrasesOf(value: Json | undefined, how: HowExact): readonly Keyword[] {
  return keywordsOf(Array.isArray(value) ? value.map(plainText) : [plainText(value)], how);
}

function keywordsOf(texts: readonly string[], how: HowExact): readonly Keyword[] {
  return texts.slice(0, MAX_WORDS).flatMap((text) => {
    const keyword = keywordOf(text, how);
    return keyword.folded === '' ? [] : [keyword];
  });
}

/** Returns whether a date is within hours. Warns of hours from a variable that are invalid. */
function isWithinHours(actual: Json | undefined, wanted: Json | undefined, { typed, scope }: How): boolean {
  const moment = dateOf(actual, { zone: typed.timeZone });
  const spans = readHours(wanted);
  if (!spans) scope.warn('rule/no-hours', 'the hours of a rule are invalid, so it is false');
  return moment !== undefined && (spans ?? []).some((span) => isWithin(span, moment, zoneOf(span.zone, scope)));
}
