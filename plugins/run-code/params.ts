import Joi from 'joi';
import { closed, described, variable } from '../../src/params/fields.js';

export interface CodeParams {
  readonly code: string;
  readonly save?: readonly string[];
  readonly timeoutMillis: number;
}

export const params = closed<CodeParams>({
  code: described(
    Joi.string().max(20_000).meta({ control: 'code', rows: 8 }).required(),
    'Code',
    'The body of a JavaScript function. It reads vars, contact, lastMessage and now, and returns an object. Templates are not filled in it.',
  ).meta({ example: 'return { total: vars.items.length };' }),
  save: described(
    Joi.array().items(variable('Variable', 'A member of the object that the code returns.')).unique().max(100),
    'Save',
    'The members of the returned object that become variables.',
  ),
  timeoutMillis: described(Joi.number().integer().min(10).max(5_000).default(200), 'Time limit', 'Code that takes longer is ended.').meta({
    more: true,
    unit: 'milliseconds',
  }),
});
