import type { Json } from '../contract/index.js';

const open = { security: [], tags: ['Open'] } as const;
const html = { description: 'Well', content: { 'text/html': {} } } as const;
const json = (description: string) => ({ description, content: { 'application/json': {} } });
const channel = [{ name: 'channel', in: 'path', required: true, schema: { type: 'string' } }] as const;

/** Calls that need no key, as the document has them: they stand in front of the routes. */
export const OPEN_CALLS: Readonly<Record<string, Json>> = {
  '/webhooks/{channel}': {
    get: {
      ...open,
      operationId: 'getWebhook',
      summary: 'The handshake of a provider that makes one',
      parameters: channel,
      responses: {
        200: { description: 'The challenge' },
        403: { description: 'Another verify token' },
        404: { description: 'No such channel' },
      },
    },
    post: {
      ...open,
      operationId: 'postWebhook',
      summary: 'Deliveries of a provider; 200 only when what is in them is stored',
      description: 'Signed by the provider over the raw bytes. Answered 500 while the store is away: the provider brings it again.',
      parameters: channel,
      requestBody: { required: true, content: { 'application/json': {} } },
      responses: {
        200: { description: 'Stored, or nothing known was in it' },
        400: { description: 'No JSON' },
        401: { description: 'A wrong signature, or none' },
        404: { description: 'No such channel' },
        413: { description: 'Too large' },
        500: { description: 'Not stored; bring it again' },
      },
    },
  },
  '/health/live': {
    get: { ...open, operationId: 'getHealthLive', summary: 'Does the process run?', responses: { 200: json('It runs') } },
  },
  '/health/ready': {
    get: {
      ...open,
      operationId: 'getHealthReady',
      summary: 'Can it do its work?',
      responses: {
        200: json('The store answers'),
        503: { description: 'The store is away', content: { 'application/problem+json': {} } },
      },
    },
  },
  '/metrics': {
    get: {
      ...open,
      operationId: 'getMetrics',
      summary: 'Figures for Prometheus; open, with a key, or not there, by the setting METRICS',
      responses: { 200: { description: 'docs/operations.md says what each figure is', content: { 'text/plain': {} } } },
    },
  },
  '/api/openapi.json': {
    get: { ...open, operationId: 'getOpenApi', summary: 'This document', responses: { 200: json('OpenAPI 3.1') } },
  },
  '/api/flow-schema.json': {
    get: {
      ...open,
      operationId: 'getFlowSchema',
      summary: 'The JSON Schema of a flow file, for editors and models',
      description:
        'JSON Schema 2020-12, with the params of every node type of this host. It refuses what the check refuses for its form: a missing or unknown member, a wrong type, a value outside its list or its bounds.',
      responses: { 200: { description: 'JSON Schema 2020-12', content: { 'application/schema+json': {} } } },
    },
  },
  '/api/docs': {
    get: { ...open, operationId: 'getDocs', summary: 'This document as a page', responses: { 200: html } },
  },
};
