import { parse } from 'dotenv';
import type Joi from 'joi';
import { type Config, SCHEMA, SECRET } from './schema.js';

/** The settings, frozen; or every mistake at once, in words. Real environment variables win over the text of .env; empty ones count as absent. */
export function loadConfig(
  env: Readonly<Record<string, string | undefined>>,
  dotenv = '',
): Config | { readonly mistakes: readonly string[] } {
  const known = Object.keys(SCHEMA.describe()['keys'] as object);
  const given = settingsGiven(env, dotenv);
  const wanted = Object.fromEntries(Object.entries(given).filter(([key]) => known.includes(key)));
  const { value, error } = SCHEMA.validate(wanted, { abortEarly: false, errors: { label: 'path' } });
  if (!error) return Object.freeze({ ...value, secrets: Object.freeze(secretsIn(given)) });
  // A value may be a secret: it is not repeated.
  return { mistakes: error.details.map((one) => `${one.path.join('.')}: ${wordsFor(one)}`) };
}

/**
 * All settings that are given, known to the host or not. The environment wins over the text of .env, and an empty value counts as
 * absent in both. The host and the `parley` command read their settings here.
 */
export function settingsGiven(env: Readonly<Record<string, string | undefined>>, dotenv: string): Readonly<Record<string, string>> {
  const isGiven = (entry: [string, string | undefined]): entry is [string, string] => entry[1] !== undefined && entry[1] !== '';
  return Object.fromEntries([...Object.entries(parse(dotenv)), ...Object.entries(env)].filter(isGiven));
}

function secretsIn(given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) => {
      const [, name] = SECRET.exec(key) ?? [];
      return name === undefined ? [] : [[name, value]];
    }),
  );
}

function wordsFor({ type, context, message }: Joi.ValidationErrorItem): string {
  if (type === 'any.only' && Array.isArray(context?.['valids'])) return `is to be one of ${context['valids'].join(', ')}`;
  if (type === 'custom') return message;
  if (type === 'string.pattern.name') return `is to be ${String(context?.['name'])}`;
  if (type === 'number.min' || type === 'number.max')
    return `is to be ${type === 'number.min' ? 'at least' : 'at most'} ${context?.['limit']}`;
  return WORDS[type] ?? 'has the wrong form';
}

const WORDS: Readonly<Record<string, string>> = {
  'number.base': 'is to be a number',
  'number.integer': 'is to be a whole number',
  'number.port': 'is to be a port, 0 to 65535',
  'boolean.base': 'is to be true or false',
  'string.uri': 'is to be an address with its scheme',
  'string.uriCustomScheme': 'is to be an address with its scheme',
  'string.hostname': 'is to be a host name or an IP address',
};

/** One setting in words, for .env.example and docs/configuration.md. */
export interface DescribedSetting {
  readonly name: string;
  readonly label: string;
  readonly sentence: string;
  readonly standard?: string;
}

export function describeConfig(): readonly DescribedSetting[] {
  const keys = SCHEMA.describe()['keys'] as Readonly<
    Record<string, { readonly flags?: { readonly label?: string; readonly description?: string; readonly default?: unknown } }>
  >;
  const settings = Object.entries(keys).map(([name, { flags = {} }]) => ({
    name,
    label: flags.label ?? name,
    sentence: flags.description ?? '',
    ...(flags.default === undefined ? {} : { standard: String(flags.default) }),
  }));
  return [
    ...settings,
    {
      name: 'PARLEY_SECRET_<NAME>',
      label: 'A secret of flows',
      sentence: 'Flows use it as {{ secrets.<NAME> }} where they ask other systems; never stored, shown or logged.',
    },
  ];
}
