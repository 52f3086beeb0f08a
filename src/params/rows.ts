import Joi from 'joi';
import type { Json, NodeScope, Vars } from '../contract/index.js';
import { closed, described, json } from './fields.js';

/** A named value. */
export type Row = { readonly name: string; readonly value: Json };

/** A list of names with values, templates inside. */
export const rows = (label: string, sentence: string): Joi.ArraySchema => {
  const name = described(Joi.string().max(200).required(), 'Name', 'What the value is called.');
  const value = json('Value', 'Any JSON, templates inside it; one lone {{ expression }} keeps its type.').required();
  return described(Joi.array().items(closed({ name, value })).max(200), label, sentence);
};

/** The rows as an object, every template filled. */
export function fillRows(list: readonly Row[], scope: NodeScope<unknown>): Vars {
  return Object.fromEntries(list.map(({ name, value }) => [name, scope.value(value)]));
}
