import Joi from 'joi';
import { isDemo } from '../../contract/demo.js';
import { type Channel, type ChannelAdapter, type Json, type JsonObject, type Problem, UserError } from '../../contract/index.js';
import { CODE } from '../../flow/envelope.js';
import { findUnsafeJson } from '../../flow/find-unsafe-json.js';
import { problemsOfJoi, validateAll } from '../../flow/problems-of-joi.js';
import type { HttpParts } from '../parts.js';
import { afterOf, type Page, pageAnswer, pageOf } from '../requests.js';
import { type Call, defineRoute, type Route } from '../route.js';
import { CHANNEL } from '../schemas/channel.js';
import { listOf } from '../schemas/named.js';

/** Channels: secrets are written, never read back. */
export function channelRoutes(parts: HttpParts): readonly Route[] {
  const { store, clock } = parts;
  const about = { tag: 'Channels', role: 'admin' } as const;
  const written = Joi.alternatives(...[...parts.adapters.values()].map(settingsOf));
  return [
    defineRoute({
      ...about,
      method: 'post',
      path: '/channels',
      summary: 'Make a channel',
      body: written,
      checksBody: true,
      example: EXAMPLE,
      answers: { 201: CHANNEL },
      refuses: { 409: ['channel/taken'], 422: ['channel/invalid'] },
      action: 'channel.create',
      async handle({ body }) {
        const request = readChannel(parts, body, undefined);
        if (isDemo(request.id)) throw new UserError(409, 'channel/taken', `The id "${request.id}" is reserved for the demo.`);
        refuseSameAccount(parts, request);
        const at = clock.now();
        const channel: Channel = { ...request, createdAt: at, updatedAt: at };
        if ((await store.channels.create(channel)) === 'taken')
          throw new UserError(409, 'channel/taken', `The id "${channel.id}" is taken.`);
        await parts.channels.refresh();
        return { body: shown(parts, channel), changed: { target: `channel:${channel.id}`, after: audited(parts, channel) } };
      },
    }),
    defineRoute<unknown, Page>({
      ...about,
      method: 'get',
      path: '/channels',
      summary: 'List channels',
      query: pageOf(),
      answers: { 200: listOf(CHANNEL) },
      async handle({ query }) {
        const found = await store.channels.list({ ...afterOf(query), limit: query.limit + 1 });
        return pageAnswer({ found, limit: query.limit, key: ({ id }) => id, show: (channel) => shown(parts, channel) });
      },
    }),
    defineRoute({
      ...about,
      method: 'get',
      path: '/channels/{id}',
      summary: 'Look at a channel',
      answers: { 200: CHANNEL },
      refuses: { 404: ['channel/unknown'] },
      handle: async (call) => ({ body: shown(parts, await known(parts, call)) }),
    }),
    defineRoute({
      ...about,
      method: 'put',
      path: '/channels/{id}',
      summary: 'Change a channel',
      description: 'What was shown may be sent back: secrets that are left out, or sent back as { "set": true }, stay as they are.',
      body: written,
      checksBody: true,
      example: EXAMPLE,
      answers: { 200: CHANNEL },
      refuses: { 404: ['channel/unknown'], 409: ['channel/taken'], 422: ['channel/invalid'] },
      action: 'channel.change',
      async handle(call) {
        const before = await known(parts, call);
        const request = readChannel(parts, call.body, before);
        refuseSameAccount(parts, request);
        const channel: Channel = { ...request, createdAt: before.createdAt, updatedAt: clock.now() };
        await store.channels.update(channel);
        await parts.channels.refresh();
        return {
          body: shown(parts, channel),
          changed: { target: `channel:${channel.id}`, before: audited(parts, before), after: audited(parts, channel) },
        };
      },
    }),
    defineRoute({
      ...about,
      method: 'delete',
      path: '/channels/{id}',
      summary: 'Delete a channel on which no flow is ONLINE',
      answers: { 204: undefined },
      refuses: { 404: ['channel/unknown'], 409: ['channel/in-use'] },
      action: 'channel.delete',
      async handle(call) {
        const before = await known(parts, call);
        const user = parts.programs.snapshot().onlineFlows.find(({ channels }) => channels.includes(before.id));
        if (user) throw new UserError(409, 'channel/in-use', `The flow "${user.code}" is ONLINE on this channel; take it offline first.`);
        await store.channels.remove(before.id);
        await parts.channels.refresh();
        return { changed: { target: `channel:${before.id}`, before: audited(parts, before) } };
      },
    }),
  ];
}

const EXAMPLE = {
  id: 'wa-main',
  adapter: 'whatsapp',
  name: 'Main number',
  config: {
    phoneNumberId: '106540352242922',
    businessAccountId: '102290129340398',
    accessToken: 'EAAJB-from-the-app-dashboard',
    appSecret: '0123456789abcdef0123456789abcdef',
    verifyToken: 'a-word-of-your-own',
  },
} as const;

/** What a channel of this adapter is written as; secrets may also be sent back as they are shown. */
// biome-ignore lint/suspicious/noExplicitAny: an adapter of any config type
function settingsOf({ type, config, secrets }: ChannelAdapter<any>): Joi.ObjectSchema {
  const kept = secrets.map((name) => [
    name,
    Joi.alternatives(config.extract(String(name)).optional(), Joi.object({ set: Joi.boolean().required() })),
  ]);
  return Joi.object({
    id: Joi.string().pattern(CODE).required(),
    adapter: Joi.string().valid(type).required(),
    name: Joi.string().max(200).required(),
    config: config.keys(Object.fromEntries(kept)).required(),
  });
}

async function known({ store }: HttpParts, call: Call): Promise<Channel> {
  const id = call.name('id');
  const channel = await store.channels.get(id);
  if (!channel) throw new UserError(404, 'channel/unknown', `There is no channel "${id}".`);
  return channel;
}

type ChannelRequest = Pick<Channel, 'id' | 'adapter' | 'name' | 'config'>;

/** The body as a channel, every mistake at once; secrets that were not sent, or sent back as `{ set: true }`, stay as they are. */
function readChannel({ adapters }: HttpParts, body: unknown, before: Channel | undefined): ChannelRequest {
  const types = [...adapters.keys()];
  const envelope = Joi.object({
    id: before ? Joi.string().valid(before.id) : Joi.string().pattern(CODE).required(),
    adapter: before
      ? Joi.string().valid(before.adapter)
      : Joi.string()
          .valid(...types)
          .required(),
    name: Joi.string().max(200).required(),
    config: Joi.object().unknown(true).required(),
    ...(before
      ? {
          demo: Joi.any().strip(),
          webhookUrl: Joi.any().strip(),
          health: Joi.any().strip(),
          createdAt: Joi.any().strip(),
          updatedAt: Joi.any().strip(),
        }
      : {}),
  }).required();
  const foul = findUnsafeJson(body, 'body');
  if (foul) throw new UserError(422, 'channel/invalid', 'The settings of the channel do not fit.', [foul]);
  const { value, error } = validateAll(envelope, body);
  const request = value as Partial<ChannelRequest> | undefined;
  const adapter = adapters.get(before?.adapter ?? request?.adapter ?? '');
  const config = withKeptSecrets(adapter, isObject(request?.config) ? request.config : {}, before);
  // Where there are no settings at all, that is what is said.
  const inConfig = adapter && isObject(request?.config) ? validateAll(adapter.config, config).error : undefined;
  const problems: readonly Problem[] = [
    ...(error ? problemsOfJoi(error, { pointer: '', code: 'channel' }) : []),
    ...(inConfig ? problemsOfJoi(inConfig, { pointer: '/config', code: 'channel' }) : []),
  ];
  if (problems.length > 0 || !request)
    throw new UserError(422, 'channel/invalid', 'The settings of the channel do not fit.', problems.map(withoutValues));
  return { id: before?.id ?? request.id ?? '', adapter: before?.adapter ?? request.adapter ?? '', name: request.name ?? '', config };
}

/** A value may be a secret: what was sent is not repeated. */
function withoutValues(problem: Problem): Problem {
  const { message } = problem;
  const [from, to] = [message.indexOf(" with value '"), message.lastIndexOf("' fails")];
  return from < 0 || to < from ? problem : { ...problem, message: message.slice(0, from) + message.slice(to + 1) };
}

// biome-ignore lint/suspicious/noExplicitAny: an adapter of any config type; only the names of its secrets are read
function withKeptSecrets(adapter: ChannelAdapter<any> | undefined, config: JsonObject, before: Channel | undefined): JsonObject {
  if (!adapter || !before) return config;
  const kept = adapter.secrets.flatMap((name) => {
    const given = config[name];
    const isSentBack = given === undefined || (isObject(given) && given['set'] === true);
    const value = before.config[name];
    return isSentBack && value !== undefined ? [[name, value] as const] : [];
  });
  return { ...config, ...Object.fromEntries(kept) };
}

/** What comes in for an account must have one channel to go to. */
function refuseSameAccount({ channels, adapters }: HttpParts, { id, adapter: type, config }: ChannelRequest): void {
  const adapter = adapters.get(type);
  const account = adapter?.account(adapter.config.validate(config).value);
  const other = channels.all.find((one) => one.channel.id !== id && one.adapter === adapter && one.adapter.account(one.config) === account);
  if (other) throw new UserError(409, 'channel/taken', `The channel "${other.channel.id}" stands for the same account.`);
}

function shown(parts: HttpParts, channel: Channel): object {
  const { health, publicUrl } = parts;
  return {
    ...channel,
    config: withoutSecrets(parts, channel),
    ...(isDemo(channel.id) ? { demo: true } : {}),
    webhookUrl: `${(publicUrl ?? '').replace(/\/$/, '')}/webhooks/${channel.id}`,
    health: health.of(channel.id),
  };
}

function audited(parts: HttpParts, channel: Channel): object {
  const { adapter, name } = channel;
  return { adapter, name, config: withoutSecrets(parts, channel) };
}

/** Of an adapter that is not there any more everything is a secret. */
function withoutSecrets({ adapters }: HttpParts, { adapter, config }: Channel): object {
  const secrets: readonly string[] = adapters.get(adapter)?.secrets ?? Object.keys(config);
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, secrets.includes(key) ? { set: value !== undefined } : value]),
  );
}

function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
