import { type App, type AppOptions, createApp } from '../../src/app.js';
import { loadConfig } from '../../src/config/load.js';
import type { Log } from '../../src/contract/host/index.js';
import { type Document, readApiDocument } from './api-document.js';

export const TEST_KEY = 'test-admin-key-0123456789';

/**
 * A whole host on a free port, by default with its store in memory. `call` calls its API, and checks each answer against the OpenAPI
 * document.
 */
export interface TestApp {
  readonly app: App;
  readonly url: string;
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: number; readonly headers: Headers; readonly json: Json; readonly text: string }>;
}
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers
type Json = any;

export async function startTestApp(env: Readonly<Record<string, string>> = {}, log?: Log, more: AppOptions = {}): Promise<TestApp> {
  const config = loadConfig({
    PORT: '0',
    EMULATORS: 'false',
    PARLEY_ADMIN_KEY: TEST_KEY,
    PUBLIC_URL: 'https://parley.example',
    DATA_DIR: 'in-memory',
    ...env,
  });
  if ('mistakes' in config) throw new Error(config.mistakes.join(', '));
  const app = await createApp({ ...config, DATA_DIR: env['DATA_DIR'] ?? '' }, { ...more, ...(log ? { log } : {}) });
  const url = await app.listen();
  const api = readApiDocument((await (await fetch(`${url}/api/openapi.json`)).json()) as Document);
  return {
    app,
    url,
    async call(method, path, body, headers = {}) {
      const raw = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
      const answer = await fetch(url + path, {
        method,
        ...raw,
        headers: { authorization: `Bearer ${TEST_KEY}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      });
      const text = await answer.text();
      const json = text.startsWith('{') ? JSON.parse(text) : undefined;
      const type = answer.headers.get('content-type') ?? '';
      const mistake = path.startsWith('/api/') ? api.mistakeIn(method, path, { status: answer.status, type, json }) : undefined;
      if (mistake !== undefined) throw new Error(`the answer does not match the OpenAPI document: ${mistake}`);
      return { status: answer.status, headers: answer.headers, text, json };
    },
  };
}
