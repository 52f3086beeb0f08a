import Joi from 'joi';
import type { ChannelAdapter } from '../../contract/index.js';
import { CODE } from '../../flow/envelope.js';
import { type ChannelParts, changeChannel, createChannel, deleteChannel, listChannels, readChannel } from '../../manage/channels.js';
import { type ListQuery, listQuery, pageAnswer, readList } from '../requests.js';
import { answerOf, defineRoute, type Route } from '../route.js';
import { CHANNEL } from '../schemas/channel.js';
import { listOf } from '../schemas/named.js';

/** Channels. Secrets can be written, but never read. */
export function channelRoutes(parts: ChannelParts): readonly Route[] {
  const about = { tag: 'Channels', role: 'admin' } as const;
  const written = Joi.alternatives(...[...parts.adapters.values()].map(settingsOf));
  return [
    defineRoute({
      ...about,
      method: 'post',
      path: '/channels',
      summary: 'Create a channel',
      body: written,
      checksBody: true,
      example: EXAMPLE,
      answers: { 201: CHANNEL },
      refuses: ['channel/taken', 'channel/invalid'],
      action: 'channel.create',
      handle: async ({ caller, body }) => answerOf(await createChannel(parts, caller, { channel: body })),
    }),
    defineRoute<unknown, ListQuery>({
      ...about,
      method: 'get',
      path: '/channels',
      role: 'viewer',
      summary: 'List channels',
      query: listQuery(),
      answers: { 200: listOf(CHANNEL) },
      handle: async ({ caller, query }) => pageAnswer(await listChannels(parts, caller, readList(query))),
    }),
    defineRoute({
      ...about,
      method: 'get',
      path: '/channels/{id}',
      role: 'viewer',
      summary: 'Read a channel',
      answers: { 200: CHANNEL },
      refuses: ['channel/unknown'],
      handle: async ({ caller, name }) => answerOf(await readChannel(parts, caller, { id: name('id') })),
    }),
    defineRoute({
      ...about,
      method: 'put',
      path: '/channels/{id}',
      summary: 'Change a channel',
      description: 'Secrets that are left out, or sent back as { "set": true }, keep their values.',
      body: written,
      checksBody: true,
      example: EXAMPLE,
      answers: { 200: CHANNEL },
      refuses: ['channel/unknown', 'channel/taken', 'channel/invalid'],
      action: 'channel.change',
      handle: async ({ caller, name, body }) => answerOf(await changeChannel(parts, caller, { id: name('id'), channel: body })),
    }),
    defineRoute({
      ...about,
      method: 'delete',
      path: '/channels/{id}',
      summary: 'Delete a channel on which no flow is ONLINE',
      answers: { 204: undefined },
      refuses: ['channel/unknown', 'channel/in-use'],
      action: 'channel.delete',
      handle: async ({ caller, name }) => answerOf(await deleteChannel(parts, caller, { id: name('id') })),
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

/** Declares how a channel of an adapter is written. A secret may also be sent back as it is shown. */
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
