import { Pool } from 'undici';
import { type ProviderReply, type ProviderRequest, SEND_DEADLINE } from '../contract/index.js';

/** Sends providers' requests; total: whatever happens is a reply. */
export interface HttpClient {
  send(request: ProviderRequest): Promise<ProviderReply>;
  close(): Promise<void>;
}

/** Failures before anything was sent: the provider surely has not taken it. */
const BEFORE_SENDING: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_CLOSED',
  'UND_ERR_DESTROYED',
]);
const LONGEST_ANSWER = 1_000_000;

/** One pool of kept connections for each provider's origin; answers are bounded in time and size, redirects are not followed. */
export function createHttpClient(): HttpClient {
  const pools = new Map<string, Pool>();

  function poolOf(origin: string): Pool {
    let pool = pools.get(origin);
    if (!pool) {
      pool = new Pool(origin, {
        connections: 128,
        headersTimeout: SEND_DEADLINE,
        bodyTimeout: SEND_DEADLINE,
        maxResponseSize: LONGEST_ANSWER,
        connect: { timeout: SEND_DEADLINE / 2 },
      });
      pools.set(origin, pool);
    }
    return pool;
  }

  return {
    async send({ method, url, headers, body }) {
      const path = url.indexOf('/', url.indexOf('//') + 2);
      try {
        const pool = poolOf(path < 0 ? url : url.slice(0, path));
        const answer = await pool.request({ method, path: path < 0 ? '/' : url.slice(path), headers, body });
        return { status: answer.statusCode, headers: plainHeaders(answer.headers), body: await answer.body.text() };
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
        return { failed: BEFORE_SENDING.has(code) ? 'unreachable' : 'lost', detail: code };
      }
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}

function plainHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Readonly<Record<string, string>> {
  const plain: Record<string, string> = {};
  for (const name in headers) plain[name] = String(headers[name]);
  return plain;
}
