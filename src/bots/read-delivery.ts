import type { IncomingMessage } from 'node:http';
import type { WebhookRequest } from '../contract/index.js';

/** A request of `node:http`, or of express or restify with the raw bytes kept in `body` or `rawBody`. */
export type BotRequest = IncomingMessage & { readonly body?: unknown; readonly rawBody?: unknown };

/** Meta's bodies have up to 3 MB. */
const LARGEST = 4_000_000;

/** A webhook's delivery with its raw bytes, over which the signature goes; undefined when there are too many of them. */
export async function readDelivery(
  request: BotRequest,
  { channel, at }: Pick<WebhookRequest, 'channel' | 'at'>,
): Promise<WebhookRequest | undefined> {
  const body = keptBytes(request) ?? (await bytesOf(request));
  if (!body || body.length > LARGEST) return undefined;
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
  // A signature over JSON written anew never matches, so a 401 would be answered for ever and nobody would know why.
  if (request.readableEnded)
    return Promise.reject(
      new Error(
        'the raw bytes of the webhook are gone: put the adapter in front of express.json(), or express.raw({ type: () => true }) before it',
      ),
    );
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= LARGEST) parts.push(part);
      else resolve(undefined);
    });
    request.on('end', () => resolve(Buffer.concat(parts)));
    request.on('error', reject);
    request.on('aborted', () => reject(new Error('the provider went away')));
  });
}
