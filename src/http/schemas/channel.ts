import Joi from 'joi';
import { named } from './named.js';

const error = Joi.object({ at: Joi.string(), kind: Joi.string(), code: Joi.string(), message: Joi.string() }).unknown(true);

export const CHANNEL = named(
  'Channel',
  'An account at a provider. A secret is shown as { "set": true }.',
  {
    id: Joi.string().required(),
    adapter: Joi.string().required(),
    name: Joi.string().required(),
    platform: Joi.string().valid('whatsapp', 'viber').description('Absent if the adapter is missing.'),
    config: Joi.object().unknown(true).description('The settings. Only admins see them.'),
    flows: Joi.array().items(Joi.string()).required().description('The flows that are ONLINE on it, by code.'),
    demo: Joi.boolean().valid(true).description('An emulated account of the demo. It takes webhooks of its own emulator only.'),
    webhookUrl: Joi.string().uri().required().description('The webhook address to configure at the provider.'),
    health: Joi.object({ lastDeliveryAt: Joi.string(), lastSentAt: Joi.string(), lastError: error })
      .unknown(true)
      .required()
      .description('The last delivery, the last send and the last error of this host since it started.'),
    createdAt: Joi.string().isoDate().required(),
    updatedAt: Joi.string().isoDate().required(),
  },
  {
    id: 'wa-main',
    adapter: 'whatsapp',
    name: 'Main number',
    platform: 'whatsapp',
    flows: ['welcome'],
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
