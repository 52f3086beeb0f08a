// What the processes of the benches share that stand for Meta: they send webhooks to a host, and take what it sends.
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';

/** Where webhooks go, and how they are signed. */
export interface Target {
  readonly webhook: string;
  readonly appSecret: string;
  readonly phoneNumberId: string;
}

/** A message that the host has sent. */
export interface Sent {
  /** The phone number, without a plus. */
  readonly to: string;
  /** The id that the provider has given it. */
  readonly id: string;
  /** The host's id of it. */
  readonly effect: string;
}

const REFUSED = JSON.stringify({ error: { message: '(#130429) Rate limit hit', type: 'OAuthException', code: 130_429 } });

/** Starts a provider that responds at once, and reports its port to the parent. It refuses a message for its rate if `take` returns false. */
export function startProvider(take: (sent: Sent) => boolean): void {
  let serial = 0;
  const server = createServer((request, response) => {
    let raw = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => {
      raw += part;
    });
    request.on('end', () => {
      const { to = '', biz_opaque_callback_data: effect = '' } = JSON.parse(raw) as { to?: string; biz_opaque_callback_data?: string };
      serial += 1;
      const sent = { to: to.replace('+', ''), id: `wamid.b${serial}`, effect };
      const isTaken = take(sent);
      response.writeHead(isTaken ? 200 : 400, { 'content-type': 'application/json' });
      response.end(isTaken ? `{"messaging_product":"whatsapp","messages":[{"id":"${sent.id}"}]}` : REFUSED);
    });
  });
  server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
}

/** Creates a function that posts a webhook and rejects if it is not answered 200. */
export function createWebhook({ webhook, appSecret, phoneNumberId }: Target): (content: object) => Promise<void> {
  const { origin, pathname } = new URL(webhook);
  const pool = new Pool(origin, { connections: 64 });
  const metadata = { display_phone_number: '15550783881', phone_number_id: phoneNumberId };
  return async (content) => {
    const value = { messaging_product: 'whatsapp', metadata, ...content };
    const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field: 'messages', value }] }] });
    const signature = createHmac('sha256', appSecret).update(body).digest('hex');
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` };
    const status = await untilAnswered(async () => {
      const answer = await pool.request({ path: pathname, method: 'POST', headers, body });
      await answer.body.dump();
      return answer.statusCode;
    });
    if (status !== 200) throw new Error(`the webhook was answered ${status}`);
  };
}

/** Delivers again if the connection is lost, as providers do: on a busy machine the host may close one that was idle just when it is used. */
async function untilAnswered(deliver: () => Promise<number>): Promise<number> {
  for (let left = 3; ; left -= 1) {
    try {
      return await deliver();
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}

/** Returns the content of a webhook with a text from a phone. */
export function textFrom(from: string, id: string, body: string): object {
  const timestamp = nowInSeconds();
  return {
    contacts: [{ profile: { name: 'Ada' }, wa_id: from }],
    messages: [{ from, id: `wamid.m${from}.${id}`, timestamp, type: 'text', text: { body } }],
  };
}

/** Returns the content of a webhook with a receipt. */
export function receiptOf({ to, id, effect }: Sent, status: string): object {
  return { statuses: [{ id, status, timestamp: nowInSeconds(), recipient_id: to, biz_opaque_callback_data: effect }] };
}

function nowInSeconds(): string {
  return String(Math.floor(Date.now() / 1_000));
}

export function fail(error: unknown): void {
  process.send?.({ failed: String(error) });
}
