import Joi from 'joi';

/** `__proto__` is no name: it would be lost in every object that it is put into. */
const VARIABLE_NAME = /^(?!__proto__$)[A-Za-z_][A-Za-z0-9_]{0,63}$/;

interface Describable {
  label(label: string): this;
  description(sentence: string): this;
}

/** Puts a field's name and its sentence into the schema, from where the console's form has them. */
export function described<S extends Describable>(schema: S, label: string, sentence: string): S {
  return schema.label(label).description(sentence);
}

/** A text with templates in it. */
export const text = (label: string, sentence: string): Joi.StringSchema => described(Joi.string().meta({ holds: 'text' }), label, sentence);

/** The name of a variable that a node sets. */
export const variable = (label: string, sentence: string): Joi.StringSchema =>
  described(Joi.string().pattern(VARIABLE_NAME).meta({ holds: 'variable' }), label, sentence);

/** A Liquid expression, such as `order.total`. */
export const expression = (label: string, sentence: string): Joi.StringSchema =>
  described(Joi.string().meta({ holds: 'expression' }), label, sentence);

/** The code of another flow, or a template that gives one. */
export const flowCode = (label: string, sentence: string): Joi.StringSchema =>
  described(Joi.string().max(200).meta({ holds: 'flow' }), label, sentence);

/** Any JSON with templates inside. */
export const json = (label: string, sentence: string): Joi.Schema => described(Joi.any().meta({ holds: 'json' }), label, sentence);

/** A text that may hold `{{ secrets.NAME }}`, for `scope.sealed`: the secret is put in when the call is made. */
export const sealed = (label: string, sentence: string): Joi.StringSchema =>
  described(Joi.string().max(10_000).meta({ holds: 'sealed' }), label, `${sentence} {{ secrets.NAME }} is put in when the call is made.`);

/** A number, or a template that gives one. */
export const numberOrText = (label: string, sentence: string): Joi.Schema =>
  described(Joi.alternatives(Joi.number(), text(label, sentence)), label, sentence);

/** An object whose unknown keys are refused, but for `x-…`, which are kept for other tools. */
export function closed<T = Record<string, unknown>>(members: Joi.PartialSchemaMap<T>): Joi.ObjectSchema<T> {
  return Joi.object<T>(members).pattern(/^x-/, Joi.any());
}

/** The name of a branch, a choice, an arm: it becomes a port. */
export const portName = (label: string, sentence: string): Joi.StringSchema =>
  described(Joi.string().pattern(/^[a-z0-9-]{1,64}$/), label, sentence);
