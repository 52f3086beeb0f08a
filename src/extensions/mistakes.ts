import type Joi from 'joi';

/** Returns the messages of a joi error. */
export function messagesOf(error: Joi.ValidationError | undefined): readonly string[] {
  return error?.details.map(({ message }) => message.replaceAll('"', '')) ?? [];
}

export function isObject(value: unknown): value is object {
  return value !== null && typeof value === 'object';
}
