import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import mongoose from 'mongoose';
import { createApp } from '../src/app.js';
import { loadConfig } from '../src/config/load.js';
import { type Log, silentLog } from '../src/contract/host/index.js';
import type { Json } from '../src/contract/index.js';
import { chattyFlow } from './chatty-flow.js';

const KEY = 'fuzz-key-0123456789';
export const WHATSAPP = {
  phoneNumberId: '106540352242922',
  businessAccountId: '1',
  accessToken: 'a',
  appSecret: 'secret',
  verifyToken: 'v',
};
export const VIBER = { authToken: 'token', senderName: 'Bot' };

/** A host in this process, with a flow online on both platforms, and providers that accept everything. */
export interface FuzzHost {
  call(method: string, path: string, body?: string | Buffer, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Returns the errors that were logged since the last call. */
  errors(): readonly string[];
  close(): Promise<void>;
}
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

export async function startFuzzHost(mongodbUrl: string | undefined): Promise<FuzzHost> {
  const errors: string[] = [];
  const log: Log = { ...silentLog, error: (fields, words) => void errors.push(`${words}: ${JSON.stringify(fields)}`) };
  const database = mongodbUrl?.replace(/^([a-z+]+:\/\/[^/?]+)(?:\/[^?]*)?/, `$1/parley_fuzz${randomBytes(4).toString('hex')}`);
  const env = { PORT: '0', EMULATORS: 'false', PARLEY_ADMIN_KEY: KEY, OUTBOUND_ALLOW: '127.0.0.1', DATA_DIR: 'in-memory' };
  const config = loadConfig({ ...env, ...(database === undefined ? {} : { MONGODB_URL: database }) });
  if ('mistakes' in config) throw new Error(config.mistakes.join(', '));
  const provider = await startProvider();
  const app = await createApp({ ...config, DATA_DIR: '' }, { log });
  const url = await app.listen();
  const host: FuzzHost = {
    async call(method, path, body, headers = {}) {
      const answer = await fetch(url + path, {
        method,
        headers: { authorization: `Bearer ${KEY}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
      });
      return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: await answer.text() };
    },
    errors: () => errors.splice(0),
    async close() {
      await app.stop();
      provider.close();
      if (database !== undefined) await drop(database);
    },
  };
  await setUp(host, provider.url);
  return host;
}

async function setUp(host: FuzzHost, baseUrl: string): Promise<void> {
  const ask = async (method: string, path: string, body: Json) => {
    const { status, text } = await host.call(method, path, JSON.stringify(body));
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  };
  await ask('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config: { ...WHATSAPP, baseUrl, throughput: 0 } });
  await ask('POST', '/api/channels', { id: 'vb', adapter: 'viber', name: 'VB', config: { ...VIBER, baseUrl, throughput: 0 } });
  await ask('POST', '/api/flows', chattyFlow);
  await ask('PUT', '/api/flows/chatty/channels', { channels: ['wa', 'vb'] });
  await ask('POST', '/api/flows/chatty/publish', {});
}

/** Starts a server that responds to every send as Meta and Viber do. */
async function startProvider(): Promise<{ readonly url: string; close(): void }> {
  let count = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      count += 1;
      const answer = request.url?.startsWith('/pa/')
        ? { status: 0, message_token: 5_000_000_000_000_000 + count }
        : { messages: [{ id: `wamid.s${count}` }] };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function drop(url: string): Promise<void> {
  const connection = await mongoose.createConnection(url, { autoCreate: false }).asPromise();
  await connection.dropDatabase();
  await connection.close();
}
