import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CallAnswer } from './calls.js';

/** One request with its whole body. */
export interface Request {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly raw: string;
}

/** Listens on localhost; port 0 takes a free one. */
export async function listen(port: number, take: (request: Request) => void): Promise<{ readonly server: Server; readonly url: string }> {
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
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export function answer({ response }: Request, status: number, body: string, contentType = 'application/json'): void {
  response.writeHead(status, { 'content-type': contentType });
  response.end(body);
}

/** The head and the beginning of the body come; then the connection ends. */
export function breakOff({ response }: Request): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
  response.write('{"status":', () => response.socket?.end());
}

/** As Viber answers: HTTP 200 to errors too, and the token as a number of 64 bits, which `JSON.stringify` cannot write. */
export function tell(request: Request, told: CallAnswer, http = 200): void {
  const { status } = told;
  const [status_message, more] = 'reason' in told ? [told.reason, {}] : ['ok', told.more];
  const token = 'token' in told && told.token !== undefined ? `"message_token":${told.token},` : '';
  const rest = JSON.stringify({ status_message, chat_hostname: 'SN-CHAT-05_', ...more }).slice(1);
  answer(request, http, `{"status":${status},${token}${rest}`);
}
