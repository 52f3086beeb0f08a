import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { flowSchema } from '../flow/schema/flow-schema.js';
import type { Degradation } from '../published/find-degraded.js';
import { allow, authenticate } from './authorize.js';
import { docsPage } from './docs-page.js';
import { answerProblem, errorAnswers, problemDetails } from './error-answers.js';
import { createGuesses } from './guesses.js';
import { meterCalls, metricsRoute } from './metrics-route.js';
import { mountRoutes } from './mount-routes.js';
import { openApiDocument } from './openapi.js';
import type { HttpParts } from './parts.js';
import { handler } from './requests.js';
import { apiRoutes } from './routes/api-routes.js';
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

/** How long the result of a check of the store is used, in milliseconds. */
const CHECK_LASTS = 1_000;

/** Serves the webhooks on plain `node:http`, and everything else, the API above all, by express. */
export function createServer(given: HttpParts, { headers, request, look }: Patience = PATIENCE): Server {
  let listeningOn = '';
  const parts: HttpParts = {
    ...given,
    get publicUrl() {
      return given.publicUrl ?? listeningOn;
    },
  };
  const app = createExpress(parts);
  const times = { requestTimeout: request, headersTimeout: headers, connectionsCheckingInterval: look };
  const server = createHttpServer(times, (incoming, response) => {
    if (incoming.url?.startsWith(WEBHOOKS)) void answerSafely(parts, incoming, response);
    else app(incoming, response);
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
    if (request.complete) parts.log.error({ stack: error instanceof Error ? error.stack : String(error) }, 'a webhook call failed');
    if (!response.headersSent) response.writeHead(500);
    response.end();
  }
}

function createExpress(parts: HttpParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', parts.proxies);
  app.use(helmet());
  app.get('/', (_request, response) => {
    response.json({ name: 'Parley', about: 'chat flows on WhatsApp and Viber', api: '/api', health: '/health/ready' });
  });
  app.get('/health/live', (_request, response) => {
    response.json({ status: 'live' });
  });
  app.get('/health/ready', readiness(parts));
  const authenticated = authenticate({ ...parts, guesses: createGuesses() });
  app.get('/metrics', ...metricsRoute(parts.metrics, [authenticated, allow({ role: 'viewer' })]));
  const routes = apiRoutes(parts);
  // Made once: anybody may ask for them, and making one takes a quarter of a second.
  const document = once(() => openApiDocument(routes));
  const page = once(() => docsPage(document()));
  app.get('/api/openapi.json', (_request, response) => {
    response.json(document());
  });
  const flows = once(() => flowSchema(parts.nodeTypes));
  app.get('/api/flow-schema.json', (_request, response) => {
    response.type('application/schema+json').send(JSON.stringify(flows()));
  });
  app.get('/api/docs', (_request, response) => {
    response.type('html').send(page());
  });
  app.use('/api', meterCalls(parts.meters), authenticated, mountRoutes(routes, parts));
  app.use((request, response) => {
    answerProblem(response, problemDetails({ refused: 'http/unknown-route', detail: `Unknown call: ${request.method} ${request.path}.` }));
  });
  app.use(errorAnswers(parts.log));
  return app;
}

function once<T extends object | string>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Answers 200 while the store can be reached and every flow that matters has its node types, else 503. Checks once a second at most. */
function readiness({ store, clock, degradation }: HttpParts): RequestHandler {
  let asked = Number.NEGATIVE_INFINITY;
  let answer: Promise<Degradation | undefined> = Promise.resolve(undefined);
  return handler(async (_request, response) => {
    const now = clock.monotonic();
    if (now - asked >= CHECK_LASTS) {
      asked = now;
      answer = store
        .ping()
        .then(degradation)
        .catch(() => undefined);
    }
    const found = await answer;
    if (!found) answerProblem(response, problemDetails({ refused: 'http/store-away' }));
    else if (found.isGrave) answerProblem(response, problemDetails({ refused: 'http/lacks-node-type', detail: wordsOf(found) }));
    else response.json({ status: 'ready', ...(found.degraded.length > 0 ? { degraded: found.degraded } : {}) });
  });
}

function wordsOf({ degraded }: Degradation): string {
  const each = degraded.map(({ version, type, waiting }) => `${version} needs the node type "${type}" (${waiting} waiting)`);
  return `Flows cannot run here: ${each.join(', ')}.`;
}
