import type { ProviderReply, SendError } from './channel-adapter.js';

/** How a provider answers in which nothing of its own is found. */
export interface Wordless {
  /** `Meta's`: for the operator's words. */
  readonly whose: string;
  /** Statuses by which this provider refuses the settings of a channel. */
  readonly refusing: readonly number[];
}

/**
 * What an answer means that holds no word of the provider's, for `read` of adapters. A page of some proxy with 4xx proves that the message
 * never came there; another 4xx may pass; after 2xx or 5xx nobody knows how far it came.
 */
export function readWordless(reply: ProviderReply, { whose, refusing }: Wordless): SendError {
  if ('failed' in reply) {
    const isLost = reply.failed === 'lost';
    const code = isLost ? 'send/answer-lost' : 'send/unreachable';
    return { ok: false, kind: isLost ? 'unknown' : 'unreachable', code, message: reply.detail };
  }
  const { status } = reply;
  const error = { ok: false, code: `http-${status}`, message: `HTTP ${status} without an answer of ${whose}` } as const;
  if (status >= 500 || status < 300) return { ...error, kind: 'unknown' };
  if (status === 429) return { ...error, kind: 'throttled' };
  if (isPage(reply)) return { ...error, kind: 'unreachable' };
  if (refusing.includes(status)) return { ...error, kind: 'config' };
  return { ...error, kind: 'rejected', mayPass: true };
}

function isPage({ headers, body }: Exclude<ProviderReply, { failed: string }>): boolean {
  return /\bhtml\b/i.test(headers['content-type'] ?? '') || body.trimStart().startsWith('<');
}
