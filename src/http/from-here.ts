import type { IncomingMessage } from 'node:http';

/** Headers that proxies and tunnels add to what they forward. */
const FORWARDING = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'cf-connecting-ip'] as const;

/** Returns whether a request was made on this machine, and not forwarded by a proxy or a tunnel that runs on it. */
export function isFromHere({
  socket: { remoteAddress = '', localAddress },
  headers,
}: {
  readonly socket: { readonly remoteAddress?: string | undefined; readonly localAddress?: string | undefined };
  readonly headers: IncomingMessage['headers'];
}): boolean {
  if (FORWARDING.some((name) => headers[name] !== undefined)) return false;
  return /^(::ffff:)?127\.|^::1$/.test(remoteAddress) || (remoteAddress !== '' && remoteAddress === localAddress);
}
