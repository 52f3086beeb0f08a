import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { JsonObject } from '../../../src/contract/index.js';
import type { EmulatorSettings } from './interface.js';

/** Retries of one webhook before the emulator gives up. The pause is in milliseconds. */
const RETRIES = { most: 60, pause: 2_000 } as const;

export interface WebhookSender {
  /** Signs and delivers, again and again until it is answered 200; resolves with the body of that answer, or undefined when it gave up. */
  deliver(event: string, token: string, members: JsonObject): Promise<string | undefined>;
  /** Asks an address once, as `set_webhook` does; its HTTP status, 0 when nobody answers. */
  probe(url: string, token: string): Promise<number>;
  /** Where events go, one after another; none as long as no webhook is set. */
  urls: readonly string[];
  /** What every later delivery suffers: sent twice, or kept back until the one after it has gone. */
  readonly faults: { duplicate: boolean; reorder: boolean };
  close(): void;
}

export function createWebhookSender({
  authToken,
  webhookUrl = [],
  retries: { most, pause } = RETRIES,
}: Pick<EmulatorSettings, 'authToken' | 'webhookUrl' | 'retries'>): WebhookSender {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const faults = { duplicate: false, reorder: false };
  let posts = 0;
  let keptBack: (() => void) | undefined;
  let closed = false;

  async function untilTaken(raw: string): Promise<string | undefined> {
    for (let attempt = 1; attempt <= most && !closed; attempt += 1) {
      const url = sender.urls[posts++ % sender.urls.length];
      const answer = url === undefined ? undefined : await post(url, raw).catch(() => undefined);
      if (answer?.status === 200) return answer.body;
      await new Promise((done) => setTimeout(done, Math.min(50 * 2 ** attempt, pause)).unref());
    }
    return undefined;
  }

  function post(to: string, raw: string): Promise<{ readonly status: number; readonly body: string }> {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(raw),
      'x-viber-content-signature': createHmac('sha256', authToken).update(raw).digest('hex'),
    };
    return new Promise((resolve, reject) => {
      const sent = request(to, { method: 'POST', agent, headers, timeout: 15_000 }, (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          body += part;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      });
      sent.on('timeout', () => sent.destroy(new Error('no answer')));
      sent.on('error', reject);
      sent.end(raw);
    });
  }

  const sender: WebhookSender = {
    urls: typeof webhookUrl === 'string' ? [webhookUrl] : webhookUrl,
    faults,
    async probe(to, token) {
      return (await post(to, asViberWrites('webhook', token, {})).catch(() => undefined))?.status ?? 0;
    },
    async deliver(event, token, members) {
      const raw = asViberWrites(event, token, { chat_hostname: 'SN-CHAT-05_', ...members });
      if (faults.reorder && !keptBack)
        await new Promise<void>((go) => {
          keptBack = go;
          setTimeout(go, 1_000).unref();
        });
      const bodies = faults.duplicate ? await Promise.all([untilTaken(raw), untilTaken(raw)]) : [await untilTaken(raw)];
      keptBack?.();
      keptBack = undefined;
      return bodies.find((body) => body !== undefined);
    },
    close() {
      closed = true;
      keptBack?.();
      agent.destroy();
    },
  };
  return sender;
}

/** The token is written as a number of 64 bits, which `JSON.stringify` cannot do. */
function asViberWrites(event: string, token: string, members: JsonObject): string {
  const rest = JSON.stringify({ timestamp: Date.now(), ...members }).slice(1);
  return `{"event":${JSON.stringify(event)},"message_token":${token},${rest}`;
}
