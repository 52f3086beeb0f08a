import compression from 'compression';
import express, { type Express, type RequestHandler, type Response } from 'express';
import { once } from '../contract/once.js';
import { flowSchema } from '../flow/schema/flow-schema.js';
import { allow, authenticate } from './authorize.js';
import { consoleFiles } from './console-files.js';
import { docsPage } from './docs-page.js';
import { errorAnswers } from './error-answers.js';
import { forModels } from './for-models.js';
import { createGuesses } from './guesses.js';
import { meterCalls, metricsRoute } from './metrics-route.js';
import { mountRoutes } from './mount-routes.js';
import { openApiDocument } from './openapi.js';
import type { HttpParts } from './parts.js';
import { answerProblem, problemDetails } from './problem-answer.js';
import { apiRoutes } from './routes/api-routes.js';

/** Creates everything that is served by express: the API above all, its documents, metrics and the console. Loaded by the first call of it. */
export function createApi(parts: HttpParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', parts.proxies);
  app.use('/api', compression({ filter: isCompressed }));
  app.get('/api', (_request, response) => {
    response.json({ name: 'Parley', about: 'chat flows on WhatsApp and Viber', docs: '/api/docs', health: '/health/ready' });
  });
  const door = { ...parts, guesses: createGuesses() };
  const authenticated = authenticate(door);
  app.get('/metrics', ...metricsRoute(parts.metrics, [authenticated, allow({ role: 'viewer' })]));
  const routes = apiRoutes(door);
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
  app.get('/api/for-models', forModels);
  app.get('/api/docs', (_request, response) => {
    response.type('html').send(page());
  });
  const mounted = (isOpen: boolean) =>
    mountRoutes(
      routes.filter(({ role }) => (role === 'none') === isOpen),
      parts,
    );
  app.use('/api', meterCalls(parts.meters), keptPrivate, mounted(true), authenticated, mounted(false));
  app.use(consoleFiles(parts.consoleFolder));
  app.use((request, response) => {
    answerProblem(response, problemDetails({ refused: 'http/unknown-route', detail: `Unknown call: ${request.method} ${request.path}.` }));
  });
  app.use(errorAnswers(parts.log));
  return app;
}

/** Keeps answers out of the caches of proxies. Browsers may keep them, but ask for newer ones. */
const keptPrivate: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'private, no-cache');
  next();
};

/** Compresses what is text. Streams of events would be held back, and backups are sent as they are. */
function isCompressed(_request: unknown, response: Response): boolean {
  return /json|^text\/(html|csv)/.test(String(response.get('Content-Type')));
}
