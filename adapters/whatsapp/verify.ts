import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WebhookReply, WebhookRequest } from '../../src/contract/index.js';
import type { WhatsAppConfig } from './config.js';

/**
 * `X-Hub-Signature-256: sha256=<hex>`: HMAC-SHA256 of the raw bytes with the app secret.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/create-webhook-endpoint
 */
export function verify({ headers, body }: WebhookRequest, { appSecret }: WhatsAppConfig): boolean {
  const given = headers['x-hub-signature-256'];
  if (given?.length !== 71 || !given.startsWith('sha256=')) return false;
  const wanted = Buffer.from(createHmac('sha256', appSecret).update(body).digest('hex'));
  const got = Buffer.from(given.slice(7));
  return got.length === wanted.length && timingSafeEqual(got, wanted);
}

/** Meta asks once whether the address is ours: the challenge goes back as plain text, so that it can never be read as HTML. */
export function handshake({ query }: WebhookRequest, { verifyToken }: WhatsAppConfig): WebhookReply {
  const isRight = query['hub.mode'] === 'subscribe' && isSame(query['hub.verify_token'] ?? '', verifyToken);
  if (!isRight) return { status: 403, contentType: 'text/plain', body: 'the verify token is not ours' };
  return { status: 200, contentType: 'text/plain', body: (query['hub.challenge'] ?? '').slice(0, 256) };
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
