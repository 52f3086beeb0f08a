import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ProviderRequest } from '../../contract/index.js';

/** A request with its whole body, and the response to it. */
export interface Exchange {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly raw: string;
}

/** Returns the request as an adapter has made it. */
export function requestIn({ incoming: { url = '', headers }, raw }: Exchange): ProviderRequest {
  const texts = Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
  return { method: 'POST', url, headers: Object.fromEntries(texts), body: raw };
}

/** An HTTP server that is running. */
export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts an HTTP server on 127.0.0.1. Port 0 takes a free one. */
export async function listen(port: number, take: (exchange: Exchange) => void): Promise<Listening> {
  const server = createServer((incoming, response) => {
    let raw = '';
    incoming.setEncoding('utf8');
    incoming.on('data', (part: string) => {
      raw += part;
    });
    incoming.on('end', () => take({ incoming, response, raw }));
  });
  await new Promise<void>((ready, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', ready);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/**
 * Answers a request. The content type is JSON by default.
 *
 * @example answer(exchange, 404, '{"error":"unknown"}');
 */
export function answer({ response }: Exchange, status: number, body: string, contentType = 'application/json'): void {
  response.writeHead(status, { 'content-type': contentType });
  response.end(body);
}

/** Sends the headers and half of the body, then closes the connection. */
export function breakOff({ response }: Exchange, body: string): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.write(body.slice(0, body.length / 2), () => response.socket?.end());
}
