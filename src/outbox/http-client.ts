import type { Dispatcher } from 'undici';
import { SEND_DEADLINE } from '../contract/host/index.js';
import type { ProviderReply, ProviderRequest } from '../contract/index.js';
import type * as Undici from './undici.js';

/** Sends requests to providers. */
export interface HttpClient {
  /** Never rejects: a request that fails is a reply as well. */
  send(request: ProviderRequest): Promise<ProviderReply>;
  /** Aborts the requests that are in flight. */
  close(): Promise<void>;
}

/** In bytes. */
const MAX_ANSWER = 1_000_000;
/** Longest wait for a connection, or for the next part of an answer; and longest request from first to last byte. In milliseconds. */
const MAX_WAIT = SEND_DEADLINE / 2;
const MAX_EXCHANGE = SEND_DEADLINE * 1.5;

/**
 * Creates a client that keeps the connections to each origin. It bounds the time and size of answers and follows no redirects. No request
 * waits for another one: the outbox bounds how many are under way (see `room.ts`).
 */
export function createHttpClient(now: () => number = () => performance.now()): HttpClient {
  const pools = new Map<string, Undici.Pool>();
  let undici: typeof Undici | undefined;
  let loading: Promise<unknown> | undefined;

  /** Resolves when undici is loaded, or cannot be. */
  async function load(): Promise<void> {
    try {
      undici = await import('./undici.js');
    } catch {
      // The next request tries again.
      loading = undefined;
    }
  }

  function poolOf(origin: string): Undici.Pool {
    if (!undici) throw new Error('the HTTP client cannot be loaded');
    let pool = pools.get(origin);
    if (!pool) {
      pool = new undici.Pool(origin, {
        headersTimeout: SEND_DEADLINE,
        bodyTimeout: MAX_WAIT,
        maxResponseSize: MAX_ANSWER,
        connect: { timeout: MAX_WAIT },
      });
      pools.set(origin, pool);
    }
    return pool;
  }

  function begin({ method, url, headers, body }: ProviderRequest, exchange: Exchange): void {
    const slash = url.indexOf('/', url.indexOf('//') + 2);
    const [origin, path] = slash < 0 ? [url, '/'] : [url.slice(0, slash), url.slice(slash)];
    try {
      poolOf(origin).dispatch({ method, path, headers, body }, exchange);
    } catch (error) {
      exchange.fail(error);
    }
  }

  return {
    send: (request) =>
      new Promise((resolve) => {
        const exchange = new Exchange(resolve, now);
        if (undici) return begin(request, exchange);
        loading ??= load();
        void loading.then(() => begin(request, exchange));
      }),
    async close() {
      await loading;
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}

/**
 * One request and its answer. If it fails before undici begins to write, the provider has certainly not accepted it. If this process was
 * paused meanwhile, the request is not begun, because its lease might end before the answer comes.
 */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #resolve: (reply: ProviderReply) => void;
  readonly #now: () => number;
  readonly #askedAt: number;
  readonly #chunks: Buffer[] = [];
  /** When something was last received, or the request was begun. */
  #heardAt: number | undefined;
  /** How long the request has run, in milliseconds, without the time for which this process was paused. */
  #ran = 0;
  #status = 0;
  #headers: Readonly<Record<string, string>> = {};

  constructor(resolve: (reply: ProviderReply) => void, now: () => number) {
    this.#resolve = resolve;
    this.#now = now;
    this.#askedAt = now();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    const now = this.#now();
    if (now - this.#askedAt > MAX_WAIT) controller.abort(new Error('the request could not be begun in time'));
    else this.#heardAt = now;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    this.#runOn(SEND_DEADLINE);
    this.#status = status;
    this.#headers = plainHeaders(headers);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#runOn(MAX_WAIT);
    if (this.#ran > MAX_EXCHANGE) controller.abort(new Error('the answer took too long'));
  }

  /** undici itself waits at most `max` for the next part: anything beyond that was a pause of this process. */
  #runOn(max: number): void {
    const now = this.#now();
    this.#ran += Math.min(max, now - (this.#heardAt ?? now));
    this.#heardAt = now;
  }

  onResponseEnd(): void {
    const [first] = this.#chunks;
    const body = first && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
    this.#resolve({ status: this.#status, headers: this.#headers, body: body.toString() });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(error);
  }

  fail(error: unknown): void {
    const detail = codeOf(error);
    if (this.#heardAt === undefined) this.#resolve({ failed: 'unreachable', detail });
    else this.#resolve({ failed: 'lost', detail, ...(this.#status === 0 ? {} : { status: this.#status }) });
  }
}

/** Returns the code of an error, because messages of network errors name hosts and ports. Errors without a code are our own. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}

function plainHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Readonly<Record<string, string>> {
  const plain: Record<string, string> = {};
  for (const name in headers) plain[name] = String(headers[name]);
  return plain;
}
