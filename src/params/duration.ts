import Joi from 'joi';
import { type Duration, durationMillis } from '../contract/index.js';
import { closed } from './fields.js';

const MOST = 30 * 86_400_000;

/** A length of time, from a second to 30 days. */
export const duration = (label: string): Joi.ObjectSchema<Duration> =>
  closed<Duration>({
    value: Joi.number().positive().required().label('Value'),
    unit: Joi.string().valid('seconds', 'minutes', 'hours', 'days').required().label('Unit'),
  })
    .custom((value: Duration, helpers) =>
      durationMillis(value) > MOST ? helpers.message({ custom: `${label} may be at most 30 days` }) : value,
    )
    .label(label);
