import type { IncomingMessage } from 'node:http';
import type { WebhookRequest } from '../contract/index.js';

/** A request of `node:http`, or of express or restify with the raw bytes in `body` or `rawBody`. */
export type BotRequest = IncomingMessage & { readonly body?: unknown; readonly rawBody?: unknown };

/** Meta's webhooks have up to 3 MB. */
const MAX_BODY = 4_000_000;

/**
 * Returns a webhook with its raw bytes, which the provider has signed; undefined if the body is too large.
 *
 * @throws Error if the body was parsed before, so that the raw bytes are gone.
 */
export async function readDelivery(
  request: BotRequest,
  { channel, at }: Pick<WebhookRequest, 'channel' | 'at'>,
): Promise<WebhookRequest | undefined> {
  const body = keptBytes(request) ?? (await bytesOf(request));
  if (!body || body.length > MAX_BODY) return undefined;
  const url = request.url ?? '';
  const queryAt = url.indexOf('?');
  return {
    channel,
    method: request.method ?? '',
    query: queryAt < 0 ? {} : Object.fromEntries(new URLSearchParams(url.slice(queryAt + 1))),
    headers: request.headers as WebhookRequest['headers'],
    body,
    at,
  };
}

function keptBytes({ rawBody, body }: BotRequest): Buffer | undefined {
  const kept = [rawBody, body].find((one) => Buffer.isBuffer(one) || typeof one === 'string');
  return typeof kept === 'string' ? Buffer.from(kept) : (kept as Buffer | undefined);
}

function bytesOf(request: BotRequest): Promise<Buffer | undefined> {
  // The signature does not match JSON that was parsed and written again: every webhook would be answered with 401.
  if (request.readableEnded)
    return Promise.reject(
      new Error(
        'the raw bytes of the webhook are gone: handle it before express.json(), or use express.raw({ type: () => true }) for its route',
      ),
    );
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= MAX_BODY) parts.push(part);
      else resolve(undefined);
    });
    request.on('end', () => resolve(Buffer.concat(parts)));
    request.on('error', reject);
    request.on('aborted', () => reject(new Error('the provider closed the connection')));
  });
}
