import Joi from 'joi';
import type { NodeOutcome, NodeScope, Vars } from '../contract/index.js';
import { closed, described, variable } from './fields.js';

/** One part of a result, and the variable that keeps it. */
export interface Saved {
  readonly name: string;
  readonly from: string;
}

/** A list of variables, each with an expression over the node's own result. */
export const save = (label: string, sentence: string): Joi.ArraySchema => {
  const from = described(
    Joi.string().max(500).meta({ holds: 'result' }).required(),
    'From',
    'An expression over the result, such as body.order.items[0].title.',
  );
  return described(
    Joi.array()
      .items(closed({ name: variable('Name', 'The variable that keeps it.').required(), from }))
      .max(100),
    label,
    sentence,
  );
};

/** Every variable empty: what a call begins with, so that no value of an earlier one is taken for its result. */
export function nothingSaved(list: readonly Saved[] = []): Pick<NodeOutcome, 'set'> {
  return list.length > 0 ? { set: Object.fromEntries(list.map(({ name }) => [name, null])) } : {};
}

/** The variables with what was found; null where the result has nothing there. */
export function foundIn(list: readonly Saved[], result: Vars, scope: NodeScope<unknown>): Vars {
  return Object.fromEntries(list.map(({ name, from }) => [name, scope.expression(from, result) ?? null]));
}

/** Like `foundIn`, with a warning where the result has nothing there. */
export function savedOf(list: readonly Saved[], result: Vars, scope: NodeScope<unknown>): Vars {
  for (const { name, from } of list)
    if (scope.expression(from, result) === undefined) scope.warn('save/nothing-there', `the result has no ${from}; ${name} is left empty`);
  return foundIn(list, result, scope);
}
