import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { UserError } from '../contract/index.js';
import { describeNodeType } from '../flow/describe.js';
import { authorize } from './authorize.js';
import { channelRoutes } from './channel-routes.js';
import { controlRoutes } from './control-routes.js';
import { answerProblem, errorAnswers, problemDetails } from './error-answers.js';
import { flowLifeRoutes } from './flow-life-routes.js';
import { flowRoutes } from './flow-routes.js';
import { keyRoutes } from './key-routes.js';
import { meterCalls, metricsRoute } from './metrics-route.js';
import type { HttpParts } from './parts.js';
import { replayRoutes } from './replay-routes.js';
import { route } from './requests.js';
import { sessionRoutes } from './session-routes.js';
import { triggerRoute } from './trigger-route.js';
import { answerWebhook, WEBHOOKS } from './webhook-route.js';

export interface Server {
  listen(port: number, host: string): Promise<{ readonly url: string }>;
  /** Takes nothing new; resolves when what was begun is answered. */
  close(): Promise<void>;
}

const LARGEST_BODY = '2mb';
/** How long one look at the store counts, in milliseconds. */
const PING_COUNTS = 1_000;

/** The webhooks in front, express behind: what people and programs call. */
export function createServer(given: HttpParts): Server {
  let listeningOn = '';
  const parts: HttpParts = {
    ...given,
    get publicUrl() {
      return given.publicUrl ?? listeningOn;
    },
  };
  const app = createExpress(parts);
  const server = createHttpServer({ requestTimeout: 30_000, headersTimeout: 15_000 }, (request, response) => {
    if (request.url?.startsWith(WEBHOOKS)) void answerSafely(parts, request, response);
    else app(request, response);
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
    parts.log.error({ stack: error instanceof Error ? error.stack : String(error) }, 'a webhook could not be answered');
    if (!response.headersSent) response.writeHead(500);
    response.end();
  }
}

function createExpress(parts: HttpParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(helmet());
  app.get('/', (_request, response) => {
    response.json({ name: 'Parley', about: 'chat flows on WhatsApp and Viber', api: '/api', health: '/health/ready' });
  });
  app.get('/health/live', (_request, response) => {
    response.json({ status: 'live' });
  });
  app.get('/health/ready', readiness(parts));
  app.get('/metrics', metricsRoute(parts.metrics, authorize(parts)));
  app.use('/api', meterCalls(parts.meters), authorize(parts), onlyJson, express.json({ limit: LARGEST_BODY, strict: false }));
  app.use(
    '/api',
    channelRoutes(parts),
    flowRoutes(parts),
    flowLifeRoutes(parts),
    triggerRoute(parts),
    sessionRoutes(parts),
    controlRoutes(parts),
    replayRoutes(parts),
    keyRoutes(parts),
  );
  app.get('/api/node-types', (_request, response) => {
    response.json({ items: parts.nodeTypes.all.map(describeNodeType) });
  });
  app.use((request, response) => {
    answerProblem(response, problemDetails(404, 'http/unknown-route', { detail: `There is no ${request.method} ${request.path}.` }));
  });
  app.use(errorAnswers(parts.log));
  return app;
}

/** 200 while the store answers, 503 while it is away; asks it at most once a second. */
function readiness({ store, clock }: HttpParts): RequestHandler {
  let asked = Number.NEGATIVE_INFINITY;
  let answer: Promise<boolean> = Promise.resolve(false);
  return route(async (_request, response) => {
    const now = Date.parse(clock.now());
    if (now - asked >= PING_COUNTS) {
      asked = now;
      answer = store.ping().then(
        () => true,
        () => false,
      );
    }
    if (await answer) response.json({ status: 'ready' });
    else answerProblem(response, problemDetails(503, 'http/store-away', {}));
  });
}

/** A body that is not said to be JSON would be passed over in silence. */
const onlyJson: RequestHandler = (request, _response, next) => {
  const length = Number(request.get('content-length') ?? 0);
  const hasBody = length > 0 || request.get('transfer-encoding') !== undefined;
  if (hasBody && !request.is('application/json'))
    throw new UserError(415, 'http/wrong-content-type', 'The body must be sent as application/json.');
  next();
};
