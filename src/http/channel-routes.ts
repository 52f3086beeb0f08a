import { Router } from 'express';
import Joi from 'joi';
import { type Channel, type ChannelAdapter, type Json, type JsonObject, type Problem, UserError } from '../contract/index.js';
import { CODE } from '../flow/envelope.js';
import { problemsOfJoi } from '../flow/problems-of-joi.js';
import type { HttpParts } from './parts.js';
import { afterOf, answerShownPage, nameIn, PAGE, type Page, queryOf, route } from './requests.js';

/** Channels: secrets are written, never read back. */
export function channelRoutes(parts: HttpParts): Router {
  const { store, clock } = parts;
  const router = Router();

  router.post(
    '/channels',
    route(async (request, response) => {
      const wish = readChannel(parts, request.body, undefined);
      refuseSameAccount(parts, wish);
      const at = clock.now();
      const channel: Channel = { ...wish, createdAt: at, updatedAt: at };
      if ((await store.channels.create(channel)) === 'taken') throw new UserError(409, 'channel/taken', `The id "${channel.id}" is taken.`);
      await parts.channels.refresh();
      response.status(201).json(shown(parts, channel));
    }),
  );

  router.get(
    '/channels',
    route(async (request, response) => {
      const page = queryOf<Page>(request, PAGE);
      const found = await store.channels.list({ ...afterOf(page), limit: page.limit + 1 });
      answerShownPage(response, { found, limit: page.limit, key: ({ id }) => id, show: (channel) => shown(parts, channel) });
    }),
  );

  router.get(
    '/channels/:id',
    route(async (request, response) => {
      response.json(shown(parts, await known(parts, nameIn(request, 'id'))));
    }),
  );

  router.put(
    '/channels/:id',
    route(async (request, response) => {
      const before = await known(parts, nameIn(request, 'id'));
      const wish = readChannel(parts, request.body, before);
      refuseSameAccount(parts, wish);
      const channel: Channel = { ...wish, createdAt: before.createdAt, updatedAt: clock.now() };
      await store.channels.update(channel);
      await parts.channels.refresh();
      response.json(shown(parts, channel));
    }),
  );

  router.delete(
    '/channels/:id',
    route(async (request, response) => {
      const { id } = await known(parts, nameIn(request, 'id'));
      const user = parts.programs.snapshot().onlineFlows.find(({ channels }) => channels.includes(id));
      if (user) throw new UserError(409, 'channel/in-use', `The flow "${user.code}" is ONLINE on this channel; take it offline first.`);
      await store.channels.remove(id);
      await parts.channels.refresh();
      response.status(204).end();
    }),
  );

  return router;
}

async function known({ store }: HttpParts, id: string): Promise<Channel> {
  const channel = await store.channels.get(id);
  if (!channel) throw new UserError(404, 'channel/unknown', `There is no channel "${id}".`);
  return channel;
}

type Wish = Pick<Channel, 'id' | 'adapter' | 'name' | 'config'>;

/** The body as a channel, every mistake at once; secrets that were not sent, or sent back as `{ set: true }`, stay as they are. */
function readChannel({ adapters }: HttpParts, body: unknown, before: Channel | undefined): Wish {
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
      ? { webhookUrl: Joi.any().strip(), health: Joi.any().strip(), createdAt: Joi.any().strip(), updatedAt: Joi.any().strip() }
      : {}),
  }).required();
  const { value, error } = envelope.validate(body, { abortEarly: false, convert: false });
  const wish = value as Partial<Wish> | undefined;
  const adapter = adapters.get(before?.adapter ?? wish?.adapter ?? '');
  const config = withKeptSecrets(adapter, isObject(wish?.config) ? wish.config : {}, before);
  const inConfig = adapter?.config.validate(config, { abortEarly: false, convert: false }).error;
  const problems: readonly Problem[] = [
    ...(error ? problemsOfJoi(error, { pointer: '', code: 'channel' }) : []),
    ...(inConfig ? problemsOfJoi(inConfig, { pointer: '/config', code: 'channel' }) : []),
  ];
  if (problems.length > 0 || !wish)
    throw new UserError(422, 'channel/invalid', 'The settings of the channel do not fit.', problems.map(withoutValues));
  return { id: before?.id ?? wish.id ?? '', adapter: before?.adapter ?? wish.adapter ?? '', name: wish.name ?? '', config };
}

/** A value may be a secret: what was sent is not repeated. */
function withoutValues(problem: Problem): Problem {
  return { ...problem, message: problem.message.replace(/ with value '.*' fails/s, ' fails') };
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
function refuseSameAccount({ channels, adapters }: HttpParts, { id, adapter: type, config }: Wish): void {
  const adapter = adapters.get(type);
  const account = adapter?.account(adapter.config.validate(config).value);
  const other = channels.all.find((one) => one.channel.id !== id && one.adapter === adapter && one.adapter.account(one.config) === account);
  if (other) throw new UserError(409, 'channel/taken', `The channel "${other.channel.id}" stands for the same account.`);
}

function shown({ adapters, health, publicUrl }: HttpParts, channel: Channel): object {
  const secrets: readonly string[] = adapters.get(channel.adapter)?.secrets ?? Object.keys(channel.config);
  const config = Object.fromEntries(
    Object.entries(channel.config).map(([key, value]) => [key, secrets.includes(key) ? { set: value !== undefined } : value]),
  );
  return {
    ...channel,
    config,
    webhookUrl: `${(publicUrl ?? '').replace(/\/$/, '')}/webhooks/${channel.id}`,
    health: health.of(channel.id),
  };
}

function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
