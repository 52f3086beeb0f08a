import type { Json } from '../contract/index.js';

const open = { security: [], tags: ['Open'] } as const;
const html = { description: 'OK', content: { 'text/html': {} } } as const;
const json = (description: string) => ({ description, content: { 'application/json': {} } });
const channel = [{ name: 'channel', in: 'path', required: true, schema: { type: 'string' } }] as const;

/** The calls that need no key, as the OpenAPI document shows them. They are not declared as routes. */
export const OPEN_CALLS: Readonly<Record<string, Json>> = {
  '/webhooks/{channel}': {
    get: {
      ...open,
      operationId: 'getWebhook',
      summary: 'Answer the handshake of a provider',
      parameters: channel,
      responses: {
        200: { description: 'The challenge' },
        403: { description: 'The verify token is another one' },
        404: { description: 'Unknown channel' },
      },
    },
    post: {
      ...open,
      operationId: 'postWebhook',
      summary: 'Take a delivery of a provider',
      description:
        'The provider signs the raw bytes. The answer is 200 only after everything in the delivery is stored. While the store cannot be reached it is 500, and the provider delivers again.',
      parameters: channel,
      requestBody: { required: true, content: { 'application/json': {} } },
      responses: {
        200: { description: 'Stored, or nothing in it was known' },
        400: { description: 'Invalid JSON' },
        401: { description: 'The signature is wrong or missing' },
        404: { description: 'Unknown channel' },
        413: { description: 'Too large' },
        500: { description: 'Not stored: deliver it again' },
      },
    },
  },
  '/health/live': {
    get: { ...open, operationId: 'getHealthLive', summary: 'Check that the process runs', responses: { 200: json('It runs') } },
  },
  '/health/ready': {
    get: {
      ...open,
      operationId: 'getHealthReady',
      summary: 'Check that the host can do its work',
      responses: {
        200: json('The store answers'),
        503: {
          description: 'The store cannot be reached, or a flow needs a node type that is missing',
          content: { 'application/problem+json': {} },
        },
      },
    },
  },
  '/metrics': {
    get: {
      ...open,
      operationId: 'getMetrics',
      summary: 'Read metrics for Prometheus',
      description: 'Open, with a key, or switched off, as the setting METRICS says.',
      responses: { 200: { description: 'docs/operations.md explains each metric', content: { 'text/plain': {} } } },
    },
  },
  '/api': {
    get: { ...open, operationId: 'getApi', summary: 'Find the documents of the API', responses: { 200: json('Names and addresses') } },
  },
  '/api/openapi.json': {
    get: { ...open, operationId: 'getOpenApi', summary: 'Read this document', responses: { 200: json('OpenAPI 3.1') } },
  },
  '/api/flow-schema.json': {
    get: {
      ...open,
      operationId: 'getFlowSchema',
      summary: 'Read the JSON Schema of a flow file',
      description:
        'For editors and models. JSON Schema 2020-12, with the params of every node type of this host. It refuses what the check refuses for its form: a missing or unknown member, a wrong type, a value that is not allowed or out of range.',
      responses: { 200: { description: 'JSON Schema 2020-12', content: { 'application/schema+json': {} } } },
    },
  },
  '/api/for-models': {
    get: {
      ...open,
      operationId: 'getForModels',
      summary: 'Read how to write a flow, for language models',
      description:
        'docs/for-models.md: at most 12 kB, which is all that a language model needs beside `GET /api/flow-schema.json` to write a flow and to mend it with `POST /api/flows/{code}/check`.',
      responses: { 200: { description: 'Markdown', content: { 'text/markdown': {} } } },
    },
  },
  '/api/docs': {
    get: { ...open, operationId: 'getDocs', summary: 'Read this document as a page', responses: { 200: html } },
  },
};
