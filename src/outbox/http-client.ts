import { type Dispatcher, Pool } from 'undici';
import { type ProviderReply, type ProviderRequest, SEND_DEADLINE } from '../contract/index.js';

/** Sends providers' requests; total: whatever happens is a reply. */
export interface HttpClient {
  send(request: ProviderRequest): Promise<ProviderReply>;
  /** Breaks off what is in flight. */
  close(): Promise<void>;
}

const LONGEST_ANSWER = 1_000_000;
const MOST_CONNECTIONS = 128;
/** Waiting for a connection, and then for the last byte, in milliseconds: together they stay below a send's lease. */
const LONGEST_WAIT = SEND_DEADLINE / 2;
const LONGEST_EXCHANGE = SEND_DEADLINE * 1.5;

/** One pool of kept connections for each provider's origin; answers are bounded in time and size, redirects are not followed. */
export function createHttpClient(now: () => number = () => performance.now()): HttpClient {
  const pools = new Map<string, Pool>();

  function poolOf(origin: string): Pool {
    let pool = pools.get(origin);
    if (!pool) {
      pool = new Pool(origin, {
        connections: MOST_CONNECTIONS,
        headersTimeout: SEND_DEADLINE,
        bodyTimeout: LONGEST_WAIT,
        maxResponseSize: LONGEST_ANSWER,
        connect: { timeout: LONGEST_WAIT },
      });
      pools.set(origin, pool);
    }
    return pool;
  }

  return {
    send({ method, url, headers, body }) {
      const slash = url.indexOf('/', url.indexOf('//') + 2);
      const [origin, path] = slash < 0 ? [url, '/'] : [url.slice(0, slash), url.slice(slash)];
      return new Promise((resolve) => {
        try {
          poolOf(origin).dispatch({ method, path, headers, body }, new Exchange(resolve, now));
        } catch (error) {
          resolve({ failed: 'unreachable', detail: codeOf(error) });
        }
      });
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}

/**
 * One request and its answer. What fails before undici begins to write was surely not taken; a request that has waited too long for
 * a connection is not begun, because its lease may end before its answer comes.
 */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #resolve: (reply: ProviderReply) => void;
  readonly #now: () => number;
  readonly #asked: number;
  readonly #chunks: Buffer[] = [];
  /** When something was last heard of it, once it has begun. */
  #heard: number | undefined;
  /** How long it has run, in milliseconds, without the time for which this process itself stood still. */
  #ran = 0;
  #status = 0;
  #headers: Readonly<Record<string, string>> = {};

  constructor(resolve: (reply: ProviderReply) => void, now: () => number) {
    this.#resolve = resolve;
    this.#now = now;
    this.#asked = now();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    const now = this.#now();
    if (now - this.#asked > LONGEST_WAIT) controller.abort(new Error('too many requests are under way'));
    else this.#heard = now;
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
    this.#runOn(LONGEST_WAIT);
    if (this.#ran > LONGEST_EXCHANGE) controller.abort(new Error('the answer took too long'));
  }

  /** undici itself waits no longer than `most` for the next part: what is beyond that was a pause of this process. */
  #runOn(most: number): void {
    const now = this.#now();
    this.#ran += Math.min(most, now - (this.#heard ?? now));
    this.#heard = now;
  }

  onResponseEnd(): void {
    const [first] = this.#chunks;
    const body = first && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
    this.#resolve({ status: this.#status, headers: this.#headers, body: body.toString() });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const detail = codeOf(error);
    if (this.#heard === undefined) this.#resolve({ failed: 'unreachable', detail });
    else this.#resolve({ failed: 'lost', detail, ...(this.#status === 0 ? {} : { status: this.#status }) });
  }
}

/** The code, as messages of the network name hosts and ports; without one, our own words. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}

function plainHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Readonly<Record<string, string>> {
  const plain: Record<string, string> = {};
  for (const name in headers) plain[name] = String(headers[name]);
  return plain;
}
