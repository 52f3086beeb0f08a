import Joi from 'joi';
import type { Json, NodeScope, Vars } from '../contract/index.js';
import { closed, described, json } from './fields.js';

/** A named value. */
export type Row = { readonly name: string; readonly value: Json };

/** A list of names with values; the values may contain templates. */
export const rows = (label: string, sentence: string): Joi.ArraySchema => {
  const name = described(Joi.string().max(200).required(), 'Name', 'The name of the value.');
  const value = json(
    'Value',
    'Any JSON; texts in it may contain templates. A text that is one {{ expression }} becomes its value, with its type.',
  ).required();
  return described(Joi.array().items(closed({ name, value })).max(200), label, sentence).meta({ control: 'rows' });
};

/** Returns the rows as an object, with all templates filled. */
export function fillRows(list: readonly Row[], scope: NodeScope<unknown>): Vars {
  return Object.fromEntries(list.map(({ name, value }) => [name, scope.value(value)]));
}
