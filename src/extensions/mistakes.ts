import type Joi from 'joi';

/** What joi found, one sentence each. */
export function wordsOf(error: Joi.ValidationError | undefined): readonly string[] {
  return error?.details.map(({ message }) => message.replaceAll('"', '')) ?? [];
}

export function isObject(value: unknown): value is object {
  return value !== null && typeof value === 'object';
}
