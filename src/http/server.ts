import { createServer as createHttpServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import helmet from 'helmet';
import { createHealth } from './health.js';
import { createMediaDoor } from './media-route.js';
import type { HttpParts } from './parts.js';
import { answerProblem, problemDetails } from './problem-answer.js';
import { answerWebhook, WEBHOOKS } from './webhook-route.js';

export interface Server {
  listen(port: number, host: string): Promise<{ readonly url: string }>;
  /** Accepts no new calls; resolves when the calls under way are answered. */
  close(): Promise<void>;
}

/** How much time a client has, in milliseconds. https://nodejs.org/docs/latest-v20.x/api/http.html#serverrequesttimeout */
export interface Patience {
  /** From the connection, or from the previous answer, to the last header. */
  readonly headers: number;
  /** From there to the last byte of the body, however often a byte arrives in between. */
  readonly request: number;
  /** How often node checks for clients whose time is up. Its default is 30 s. */
  readonly look: number;
}
const PATIENCE: Patience = { headers: 15_000, request: 30_000, look: 2_000 };

export interface ServerOptions {
  readonly patience?: Patience | undefined;
  /** Loads the API. */
  readonly loadApi?: LoadApi;
}
type LoadApi = (parts: HttpParts) => Promise<RequestListener>;

/**
 * Serves webhooks, health checks and files of people on plain `node:http`. The first other call loads the API, with express, its schemas and its documents:
 * that takes a third of a second and 30 MB, which a host does not need for messages.
 */
export function createServer(given: HttpParts, { patience = PATIENCE, loadApi = importApi }: ServerOptions = {}): Server {
  let listeningOn = '';
  const parts: HttpParts = {
    ...given,
    get publicUrl() {
      return given.publicUrl ?? listeningOn;
    },
  };
  const guard = helmet();
  const answerHealth = createHealth(parts);
  const answerMedia = createMediaDoor(parts);
  const answerCall = apiOnDemand(parts, loadApi);
  const { headers, request, look } = patience;
  const times = { requestTimeout: request, headersTimeout: headers, connectionsCheckingInterval: look };
  const server = createHttpServer(times, (incoming, response) => {
    if (incoming.url?.startsWith(WEBHOOKS)) void answerSafely(parts, incoming, response);
    else
      guard(incoming, response, () => {
        if (!answerHealth(incoming, response) && !answerMedia(incoming, response)) answerCall(incoming, response);
      });
  });

  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          const address = server.address() as AddressInfo;
          listeningOn = `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
          resolve({ url: listeningOn });
        });
      }),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeIdleConnections();
        // A client that keeps its connection open must not hold up the stop.
        setTimeout(() => server.closeAllConnections(), 2_000).unref();
      }),
  };
}

async function answerSafely(parts: HttpParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await answerWebhook(parts, request, response);
  } catch (error) {
    // If the client hung up in the middle of its body there is nothing to log, and it may happen often.
    if (request.complete) parts.log.error({ stack: stackOf(error) }, 'a webhook call failed');
    if (!response.headersSent) response.writeHead(500);
    response.end();
  }
}

async function importApi(parts: HttpParts): Promise<RequestListener> {
  const [{ createApi }] = await Promise.all([import('./api.js'), parts.loadNodeTypes()]);
  return createApi(parts);
}

/** Loads the API for the first call. If that fails, it is an error of the call, and the next call loads it again. */
function apiOnDemand(parts: HttpParts, load: LoadApi): RequestListener {
  let api: RequestListener | undefined;
  let loading: Promise<RequestListener> | undefined;
  const answerFirst: RequestListener = async (request, response) => {
    try {
      loading ??= load(parts);
      api = await loading;
    } catch (error) {
      loading = undefined;
      const problem = problemDetails({ refused: 'http/bug' });
      parts.log.error({ id: problem.id, stack: stackOf(error) }, 'the API could not be loaded');
      answerProblem(response, problem);
      return;
    }
    api(request, response);
  };
  return (request, response) => (api ?? answerFirst)(request, response);
}

function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack : String(error);
}
