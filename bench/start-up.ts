import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FlowDefinition } from '../src/contract/index.js';
import { residentMegabytes } from './child.js';
import { COUNTING } from './counting-flow.js';
import { printTable, show, spread } from './figures.js';
import { call, publish, SECRET, startHost } from './host.js';

const RUNS = 5;
/** How long the host is idle before its memory is read, in milliseconds. */
const IDLE = 2_000;

const CHANNEL = {
  id: 'wa',
  adapter: 'whatsapp',
  name: 'Bench',
  config: {
    phoneNumberId: '1',
    displayPhoneNumber: '+15550783881',
    businessAccountId: '1',
    accessToken: 'token',
    appSecret: SECRET,
    verifyToken: 'verify',
    baseUrl: 'http://127.0.0.1:9',
  },
};

/** What is stored when a host starts. */
const HOSTS: readonly { readonly name: string; readonly flows: readonly FlowDefinition[] }[] = [
  { name: 'no flow', flows: [] },
  { name: 'a flow with five types of nodes', flows: [COUNTING] },
];

/** (c) Measures the time from the start of the process to the first answered webhook, and the memory of an idle host. */
export async function benchStartUp(): Promise<void> {
  const rows: string[][] = [];
  for (const { name, flows } of HOSTS) {
    const answered: number[] = [];
    const memory: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const started = await startOnce(flows);
      answered.push(started.answered);
      memory.push(started.memory);
    }
    rows.push([name, show(spread(answered)), show(spread(memory))]);
  }
  printTable(`Start-up and idle memory: median of ${RUNS} (least–most)`, [
    ['', 'process start to the first answered webhook, ms', 'idle memory, MB'],
    ...rows,
  ]);
}

async function startOnce(flows: readonly FlowDefinition[]): Promise<{ readonly answered: number; readonly memory: number }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  // The first start creates the file, the channel and the flows.
  const first = await startHost({ DATA_DIR: dataDir });
  await call(first.url, 'POST', '/api/channels', CHANNEL);
  for (const flow of flows) await publish(first.url, flow);
  await first.stop();
  const began = performance.now();
  const host = await startHost({ DATA_DIR: dataDir });
  const body = '{"object":"whatsapp_business_account","entry":[]}';
  const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
  const answer = await fetch(`${host.url}/webhooks/wa`, { method: 'POST', headers: { 'x-hub-signature-256': signature }, body });
  if (answer.status !== 200) throw new Error(`the webhook was answered ${answer.status}`);
  const answered = performance.now() - began;
  await new Promise((done) => setTimeout(done, IDLE));
  const memory = residentMegabytes(host.pid);
  await host.stop();
  rmSync(dataDir, { recursive: true, force: true });
  return { answered, memory };
}
