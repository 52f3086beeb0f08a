import Joi from 'joi';
import { type Duration, durationMillis } from '../contract/index.js';
import { choice, closed, described } from './fields.js';

const UNITS = ['seconds', 'minutes', 'hours', 'days'] as const satisfies readonly Duration['unit'][];
const MAX_DAYS = 30;
/** At most 30 days in each unit. */
const BOUNDS = UNITS.map((unit) => ({
  is: unit,
  then: atMost((MAX_DAYS * durationMillis({ value: 1, unit: 'days' })) / durationMillis({ value: 1, unit })),
}));

/** A length of time, more than 0 and at most 30 days. */
export const duration = (label: string, sentence: string): Joi.ObjectSchema<Duration> =>
  lengthOf(Joi.number().positive(), label, sentence).meta({ moreThan: 0 });

/** A length of time before (negative) or after a moment, at most 30 days each way. */
export const offset = (label: string, sentence: string): Joi.ObjectSchema<Duration> =>
  lengthOf(Joi.number(), label, sentence).meta({ min: -MAX_DAYS });

function lengthOf(value: Joi.NumberSchema, label: string, sentence: string): Joi.ObjectSchema<Duration> {
  return described(
    closed<Duration>({
      value: described(value.required().when('unit', { switch: BOUNDS }), 'Value', 'How many units.'),
      unit: choice(UNITS, 'Unit', 'Seconds, minutes, hours or days.').required(),
    }),
    label,
    sentence,
  ).meta({ kind: 'duration', max: MAX_DAYS, unit: 'days' });
}

function atMost(count: number): Joi.NumberSchema {
  const message = `a length of time can be at most ${MAX_DAYS} days`;
  // Not `messages`, which checks them with a schema of joi's own: that takes 12 ms of each start.
  return Joi.number().min(-count).message(message).max(count).message(message);
}
