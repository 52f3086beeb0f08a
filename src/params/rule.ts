import Joi from 'joi';
import type { Json, NodeScope } from '../contract/index.js';
import { choice, closed, described, expression, json } from './fields.js';
import { hoursOrText } from './hours.js';
import { foundBy, type How, OPERATOR_LIST, OPERATORS, type Operation, type Operator, type OperatorShown } from './operators.js';
import { asTyped } from './reading.js';

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

/** How conditions read lists. `members`: a rule on a list is true if it is true of a member. Otherwise lists are compared as their JSON. */
export interface HowLists {
  readonly lists?: 'members';
}

/** Returns whether a condition is true. Never throws: a comparison of values that cannot be compared is false. */
export function isTrue(wanted: Condition, scope: NodeScope<unknown>, how: HowLists = {}): boolean {
  if ('all' in wanted) return wanted.all.every((one) => isTrue(one, scope, how));
  if ('any' in wanted) return wanted.any.some((one) => isTrue(one, scope, how));
  if ('not' in wanted) return !isTrue(wanted.not, scope, how);
  const sides = sidesOf(wanted, scope);
  if (how.lists !== 'members' || !Array.isArray(sides.actual)) return sides.isTrueOf(sides.actual);
  const members: readonly Json[] = sides.actual;
  return sides.operation.ofAll ? members.every(sides.isTrueOf) : members.some(sides.isTrueOf);
}

/** What a condition was about. */
export interface Matched {
  /** What of the left side has matched, as a person wrote it: the words that were found, the number, the member of a list. */
  readonly value: Json;
  /** The left side. */
  readonly input: Json;
}

/**
 * Returns what has made a condition true, by its first rule that is true: the first of `all`, the first true one of `any`. What `not` is about
 * has no match; its left side counts instead.
 */
export function matchedBy(wanted: Condition, scope: NodeScope<unknown>): Matched {
  if ('all' in wanted) return first(wanted.all, scope);
  if ('any' in wanted)
    return first(
      wanted.any.filter((one) => isTrue(one, scope, { lists: 'members' })),
      scope,
    );
  if ('not' in wanted) return testedBy(wanted.not, scope);
  const { actual, filled, operation, isTrueOf, how } = sidesOf(wanted, scope);
  const member = Array.isArray(actual) ? (actual as readonly Json[]).find(isTrueOf) : actual;
  return { input: actual ?? null, value: foundBy(operation, { actual: member, wanted: filled }, how) };
}

/** Returns the left side of the first rule of a condition, as if it had matched as a whole. */
export function testedBy(wanted: Condition, scope: NodeScope<unknown>): Matched {
  if ('all' in wanted || 'any' in wanted) {
    const [one] = 'all' in wanted ? wanted.all : wanted.any;
    return one ? testedBy(one, scope) : NOTHING;
  }
  if ('not' in wanted) return testedBy(wanted.not, scope);
  const { actual = null } = sidesOf(wanted, scope);
  return { value: actual, input: actual };
}

const NOTHING: Matched = { value: null, input: null };

function first([one]: readonly Condition[], scope: NodeScope<unknown>): Matched {
  return one ? matchedBy(one, scope) : NOTHING;
}

/** Returns both sides of a rule, and how they are compared. */
function sidesOf({ variable = 'now', operator, value, exact = false }: Rule, scope: NodeScope<unknown>) {
  const operation: Operation = OPERATORS[operator];
  const filled = value === undefined ? undefined : scope.value(value);
  const how: How = { exact, typed: asTyped(scope), source: value, scope };
  return {
    operation,
    filled,
    how,
    actual: scope.expression(variable),
    isTrueOf: (actual: Json | undefined) => operation.compare(actual, filled, how),
  };
}
