import Joi from 'joi';
import { type Duration, durationMillis } from '../contract/index.js';
import { closed, described } from './fields.js';

const MOST = 30 * 86_400_000;

/** A length of time, at most 30 days. */
export const duration = (label: string, sentence: string): Joi.ObjectSchema<Duration> =>
  described(
    closed<Duration>({
      value: described(Joi.number().positive().required(), 'Value', 'How many.'),
      unit: described(Joi.string().valid('seconds', 'minutes', 'hours', 'days').required(), 'Unit', 'Of what.'),
    }).custom((value: Duration, helpers) =>
      durationMillis(value) > MOST ? helpers.message({ custom: `${label} may be at most 30 days` }) : value,
    ),
    label,
    sentence,
  );
