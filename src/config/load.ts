import { parse } from 'dotenv';
import type Joi from 'joi';
import { CONSTANT, type Config, SCHEMA, SECRET } from './schema.js';

/**
 * Returns the settings, or all mistakes in them at once. Environment variables take precedence over the text of .env; empty ones count as
 * absent. `mistakes` never contain a value, as it may be a secret.
 */
export function loadConfig(
  env: Readonly<Record<string, string | undefined>>,
  dotenv = '',
): Config | { readonly mistakes: readonly string[] } {
  const given = settingsGiven(env, dotenv);
  const { value, error } = SCHEMA.validate(given, { abortEarly: false, stripUnknown: true, errors: { label: 'path' } });
  if (!error)
    return Object.freeze({ ...value, secrets: Object.freeze(namedIn(given, SECRET)), constants: Object.freeze(constantsIn(given)) });
  return { mistakes: error.details.map((one) => `${one.path.join('.')}: ${mistakeIn(one)}`) };
}

/**
 * Returns all settings that are set, known to the host or not. The environment takes precedence over the text of .env; an empty value counts
 * as absent in both. The host and the `parley` command read their settings here.
 */
export function settingsGiven(env: Readonly<Record<string, string | undefined>>, dotenv: string): Readonly<Record<string, string>> {
  const isGiven = (entry: [string, string | undefined]): entry is [string, string] => entry[1] !== undefined && entry[1] !== '';
  return Object.fromEntries([...Object.entries(parse(dotenv)), ...Object.entries(env)].filter(isGiven));
}

/** Returns the values of the installation, for `{{ constants.NAME }}`. */
export function constantsIn(given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return namedIn(given, CONSTANT);
}

/** Returns the settings of a kind by the names that flows use. */
function namedIn(given: Readonly<Record<string, string>>, kind: RegExp): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) => {
      const [, name] = kind.exec(key) ?? [];
      return name === undefined ? [] : [[name, value]];
    }),
  );
}

function mistakeIn({ type, context, message }: Joi.ValidationErrorItem): string {
  if (type === 'any.only' && Array.isArray(context?.['valids'])) return `must be one of ${context['valids'].join(', ')}`;
  if (type === 'custom') return message;
  if (type === 'string.pattern.name') return `must be ${String(context?.['name'])}`;
  if (type === 'number.min' || type === 'number.max')
    return `must be ${type === 'number.min' ? 'at least' : 'at most'} ${context?.['limit']}`;
  return MISTAKES[type] ?? 'is invalid';
}

const MISTAKES: Readonly<Record<string, string>> = {
  'number.base': 'must be a number',
  'number.integer': 'must be a whole number',
  'number.port': 'must be a port, 0 to 65535',
  'boolean.base': 'must be true or false',
  'string.uri': 'must be a URL with a scheme',
  'string.uriCustomScheme': 'must be a URL with a scheme',
  'string.hostname': 'must be a host name or an IP address',
};

/** A setting, for .env.example and docs/configuration.md. */
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
      label: 'Secret for flows',
      sentence: 'A secret that flows use as {{ secrets.<NAME> }} when they call other systems. It is never stored, shown or logged.',
    },
    {
      name: 'PARLEY_CONSTANT_<NAME>',
      label: 'Value for flows',
      sentence: 'A value of this installation that flows use as {{ constants.<NAME> }}, such as an address. It is no secret.',
    },
  ];
}
