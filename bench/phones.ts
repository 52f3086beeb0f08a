// A process with many phones that write, and the provider that accepts the replies. Each phone writes again when it has been answered. Its
// parent sends orders over IPC: { go: Order } → { done: { seconds, latencies } }; { report: status } → { reported: number of receipts }, which
// sends a receipt for every reply of the last order, one after another for each phone.
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
  /** What has reached it: ids of the provider and of the host. */
  readonly replies: { readonly id: string; readonly effect: string }[];
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
    const body = JSON.parse(raw) as { to?: string; biz_opaque_callback_data?: string };
    serial += 1;
    const id = `wamid.b${serial}`;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(`{"messaging_product":"whatsapp","messages":[{"id":"${id}"}]}`);
    heard((body.to ?? '').replace('+', ''), { id, effect: body.biz_opaque_callback_data ?? '' });
  });
});

provider.listen(0, '127.0.0.1', () => process.send?.({ port: (provider.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit(0));
process.on('message', (message: { readonly go?: Order; readonly report?: string }) => {
  if (message.go) begin(message.go);
  if (message.report !== undefined) report(message.report).then((count) => process.send?.({ reported: count }), fail);
});

function begin(go: Order): void {
  order = go;
  pool ??= new Pool(new URL(order.webhook).origin, { connections: 64 });
  latencies = [];
  phones = new Map();
  for (let i = 0; i < order.phones; i += 1) {
    const number = String(4_915_000_000_000 + order.first + i);
    phones.set(number, { number, left: order.each, asked: 0, replies: [] });
  }
  open = order.phones;
  begun = performance.now();
  for (const phone of phones.values()) say(phone);
}

function heard(number: string, reply: Phone['replies'][number]): void {
  const phone = phones.get(number);
  if (!phone) return;
  phone.replies.push(reply);
  latencies.push(performance.now() - phone.asked);
  if (phone.left > 0) {
    say(phone);
    return;
  }
  open -= 1;
  if (open === 0) process.send?.({ done: { seconds: (performance.now() - begun) / 1000, latencies } });
}

function say(phone: Phone): void {
  phone.left -= 1;
  phone.asked = performance.now();
  serial += 1;
  const message = {
    from: phone.number,
    id: `wamid.m${phone.number}.${serial}`,
    timestamp: String(Math.floor(Date.now() / 1000)),
    type: 'text',
    text: { body: `message ${phone.left}` },
  };
  deliver({ contacts: [{ profile: { name: 'Ada' }, wa_id: phone.number }], messages: [message] }).catch(fail);
}

async function report(status: string): Promise<number> {
  const counts = [...phones.values()].map(async ({ number, replies }) => {
    for (const { id, effect } of replies) {
      const timestamp = String(Math.floor(Date.now() / 1000));
      await deliver({ statuses: [{ id, status, timestamp, recipient_id: number, biz_opaque_callback_data: effect }] });
    }
    return replies.length;
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

/** Posts a webhook as Meta does, and expects 200. */
async function deliver(content: object): Promise<void> {
  if (!order || !pool) return;
  const metadata = { display_phone_number: '15550783881', phone_number_id: order.phoneNumberId };
  const value = { messaging_product: 'whatsapp', metadata, ...content };
  const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field: 'messages', value }] }] });
  const signature = createHmac('sha256', order.appSecret).update(body).digest('hex');
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` };
  const answer = await pool.request({ path: new URL(order.webhook).pathname, method: 'POST', headers, body });
  await answer.body.dump();
  if (answer.statusCode !== 200) throw new Error(`the webhook was answered ${answer.statusCode}`);
}

function fail(error: unknown): void {
  process.send?.({ failed: String(error) });
}
