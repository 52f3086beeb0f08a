import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WebhookRequest } from '../../src/contract/index.js';
import type { ViberConfig } from './config.js';

/**
 * `X-Viber-Content-Signature: <hex>`, without a prefix: HMAC-SHA256 of the raw bytes with the bot's token. Older bots get it as `?sig=`.
 * https://developers.viber.com/docs/api/rest-bot-api/#callbacks
 */
export function verify({ headers, query, body }: WebhookRequest, { authToken }: ViberConfig): boolean {
  const given = headers['x-viber-content-signature'] ?? query['sig'];
  if (given?.length !== 64) return false;
  const wanted = Buffer.from(createHmac('sha256', authToken).update(body).digest('hex'));
  const got = Buffer.from(given);
  return got.length === wanted.length && timingSafeEqual(got, wanted);
}
