import Joi from 'joi';
import type { Json, NodeScope, Vars } from '../contract/index.js';
import { closed, json } from './fields.js';

/** One named value. */
export interface Row {
  readonly name: string;
  readonly value: Json;
}

/** A list of names with values, templates inside. */
export const rows = (label: string): Joi.ArraySchema =>
  Joi.array()
    .items(closed({ name: Joi.string().max(200).required().label('Name'), value: json('Value').required() }))
    .max(200)
    .label(label);

/** The rows as an object, every template filled. */
export function fillRows(list: readonly Row[], scope: NodeScope<unknown>): Vars {
  return Object.fromEntries(list.map(({ name, value }) => [name, scope.value(value)]));
}
