import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '../contract/index.js';
import { isObject, readObjects, readText } from '../contract/json/json-members.js';

/** A server that speaks the protocol of OpenAI's chat completions, and answers what a test wants. It listens on 127.0.0.1 only. */
export interface ModelServer {
  /** For `model.baseUrl`: `http://127.0.0.1:40123/v1`. */
  readonly baseUrl: string;
  /** For OUTBOUND_ALLOW: `127.0.0.1:40123`. */
  readonly allow: string;
  /** What was asked, oldest first. */
  readonly requests: readonly ModelRequest[];
  /** Answers all further requests in this way. */
  answer(by: ModelScript): void;
  /** Closes the server and all connections. */
  close(): Promise<void>;
}

/** A request as the server got it. */
export interface ModelRequest {
  readonly path: string;
  /** Names in lower case. */
  readonly headers: IncomingMessage['headers'];
  readonly body: JsonObject;
  /** The text of the last message with the role `user`. */
  readonly said: string;
}

/** Returns how the server answers a request. `n` counts the requests from 1. A text is answered as it is. */
export type ModelScript = (request: ModelRequest, n: number) => ModelAnswer | string;

/** How the server answers. By default it streams `text` in pieces, with the usage at the end. */
export interface ModelAnswer {
  readonly text?: string;
  /** How many characters are in one piece; 8 by default. */
  readonly piece?: number;
  /** By default `stop`. */
  readonly finish?: string;
  /** Where the server stops sending, without closing the connection: before the head, before the first piece, or in the middle. */
  readonly stalls?: 'head' | 'first' | 'middle';
  /** Sends comments while it stalls, as proxies do to keep a connection open. */
  readonly isKeptOpen?: true;
  /** Closes the connection in the middle of the answer. */
  readonly breaksOff?: true;
  /** Ends the answer in the middle, as if it were complete. */
  readonly endsEarly?: true;
  /** Answers with one JSON object, although it was asked to stream. */
  readonly isWhole?: true;
  /** Leaves the connection open after the whole answer. */
  readonly staysOpen?: true;
  /** Leaves out the usage. */
  readonly noUsage?: true;
  /** Sent as it is instead of an answer, with this status; 500 by default. */
  readonly raw?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Starts a model server for tests on a free port.
 *
 * @param script how it answers; by default it repeats what was said.
 * @example
 * const model = await startModelServer(({ said }) => (said === 'hi' ? 'Hello!' : { stalls: 'middle' }));
 * // … { "model": { "baseUrl": model.baseUrl, "name": "test" } }
 * await model.close();
 */
export async function startModelServer(script: ModelScript = ({ said }) => `You said: ${said}`): Promise<ModelServer> {
  const requests: ModelRequest[] = [];
  let current = script;
  const server = createServer((request, response) => {
    void take(request).then(async (asked) => {
      requests.push(asked);
      const answer = current(asked, requests.length);
      await send(typeof answer === 'string' ? { text: answer } : answer, { asked, response });
    });
  });
  const port = await listen(server);
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    allow: `127.0.0.1:${port}`,
    requests,
    answer(by) {
      current = by;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function take(request: IncomingMessage): Promise<ModelRequest> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  const read: unknown = JSON.parse(text === '' ? '{}' : text);
  const body = isObject(read) ? read : {};
  const last = readObjects(body['messages']).findLast(({ role }) => role === 'user');
  return { path: request.url ?? '', headers: request.headers, body, said: readText(last?.['content']) ?? '' };
}

interface Exchange {
  readonly asked: ModelRequest;
  readonly response: ServerResponse;
}

async function send(answer: ModelAnswer, exchange: Exchange): Promise<void> {
  const { response, asked } = exchange;
  const { raw, status = raw === undefined ? 200 : 500, headers = {} } = answer;
  if (answer.stalls === 'head') return;
  if (raw !== undefined || status >= 400) {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(raw ?? '{"error":{"message":"no"}}');
    return;
  }
  if (answer.isWhole || asked.body['stream'] !== true) {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(wholeOf(answer, asked)));
    return;
  }
  response.writeHead(status, { 'content-type': 'text/event-stream', ...headers });
  response.flushHeaders();
  await streamed(answer, exchange);
}

/** Writes the events of an answer. A slow reader slows it down. */
async function streamed(answer: ModelAnswer, { asked, response }: Exchange): Promise<void> {
  const events = eventsOf(answer, asked);
  const middle = Math.ceil(events.length / 2);
  const cut = answer.stalls === 'first' ? 0 : answer.stalls || answer.breaksOff || answer.endsEarly ? middle : events.length;
  for (const event of events.slice(0, cut)) {
    if (!response.write(event)) await drained(response);
    if (response.destroyed) return;
  }
  if (answer.breaksOff) response.socket?.destroy();
  else if (!answer.stalls && !answer.staysOpen) response.end();
  else if (answer.isKeptOpen) keepOpen(response);
}

/** Waits until the reader has taken what was written, or is gone. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((done) => {
    const end = (): void => {
      response.off('drain', end).off('close', end);
      done();
    };
    response.on('drain', end).on('close', end);
  });
}

function keepOpen(response: ServerResponse): void {
  const timer = setInterval(() => response.write(': still here\n\n'), 5);
  response.on('close', () => clearInterval(timer));
}

function eventsOf(answer: ModelAnswer, asked: ModelRequest): readonly string[] {
  const { text = '', piece = 8, finish = 'stop', noUsage } = answer;
  const pieces = Array.from({ length: Math.ceil(text.length / piece) }, (_, i) => text.slice(i * piece, (i + 1) * piece));
  const chunk = (choices: readonly object[], more: object = {}): string =>
    `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', model: asked.body['model'], choices, ...more })}\n\n`;
  const choice = (delta: object, finish_reason: string | null = null): string => chunk([{ index: 0, delta, finish_reason }]);
  return [
    choice({ role: 'assistant', content: '' }),
    ...pieces.map((content) => choice({ content })),
    choice({}, finish),
    ...(noUsage || !isObject(asked.body['stream_options']) ? [] : [chunk([], { usage: usageOf(answer, asked) })]),
    'data: [DONE]\n\n',
  ];
}

function wholeOf(answer: ModelAnswer, asked: ModelRequest): object {
  const { text = '', finish = 'stop', noUsage } = answer;
  return {
    id: 'c1',
    object: 'chat.completion',
    model: asked.body['model'],
    choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: finish }],
    ...(noUsage ? {} : { usage: usageOf(answer, asked) }),
  };
}

/** Counts a token for each four characters of what was asked and answered. */
function usageOf({ text = '' }: ModelAnswer, { body }: ModelRequest): object {
  const asked = readObjects(body['messages']).map(({ content }) => readText(content) ?? '');
  const [prompt_tokens, completion_tokens] = [tokensOf(asked.join('')), tokensOf(text)];
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}

function tokensOf(text: string): number {
  return Math.ceil(text.length / 4);
}
