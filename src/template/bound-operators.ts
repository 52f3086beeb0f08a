import { defaultOperators, type Liquid } from 'liquidjs/dist/liquid.node.mjs';
import { fillContextOf } from './bound-filters.js';
import { weightOf } from './steps.js';

type Operators = Liquid['options']['operators'];
type Binary = (left: unknown, right: unknown, context: unknown) => ReturnType<Operators[string]>;

/** Steps to compare two short values. */
export const COMPARISON = 12;

/** Liquid's own operators, which spend steps for the size of what they compare: lists are compared item by item. */
export const BOUNDED_OPERATORS: Operators = Object.fromEntries(
  Object.entries(defaultOperators).map(([name, operator]) => [name, name === 'not' ? operator : bounded(operator as Binary)]),
);

function bounded(operator: Binary): Binary {
  return (left, right, context) => {
    fillContextOf(context).steps.spend(COMPARISON + weightOf(left) + weightOf(right));
    return operator(left, right, context);
  };
}
