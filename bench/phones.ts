// A process with many phones that write, and the provider that accepts the replies. Each phone writes again when it has been answered. Its
// parent sends orders over IPC: { go: messagesPerPhone } → { done: { seconds, latencies } }.
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';

interface Order {
  readonly webhook: string;
  readonly appSecret: string;
  readonly phoneNumberId: string;
  readonly phones: number;
  readonly each: number;
  /** Different for each run, so that runs do not share people. */
  readonly first: number;
}

interface Phone {
  readonly number: string;
  left: number;
  asked: number;
}

let order: Order | undefined;
let phones = new Map<string, Phone>();
let pool: Pool | undefined;
let latencies: number[] = [];
let open = 0;
let begun = 0;
let serial = 0;

// A provider that responds at once and never fails.
const provider = createServer((request, response) => {
  let raw = '';
  request.setEncoding('utf8');
  request.on('data', (part: string) => {
    raw += part;
  });
  request.on('end', () => {
    const body = JSON.parse(raw) as { to?: string };
    serial += 1;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(`{"messaging_product":"whatsapp","messages":[{"id":"wamid.b${serial}"}]}`);
    heard((body.to ?? '').replace('+', ''));
  });
});

provider.listen(0, '127.0.0.1', () => process.send?.({ port: (provider.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit(0));
process.on('message', (message: { readonly go: Order }) => {
  order = message.go;
  pool ??= new Pool(new URL(order.webhook).origin, { connections: 64 });
  latencies = [];
  phones = new Map();
  for (let i = 0; i < order.phones; i += 1) {
    const number = String(4_915_000_000_000 + order.first + i);
    phones.set(number, { number, left: order.each, asked: 0 });
  }
  open = order.phones;
  begun = performance.now();
  for (const phone of phones.values()) say(phone);
});

function heard(number: string): void {
  const phone = phones.get(number);
  if (!phone) return;
  latencies.push(performance.now() - phone.asked);
  if (phone.left > 0) {
    say(phone);
    return;
  }
  open -= 1;
  if (open === 0) process.send?.({ done: { seconds: (performance.now() - begun) / 1000, latencies } });
}

function say(phone: Phone): void {
  if (!order || !pool) return;
  phone.left -= 1;
  phone.asked = performance.now();
  serial += 1;
  const body = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '1',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '15550783881', phone_number_id: order.phoneNumberId },
              contacts: [{ profile: { name: 'Ada' }, wa_id: phone.number }],
              messages: [
                {
                  from: phone.number,
                  id: `wamid.m${phone.number}.${serial}`,
                  timestamp: String(Math.floor(Date.now() / 1000)),
                  type: 'text',
                  text: { body: `message ${phone.left}` },
                },
              ],
            },
          },
        ],
      },
    ],
  });
  const signature = createHmac('sha256', order.appSecret).update(body).digest('hex');
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` };
  pool
    .request({ path: new URL(order.webhook).pathname, method: 'POST', headers, body })
    .then(async (answer) => {
      await answer.body.dump();
      if (answer.statusCode !== 200) throw new Error(`the webhook was answered ${answer.statusCode}`);
    })
    .catch((error: unknown) => {
      process.send?.({ failed: String(error) });
    });
}
