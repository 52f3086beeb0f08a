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
  /** Takes nothing new; resolves when what was begun is answered. */
  close(): Promise<void>;
}

/** How long a client may take, in milliseconds. https://nodejs.org/docs/latest-v20.x/api/http.html#serverrequesttimeout */
export interface Patience {
  /** From the connection, or from the answer before, to the last header. */
  readonly headers: number;
  /** From there to the last byte of the body: a byte now and then does not help. */
  readonly request: number;
  /** How often node looks whose time is over; on its own only every 30 s. */
  readonly look: number;
}
const PATIENCE: Patience = { headers: 15_000, request: 30_000, look: 2_000 };

/** How long one look at the store counts, in milliseconds. */
const PING_COUNTS = 1_000;

/** The webhooks in front, express behind: what people and programs call. */
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
        // Whoever holds a connection open does not hold up the stop.
        setTimeout(() => server.closeAllConnections(), 2_000).unref();
      }),
  };
}

async function answerSafely(parts: HttpParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await answerWebhook(parts, request, response);
  } catch (error) {
    // Whoever went away in the middle of a body is no fault of ours, and may do so often.
    if (request.complete)
      parts.log.error({ stack: error instanceof Error ? error.stack : String(error) }, 'a webhook could not be answered');
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
  const who = authenticate({ ...parts, guesses: createGuesses() });
  app.get('/metrics', ...metricsRoute(parts.metrics, [who, allow({ role: 'viewer' })]));
  const routes = apiRoutes(parts);
  // Anybody may ask for them, and to make one takes a quarter of a second.
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
  app.use('/api', meterCalls(parts.meters), who, mountRoutes(routes, parts));
  app.use((request, response) => {
    answerProblem(response, problemDetails({ refused: 'http/unknown-route', detail: `There is no ${request.method} ${request.path}.` }));
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

/** 200 while the store answers, 503 while it is away, or while a flow that matters lacks a node type; asks it at most once a second. */
function readiness({ store, clock, degradation }: HttpParts): RequestHandler {
  let asked = Number.NEGATIVE_INFINITY;
  let answer: Promise<Degradation | undefined> = Promise.resolve(undefined);
  return handler(async (_request, response) => {
    const now = clock.monotonic();
    if (now - asked >= PING_COUNTS) {
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
