import Joi from 'joi';
import { type Duration, durationMillis } from '../contract/index.js';
import { closed, described } from './fields.js';

const MOST = 30 * 86_400_000;

/** A length of time, at most 30 days. */
export const duration = (label: string, sentence: string): Joi.ObjectSchema<Duration> => lengthOf(Joi.number().positive(), label, sentence);

/** A length of time before (negative) or after a moment, at most 30 days. */
export const offset = (label: string, sentence: string): Joi.ObjectSchema<Duration> => lengthOf(Joi.number(), label, sentence);

function lengthOf(value: Joi.NumberSchema, label: string, sentence: string): Joi.ObjectSchema<Duration> {
  return described(
    closed<Duration>({
      value: described(value.required(), 'Value', 'How many.'),
      unit: described(Joi.string().valid('seconds', 'minutes', 'hours', 'days').required(), 'Unit', 'Of what.'),
    }).custom((length: Duration, helpers) =>
      Math.abs(durationMillis(length)) > MOST ? helpers.message({ custom: `${label} may be at most 30 days` }) : length,
    ),
    label,
    sentence,
  );
}
