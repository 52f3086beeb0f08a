import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { JsonObject } from '../../src/contract/index.js';

/** Retries of one webhook before the emulator gives up; Meta goes on for seven days. */
const MOST_TRIES = 60;

export interface WebhookSender {
  /** Signs and delivers, again and again until it is answered 200, as Meta does; resolves with the number of tries, or 0 when it gave up. */
  deliver(value: JsonObject): Promise<number>;
  /** What every later delivery suffers: sent twice, or kept back until the one after it has gone. */
  readonly faults: { duplicate: boolean; reorder: boolean };
  close(): void;
}

export function createWebhookSender(to: {
  readonly webhookUrl: string;
  readonly appSecret: string;
  readonly businessAccountId: string;
}): WebhookSender {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const faults = { duplicate: false, reorder: false };
  let keptBack: (() => void) | undefined;
  let closed = false;

  async function untilTaken(raw: string): Promise<number> {
    for (let attempt = 1; attempt <= MOST_TRIES && !closed; attempt += 1) {
      const status = await post(raw).catch(() => 0);
      if (status === 200) return attempt;
      await new Promise((done) => setTimeout(done, Math.min(50 * 2 ** attempt, 2_000)).unref());
    }
    return 0;
  }

  function post(raw: string): Promise<number> {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(raw),
      'x-hub-signature-256': `sha256=${createHmac('sha256', to.appSecret).update(raw).digest('hex')}`,
    };
    return new Promise((resolve, reject) => {
      const sent = request(to.webhookUrl, { method: 'POST', agent, headers, timeout: 15_000 }, (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      });
      sent.on('timeout', () => sent.destroy(new Error('no answer')));
      sent.on('error', reject);
      sent.end(raw);
    });
  }

  return {
    faults,
    async deliver(value) {
      const raw = asMetaWrites({
        object: 'whatsapp_business_account',
        entry: [{ id: to.businessAccountId, changes: [{ field: 'messages', value }] }],
      });
      if (faults.reorder && !keptBack)
        await new Promise<void>((go) => {
          keptBack = go;
          setTimeout(go, 1_000).unref();
        });
      const tries = faults.duplicate ? await Promise.all([untilTaken(raw), untilTaken(raw)]) : [await untilTaken(raw)];
      keptBack?.();
      keptBack = undefined;
      return Math.min(...tries);
    },
    close() {
      closed = true;
      keptBack?.();
      agent.destroy();
    },
  };
}

/** Meta escapes slashes and everything beyond plain ASCII, so a signature over JSON written anew would never match. */
function asMetaWrites(body: JsonObject): string {
  return JSON.stringify(body)
    .replace(/\//g, '\\/')
    .replace(/[@<>&'\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
