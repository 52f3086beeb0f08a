import Joi from 'joi';

/** A text with templates in it. */
export const text = (label: string): Joi.StringSchema => Joi.string().meta({ holds: 'text' }).label(label);
/** The name of a variable; `__proto__` is none, for it would be lost in every object that it is put into. */
const VARIABLE_NAME = /^(?!__proto__$)[A-Za-z_][A-Za-z0-9_]{0,63}$/;
/** The name of a variable that a node sets. */
export const variable = (label: string): Joi.StringSchema => Joi.string().pattern(VARIABLE_NAME).meta({ holds: 'variable' }).label(label);
/** A Liquid expression, such as `order.total`. */
export const expression = (label: string): Joi.StringSchema => Joi.string().meta({ holds: 'expression' }).label(label);
/** Any JSON with templates inside. */
export const json = (label: string): Joi.Schema => Joi.any().meta({ holds: 'json' }).label(label);
/** A number, or a template that gives one. */
export const numberOrText = (label: string): Joi.Schema => Joi.alternatives(Joi.number(), text(label)).label(label);

/** An object whose unknown keys are refused, but for `x-…`, which are kept for other tools. */
export function closed<T = Record<string, unknown>>(members: Joi.PartialSchemaMap<T>): Joi.ObjectSchema<T> {
  return Joi.object<T>(members).pattern(/^x-/, Joi.any());
}

/** The name of a branch, a choice, an arm: it becomes a port. */
export const portName = (label: string): Joi.StringSchema =>
  Joi.string()
    .pattern(/^[a-z0-9-]{1,64}$/)
    .label(label);
