import Joi from 'joi';
import type { Refusal } from '../contract/host/index.js';
import type { Channel, ChannelAdapter, Json, JsonObject, Problem } from '../contract/index.js';
import { CODE } from '../flow/envelope.js';
import { findUnsafeJson } from '../flow/find-unsafe-json.js';
import { problemsOfJoi, validateAll } from '../flow/problems-of-joi.js';
import type { Description } from '../flow/walk-schema.js';
import { channelSettings, secretNames } from '../published/channel-settings.js';

// biome-ignore lint/suspicious/noExplicitAny: adapters of every config type; each validates its own
export type Adapters = ReadonlyMap<string, ChannelAdapter<any>>;
// biome-ignore lint/suspicious/noExplicitAny: as above
type AnyAdapter = ChannelAdapter<any>;

/** What an operator says of a channel. */
export type ChannelRequest = Pick<Channel, 'id' | 'adapter' | 'name' | 'config'>;

/**
 * Reads a channel as an operator has written it, and reports every mistake at once. `before`: the channel that is changed; secrets that
 * are left out, or sent back as they were shown (`{ "set": true }`), keep their values.
 */
export function parseChannel(adapters: Adapters, body: unknown, before: Channel | undefined): ChannelRequest | Refusal {
  const unsafe = findUnsafeJson(body, 'body');
  if (unsafe) return { refused: 'channel/invalid', problems: [unsafe] };
  const envelope = envelopeOf(adapters, before);
  const { value, error } = validateAll(envelope, body);
  const request = value as Partial<ChannelRequest> | undefined;
  const adapter = adapters.get(before?.adapter ?? request?.adapter ?? '');
  const config = withKeptSecrets(adapter, isObject(request?.config) ? request.config : {}, before);
  // Without any settings, the missing `config` is the one problem to report.
  const inConfig = adapter && isObject(request?.config) ? validateAll(channelSettings(adapter), config).error : undefined;
  const problems: readonly Problem[] = [
    ...(error ? problemsOfJoi(error, { ...ABOUT, pointer: '', schema: () => envelope.describe() as Description, value: body }) : []),
    ...(adapter && inConfig
      ? problemsOfJoi(inConfig, {
          ...ABOUT,
          pointer: '/config',
          schema: () => channelSettings(adapter).describe() as Description,
          value: config,
        })
      : []),
  ];
  if (problems.length > 0 || !request) return { refused: 'channel/invalid', problems: problems.map(withoutValue) };
  return { id: before?.id ?? request.id ?? '', adapter: before?.adapter ?? request.adapter ?? '', name: request.name ?? '', config };
}

const ABOUT = { code: 'channel', page: 'docs/api.md', isNoFile: true } as const;

/** Everything about a channel except the settings of its adapter. What is only shown may be sent back with a change. */
function envelopeOf(adapters: Adapters, before: Channel | undefined): Joi.ObjectSchema {
  const shared = { name: Joi.string().max(200).required(), config: Joi.object().unknown(true).required() };
  if (!before) {
    const types = [...adapters.keys()];
    return Joi.object({
      id: Joi.string().pattern(CODE).required(),
      adapter: Joi.string()
        .valid(...types)
        .required(),
      ...shared,
    }).required();
  }
  const dropped = Object.fromEntries(ONLY_SHOWN.map((name) => [name, Joi.any().strip()]));
  return Joi.object({ id: Joi.string().valid(before.id), adapter: Joi.string().valid(before.adapter), ...shared, ...dropped }).required();
}

const ONLY_SHOWN = ['platform', 'flows', 'demo', 'webhookUrl', 'health', 'createdAt', 'updatedAt'] as const;

/** Cuts the value out of a message: it may be a secret. */
function withoutValue(problem: Problem): Problem {
  const { message } = problem;
  const [from, to] = [message.indexOf(" with value '"), message.lastIndexOf("' fails")];
  return from < 0 || to < from ? problem : { ...problem, message: message.slice(0, from) + message.slice(to + 1) };
}

function withKeptSecrets(adapter: AnyAdapter | undefined, config: JsonObject, before: Channel | undefined): JsonObject {
  if (!adapter || !before) return config;
  const kept = secretNames(adapter).flatMap((name) => {
    const given = config[name];
    const isSentBack = given === undefined || (isObject(given) && given['set'] === true);
    const value = before.config[name];
    return isSentBack && value !== undefined ? [[name, value] as const] : [];
  });
  return { ...config, ...Object.fromEntries(kept) };
}

/** Returns the settings of a channel without its secrets. If its adapter is no longer there, every setting counts as a secret. */
export function withoutSecrets(adapters: Adapters, { adapter, config }: Channel): object {
  const known = adapters.get(adapter);
  const secrets = known ? secretNames(known) : Object.keys(config);
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, secrets.includes(key) ? { set: value !== undefined } : value]),
  );
}

function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
