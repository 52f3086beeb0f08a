import Joi from 'joi';
import { MESSAGE_TITLES } from '../contract/index.js';

/** `__proto__` is excluded: an object cannot have an own member of that name by assignment. */
const VARIABLE_NAME = /^(?!__proto__$)[A-Za-z_][A-Za-z0-9_]{0,63}$/;

interface Describable {
  label(label: string): this;
  description(sentence: string): this;
}

/** Adds the label and the sentence of a field to its schema. Forms and reference pages show them. */
export function described<S extends Describable>(schema: S, label: string, sentence: string): S {
  return schema.label(label).description(sentence);
}

/** A text that may contain templates. */
export const text = (label: string, sentence: string): Joi.StringSchema => described(Joi.string().meta({ holds: 'text' }), label, sentence);

/** A text that people read: translators get it, and the check reports languages in which it is missing. It may contain templates. */
export const shownText = (label: string, sentence: string): Joi.StringSchema => text(label, sentence).meta({ translatable: true });

/** A word that people may write: translators get it, but one word may be for all languages, so that none is missing. */
export const writtenWord = (label: string, sentence: string): Joi.StringSchema => text(label, sentence).meta({ translatable: 'perhaps' });

/** The name of a variable that a node sets. */
export const variable = (label: string, sentence: string): Joi.StringSchema =>
  described(Joi.string().pattern(VARIABLE_NAME).meta({ holds: 'variable' }), label, sentence);

/** An expression of Liquid, such as `order.total`. */
export const expression = (label: string, sentence: string): Joi.StringSchema =>
  described(Joi.string().meta({ holds: 'expression' }), label, sentence);

/** The code of another flow, or a template for one. */
export const flowCode = (label: string, sentence: string): Joi.StringSchema =>
  described(Joi.string().max(200).meta({ holds: 'flow' }), label, sentence);

/** Any JSON value; its texts may contain templates. */
export const json = (label: string, sentence: string): Joi.Schema => described(Joi.any().meta({ holds: 'json' }), label, sentence);

/** A text that may contain `{{ secrets.NAME }}`. Fill it with `scope.sealed`: the secret is inserted when the call is made. */
export const sealed = (label: string, sentence: string): Joi.StringSchema =>
  described(Joi.string().max(10_000).meta({ holds: 'sealed' }), label, `${sentence} {{ secrets.NAME }} is inserted when the call is made.`);

/** The type of a message that comes in, such as `text` or `image`; a later version of Parley may know more of them. */
export const messageType: Joi.StringSchema = Joi.string().max(40).meta({ titles: MESSAGE_TITLES });

/** A number, or a template for one. */
export const numberOrText = (label: string, sentence: string): Joi.Schema =>
  described(Joi.alternatives(Joi.number(), text(label, sentence)), label, sentence);

/**
 * One of some values, each with its title. Values that are words for people as they are can be given as a list.
 *
 * @example choice({ reply: 'Reply', send: 'To an address' }, 'Action', 'Who gets the message.')
 */
export function choice<V extends string>(
  values: Readonly<Record<V, string>> | readonly V[],
  label: string,
  sentence: string,
): Joi.StringSchema<V> {
  return described(oneOf(values), label, sentence);
}

/** One of some values, as a member of a list: like `choice`, without words of its own. */
export function oneOf<V extends string>(values: Readonly<Record<V, string>> | readonly V[]): Joi.StringSchema<V> {
  const titles: Readonly<Record<string, string>> = Array.isArray(values)
    ? Object.fromEntries((values as readonly V[]).map((value) => [value, value]))
    : (values as Readonly<Record<V, string>>);
  return Joi.string<V>()
    .valid(...Object.keys(titles))
    .meta({ titles });
}

/** An object that refuses unknown members, except those that begin with `x-`, which belong to other tools. */
export function closed<T = Record<string, unknown>>(members: Joi.PartialSchemaMap<T>): Joi.ObjectSchema<T> {
  return Joi.object<T>(members).pattern(/^x-/, Joi.any());
}

/** The name of a branch, which becomes a port: lower-case letters, digits and hyphens. */
export const portName = (label: string, sentence: string): Joi.StringSchema =>
  described(Joi.string().pattern(/^[a-z0-9-]{1,64}$/), label, sentence).meta({ control: 'portName' });
