import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { JsonObject } from '../../../src/contract/index.js';

/** Retries of one webhook before the emulator gives up; Meta goes on for seven days. The pause is in milliseconds. */
const RETRIES = { most: 60, pause: 2_000 } as const;

export interface WebhookSender {
  /** Signs and delivers, again and again until it is answered 200, as Meta does; false when it gave up. */
  deliver(value: JsonObject): Promise<boolean>;
  /** What every later delivery suffers: sent twice, or kept back until the one after it has gone. */
  readonly faults: { duplicate: boolean; reorder: boolean };
  close(): void;
}

export function createWebhookSender(to: {
  readonly webhookUrl: string | readonly string[];
  readonly appSecret: string;
  readonly businessAccountId: string;
  readonly retries?: { readonly most: number; readonly pause: number };
}): WebhookSender {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const faults = { duplicate: false, reorder: false };
  const urls = typeof to.webhookUrl === 'string' ? [to.webhookUrl] : to.webhookUrl;
  const { most, pause } = to.retries ?? RETRIES;
  let posts = 0;
  let keptBack: (() => void) | undefined;
  let closed = false;

  async function untilTaken(raw: string): Promise<boolean> {
    for (let attempt = 1; attempt <= most && !closed; attempt += 1) {
      const status = await post(raw).catch(() => 0);
      if (status === 200) return true;
      await new Promise((done) => setTimeout(done, Math.min(50 * 2 ** attempt, pause)).unref());
    }
    return false;
  }

  function post(raw: string): Promise<number> {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(raw),
      'x-hub-signature-256': `sha256=${createHmac('sha256', to.appSecret).update(raw).digest('hex')}`,
    };
    const url = urls[posts % urls.length] ?? '';
    posts += 1;
    return new Promise((resolve, reject) => {
      const sent = request(url, { method: 'POST', agent, headers, timeout: 15_000 }, (response) => {
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
      return tries.every((one) => one);
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
