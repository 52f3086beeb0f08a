import { isHmacOf, isSameSecret } from '../../src/adapter-kit/index.js';
import type { WebhookReply, WebhookRequest } from '../../src/contract/index.js';
import type { WhatsAppConfig } from './config.js';

const PREFIX = 'sha256=';

/**
 * Returns true if the app secret signed the webhook: `X-Hub-Signature-256: sha256=<HMAC-SHA256 of the raw bytes, in hex>`.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/create-webhook-endpoint
 */
export function verify({ headers, body }: WebhookRequest, { appSecret }: WhatsAppConfig): boolean {
  const signature = headers['x-hub-signature-256'] ?? '';
  return signature.startsWith(PREFIX) && isHmacOf({ secret: appSecret, body }, signature.slice(PREFIX.length));
}

/**
 * Answers Meta's check of the webhook address with the challenge. It goes back as plain text, so that no browser reads it as HTML.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/create-webhook-endpoint
 */
export function handshake({ query }: WebhookRequest, { verifyToken }: WhatsAppConfig): WebhookReply {
  const isVerified = query['hub.mode'] === 'subscribe' && isSameSecret(query['hub.verify_token'] ?? '', verifyToken);
  if (!isVerified) return { status: 403, contentType: 'text/plain', body: 'the verify token does not match' };
  return { status: 200, contentType: 'text/plain', body: (query['hub.challenge'] ?? '').slice(0, 256) };
}
