import Joi from 'joi';
import { named } from './named.js';

const error = Joi.object({ at: Joi.string(), kind: Joi.string(), code: Joi.string(), message: Joi.string() }).unknown(true);

export const CHANNEL = named(
  'Channel',
  'A configured account of a provider. Secrets are shown as { "set": true }.',
  {
    id: Joi.string().required(),
    adapter: Joi.string().required(),
    name: Joi.string().required(),
    config: Joi.object().unknown(true).required(),
    demo: Joi.boolean().valid(true).description('An emulated account, for trying out: its webhooks are taken only from its own emulator.'),
    webhookUrl: Joi.string().uri().required().description('What the provider is to be given.'),
    health: Joi.object({ lastDeliveryAt: Joi.string(), lastSentAt: Joi.string(), lastError: error })
      .unknown(true)
      .required()
      .description('The last delivery in, the last send, the last error; of this host, since it started.'),
    createdAt: Joi.string().isoDate().required(),
    updatedAt: Joi.string().isoDate().required(),
  },
  {
    id: 'wa-main',
    adapter: 'whatsapp',
    name: 'Main number',
    config: {
      phoneNumberId: '106540352242922',
      accessToken: { set: true },
      appSecret: { set: true },
      verifyToken: { set: true },
    },
    webhookUrl: 'https://parley.example/webhooks/wa-main',
    health: {},
    createdAt: '2026-11-24T09:30:00.000Z',
    updatedAt: '2026-11-24T09:30:00.000Z',
  },
);
