import Joi from 'joi';
import type { JsonObject, NodeOutcome, NodeScope, Vars } from '../contract/index.js';
import { closed, described, variable } from './fields.js';

/** A part of a result, and the variable that it is saved in. */
export interface Saved {
  readonly name: string;
  readonly from: string;
}

/** Params for saving a result: a list of variables, each with an expression over the result. */
export const save = (label: string, sentence: string): Joi.ArraySchema => {
  const from = described(
    Joi.string().max(500).meta({ holds: 'result', savedAs: 'name' }).required(),
    'From',
    'An expression that reads the result, such as body.order.items[0].title.',
  ).meta({ example: 'body.id' });
  return described(
    Joi.array()
      .items(closed({ name: variable('Name', 'The variable that it is saved in.').required(), from }))
      .max(100),
    label,
    sentence,
  ).meta({ control: 'rows' });
};

/** Returns an outcome that empties every variable of the list. A call begins with it, so that no value of an earlier call is taken for its result. */
export function nothingSaved(list: readonly Saved[] = []): Pick<NodeOutcome, 'set'> {
  return list.length > 0 ? { set: Object.fromEntries(list.map(({ name }) => [name, null])) } : {};
}

/** Returns the variables with their parts of the result; null for a part that is missing. */
export function foundIn(list: readonly Saved[], result: JsonObject, scope: NodeScope<unknown>): Vars {
  return Object.fromEntries(list.map(({ name, from }) => [name, scope.expression(from, result) ?? null]));
}

/** Returns the variables like `foundIn`, and warns of each part that is missing. */
export function savedOf(list: readonly Saved[], result: JsonObject, scope: NodeScope<unknown>): Vars {
  for (const { name, from } of list)
    if (scope.expression(from, result) === undefined) scope.warn('save/nothing-there', `the result has no ${from}; ${name} is empty`);
  return foundIn(list, result, scope);
}
