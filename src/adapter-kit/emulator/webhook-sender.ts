import { Agent, request } from 'node:http';

/** How often a webhook is sent before the emulator gives up, and the longest pause between two attempts in milliseconds. */
export interface Retries {
  readonly max: number;
  readonly pause: number;
}
const RETRIES: Retries = { max: 60, pause: 2_000 };
/** Milliseconds. */
const TIMEOUT = 15_000;
/** How long a webhook is held back for a later one to overtake it, in milliseconds. */
const HELD_BACK = 1_000;

/** Where webhooks go, and how they are signed. */
export interface WebhookTarget {
  /** Several addresses, as behind a load balancer, take turns. */
  readonly urls: string | readonly string[];
  /** Returns the headers that sign a body. */
  readonly headersFor: (body: string) => Readonly<Record<string, string>>;
  readonly retries?: Retries | undefined;
}

export interface WebhookSender {
  /** Delivers a webhook, again and again until it is answered 200. Resolves with the body of that answer; undefined if it gave up. */
  deliver(body: string): Promise<string | undefined>;
  /** Sends a body once. Resolves with the HTTP status; 0 if nobody answers. */
  probe(url: string, body: string): Promise<number>;
  /** Where webhooks go from now on. */
  urls: readonly string[];
  /** What happens to every webhook from now on: it is delivered twice, or held back until a later one has been delivered. */
  readonly faults: { duplicate: boolean; reorder: boolean };
  close(): void;
}

/** Opens the sending side of webhooks. */
export function createWebhookSender({ urls, headersFor, retries: { max, pause } = RETRIES }: WebhookTarget): WebhookSender {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  let posts = 0;
  let release: (() => void) | undefined;
  let isClosed = false;

  async function deliverOnce(body: string): Promise<string | undefined> {
    for (let attempt = 1; attempt <= max && !isClosed; attempt += 1) {
      const url = sender.urls[posts++ % sender.urls.length];
      const answer = url === undefined ? undefined : await post(url, body).catch(() => undefined);
      if (answer?.status === 200) return answer.body;
      await new Promise((done) => setTimeout(done, Math.min(50 * 2 ** attempt, pause)).unref());
    }
    return undefined;
  }

  function post(url: string, body: string): Promise<{ readonly status: number; readonly body: string }> {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headersFor(body) };
    return new Promise((resolve, reject) => {
      const sent = request(url, { method: 'POST', agent, headers, timeout: TIMEOUT }, (response) => {
        let answer = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          answer += part;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: answer }));
      });
      sent.on('timeout', () => sent.destroy(new Error(`no answer within ${TIMEOUT} ms`)));
      sent.on('error', reject);
      sent.end(body);
    });
  }

  const sender: WebhookSender = {
    urls: typeof urls === 'string' ? [urls] : urls,
    faults: { duplicate: false, reorder: false },
    probe: async (url, body) => (await post(url, body).catch(() => undefined))?.status ?? 0,
    async deliver(body) {
      if (sender.faults.reorder && !release)
        await new Promise<void>((go) => {
          release = go;
          setTimeout(go, HELD_BACK).unref();
        });
      const answers = await Promise.all(sender.faults.duplicate ? [deliverOnce(body), deliverOnce(body)] : [deliverOnce(body)]);
      release?.();
      release = undefined;
      return answers.includes(undefined) ? undefined : answers[0];
    },
    close() {
      isClosed = true;
      release?.();
      agent.destroy();
    },
  };
  return sender;
}
