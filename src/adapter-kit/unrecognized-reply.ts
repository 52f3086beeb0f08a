import type { ProviderReply, SendError } from '../contract/index.js';

/** A provider, as far as its replies can be told apart from those of others. */
export interface ReplyingProvider {
  /** The name that the operator reads: `Meta`. */
  readonly provider: string;
  /** HTTP statuses by which the provider refuses the settings of a channel, with or without a body. */
  readonly configStatuses: readonly number[];
}

/**
 * Returns what a reply means in which nothing of the provider's own format was found: no reply at all, or the page of a proxy. An HTML
 * page with a 4xx status proves that the message never reached the provider. Any other 4xx reply is rejected, but may be retried. After a
 * 2xx or 5xx status nobody knows whether the message was taken.
 *
 * @example
 * export function read(reply: ProviderReply): SendReceipt | SendError {
 *   const body = 'failed' in reply ? undefined : readJson(reply.body);
 *   const id = readId(member(body, 'id'));
 *   if (id !== undefined) return { ok: true, providerIds: [id] };
 *   return readUnrecognizedReply(reply, { provider: 'Acme', configStatuses: [401] });
 * }
 */
export function readUnrecognizedReply(reply: ProviderReply, { provider, configStatuses }: ReplyingProvider): SendError {
  if ('failed' in reply) {
    const isLost = reply.failed === 'lost';
    const code = isLost ? 'send/answer-lost' : 'send/unreachable';
    return { ok: false, kind: isLost ? 'unknown' : 'unreachable', code, message: reply.detail };
  }
  const { status } = reply;
  const error = { ok: false, code: `http-${status}`, message: `HTTP ${status} without an answer from ${provider}` } as const;
  if (status >= 500 || status < 300) return { ...error, kind: 'unknown' };
  if (status === 429) return { ...error, kind: 'throttled' };
  if (isPage(reply)) return { ...error, kind: 'unreachable' };
  if (configStatuses.includes(status)) return { ...error, kind: 'config' };
  return { ...error, kind: 'rejected', retryable: true };
}

function isPage({ headers, body }: Exclude<ProviderReply, { failed: string }>): boolean {
  return /\bhtml\b/i.test(headers['content-type'] ?? '') || body.trimStart().startsWith('<');
}
