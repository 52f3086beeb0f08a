import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { residentMegabytes } from './child.js';
import { printTable, show, spread } from './figures.js';
import { call, SECRET, startHost } from './host.js';

const RUNS = 5;
/** How long the host is idle before its memory is read, in milliseconds. */
const IDLE = 2_000;

/** (c) Measures the time from the start of the process to the first answered webhook, and the memory of an idle host. */
export async function benchStartUp(): Promise<void> {
  const answered: number[] = [];
  const memory: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
    // The first start creates the file and the channel.
    const first = await startHost({ DATA_DIR: dataDir });
    const config = {
      phoneNumberId: '1',
      displayPhoneNumber: '+15550783881',
      businessAccountId: '1',
      accessToken: 'token',
      appSecret: SECRET,
      verifyToken: 'verify',
      baseUrl: 'http://127.0.0.1:9',
    };
    await call(first.url, 'POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'Bench', config });
    await first.stop();
    const began = performance.now();
    const host = await startHost({ DATA_DIR: dataDir });
    const body = '{"object":"whatsapp_business_account","entry":[]}';
    const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
    const answer = await fetch(`${host.url}/webhooks/wa`, { method: 'POST', headers: { 'x-hub-signature-256': signature }, body });
    if (answer.status !== 200) throw new Error(`the webhook was answered ${answer.status}`);
    answered.push(performance.now() - began);
    await new Promise((done) => setTimeout(done, IDLE));
    memory.push(residentMegabytes(host.pid));
    await host.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  printTable(`Start-up and idle memory: median of ${RUNS} (least–most)`, [
    ['process start to the first answered webhook, ms', 'idle memory, MB'],
    [show(spread(answered)), show(spread(memory))],
  ]);
}
