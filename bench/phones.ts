// A process with many phones that write, and the provider that accepts the replies. Each phone writes again when it has been answered. Its
// parent sends orders over IPC: { go: Order } → { done: { seconds, latencies } }; { report: status } → { reported: number of receipts }, which
// sends a receipt for every reply of the last order, one after another for each phone.
import { createWebhook, fail, receiptOf, type Sent, startProvider, type Target, textFrom } from './meta.js';

interface Order extends Target {
  readonly phones: number;
  readonly each: number;
  /** Different for each run, so that runs do not share people. */
  readonly first: number;
}

interface Phone {
  readonly number: string;
  left: number;
  asked: number;
  readonly replies: Sent[];
}

let deliver: ((content: object) => Promise<void>) | undefined;
let phones = new Map<string, Phone>();
let latencies: number[] = [];
let open = 0;
let begun = 0;
let serial = 0;

startProvider(heard);
process.on('disconnect', () => process.exit(0));
process.on('message', (message: { readonly go?: Order; readonly report?: string }) => {
  if (message.go) begin(message.go);
  if (message.report !== undefined) report(message.report).then((count) => process.send?.({ reported: count }), fail);
});

function begin(order: Order): void {
  deliver ??= createWebhook(order);
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

function heard(sent: Sent): boolean {
  const phone = phones.get(sent.to);
  if (!phone) return true;
  phone.replies.push(sent);
  latencies.push(performance.now() - phone.asked);
  if (phone.left > 0) say(phone);
  else {
    open -= 1;
    if (open === 0) process.send?.({ done: { seconds: (performance.now() - begun) / 1000, latencies } });
  }
  return true;
}

function say(phone: Phone): void {
  phone.left -= 1;
  phone.asked = performance.now();
  serial += 1;
  deliver?.(textFrom(phone.number, String(serial), `message ${phone.left}`)).catch(fail);
}

async function report(status: string): Promise<number> {
  const counts = [...phones.values()].map(async ({ replies }) => {
    for (const sent of replies) await deliver?.(receiptOf(sent, status));
    return replies.length;
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}
