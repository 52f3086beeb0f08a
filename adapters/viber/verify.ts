import { isHmacOf } from '../../src/adapter-kit/index.js';
import type { WebhookRequest } from '../../src/contract/index.js';
import type { ViberConfig } from './config.js';

/**
 * Returns true if the bot's token signed the callback: `X-Viber-Content-Signature: <HMAC-SHA256 of the raw bytes, in hex>`. Older bots
 * get the signature as `?sig=`.
 * https://developers.viber.com/docs/api/rest-bot-api/#callbacks
 */
export function verify({ headers, query, body }: WebhookRequest, { authToken }: ViberConfig): boolean {
  return isHmacOf({ secret: authToken, body }, headers['x-viber-content-signature'] ?? query['sig']);
}
