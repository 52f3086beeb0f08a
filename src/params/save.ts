import Joi from 'joi';
import type { Json, NodeScope, Vars } from '../contract/index.js';
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

/** The variables with what was found; null, and a warning, where the result has nothing there. */
export function savedOf(list: readonly Saved[], result: Vars, scope: NodeScope<unknown>): Vars {
  return Object.fromEntries(
    list.map(({ name, from }) => {
      const value = scope.expression(from, result);
      if (value === undefined) scope.warn('save/nothing-there', `the result has no ${from}; ${name} is left empty`);
      return [name, value ?? null] as const satisfies readonly [string, Json];
    }),
  );
}
