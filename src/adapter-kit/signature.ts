import { createHmac, timingSafeEqual } from 'node:crypto';

/** The bytes that were signed, and the secret that they were signed with. */
export interface Signed {
  readonly secret: string;
  readonly body: Buffer | string;
}

/**
 * Returns the HMAC-SHA256 of the body, in lower-case hex.
 *
 * @example const headers = { 'x-acme-signature': hmacOf({ secret: token, body }) };
 */
export function hmacOf({ secret, body }: Signed): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}

/**
 * Returns true if the signature is the HMAC-SHA256 of the body in lower-case hex. Takes the same time for every wrong signature of the
 * right length. Never throws.
 *
 * @example
 * export function verify({ headers, body }: WebhookRequest, { token }: Config): boolean {
 *   return isHmacOf({ secret: token, body }, headers['x-acme-signature']);
 * }
 */
export function isHmacOf(signed: Signed, signature: string | undefined): boolean {
  return signature !== undefined && isSameSecret(signature, hmacOf(signed));
}

/**
 * Returns true if two strings are equal. Takes the same time wherever they differ, so that a secret cannot be guessed bit by bit.
 *
 * @example isSameSecret(query['token'] ?? '', config.verifyToken)
 */
export function isSameSecret(given: string, secret: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(secret)];
  return left.length === right.length && timingSafeEqual(left, right);
}
