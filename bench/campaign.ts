// A process with a system that starts flows in batches, and the provider that accepts the sends. Its parent sends orders over IPC:
// { go: order } → { done: { answered, sent } }, in seconds.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';

interface Order {
  readonly trigger: string;
  readonly key: string;
  readonly batches: number;
  readonly size: number;
  /** The number of batches at the same time. */
  readonly atOnce: number;
  /** Different for each run, so that runs do not share people. */
  readonly first: number;
}

let order: Order | undefined;
let pool: Pool | undefined;
let begun = 0;
let answered = 0;
let batch = 0;
let reached = new Set<string>();
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
    response.end(`{"messaging_product":"whatsapp","messages":[{"id":"wamid.c${serial}"}]}`);
    reached.add(body.to ?? '');
    report();
  });
});

provider.listen(0, '127.0.0.1', () => process.send?.({ port: (provider.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit(0));
process.on('message', ({ go }: { readonly go: Order }) => {
  order = go;
  pool ??= new Pool(new URL(go.trigger).origin, { connections: go.atOnce });
  reached = new Set();
  answered = 0;
  batch = 0;
  begun = performance.now();
  Promise.all(Array.from({ length: go.atOnce }, () => send(go))).then(
    () => {
      answered = seconds();
      report();
    },
    (error: unknown) => process.send?.({ failed: String(error) }),
  );
});

function seconds(): number {
  return (performance.now() - begun) / 1_000;
}

/** Starts the flow once for every person. Resolves when every batch is answered. */
function report(): void {
  if (order && answered > 0 && reached.size === order.batches * order.size) {
    order = undefined;
    process.send?.({ done: { answered, sent: seconds() } });
  }
}

/** Sends one batch after another until none is left. */
async function send({ trigger, key, batches, size, first }: Order): Promise<void> {
  while (batch < batches) {
    const from = first + batch * size;
    batch += 1;
    const starts = Array.from({ length: size }, (_, i) => startOf(from + i));
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
    const answer = await pool?.request({ path: new URL(trigger).pathname, method: 'POST', headers, body: JSON.stringify({ starts }) });
    if (answer?.statusCode !== 202) throw new Error(`a batch was answered ${answer?.statusCode}: ${await answer?.body.text()}`);
    const { results } = (await answer.body.json()) as { readonly results: readonly { readonly status: unknown }[] };
    const refused = results.find(({ status }) => status !== 'started');
    if (refused || results.length !== size) throw new Error(`a start was answered ${JSON.stringify(refused)}`);
  }
}

function startOf(i: number): object {
  return {
    contact: { identity: `whatsapp:${4_916_000_000_000 + i}`, name: 'Ada' },
    data: { order: `A-${i}` },
    uuid: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
    outId: `crm-${i}`,
  };
}
