import type { IncomingMessage } from 'node:http';

/** Headers by which proxies and tunnels tell that they hand something on. */
const HANDED_ON = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'cf-connecting-ip'] as const;

/** Whether a request was made on this machine, and not handed on by a proxy or a tunnel that runs on it. */
export function isFromHere({
  socket: { remoteAddress = '', localAddress },
  headers,
}: {
  readonly socket: { readonly remoteAddress?: string | undefined; readonly localAddress?: string | undefined };
  readonly headers: IncomingMessage['headers'];
}): boolean {
  if (HANDED_ON.some((name) => headers[name] !== undefined)) return false;
  return /^(::ffff:)?127\.|^::1$/.test(remoteAddress) || (remoteAddress !== '' && remoteAddress === localAddress);
}
