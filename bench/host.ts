import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FlowDefinition } from '../src/contract/index.js';
import { type Child, startChild } from './child.js';

/** The values that hosts, loops, phones and campaigns of the benches share. */
export const KEY = 'bench-key-0123456789';
export const SECRET = 'bench-app-secret';
export const PHONE_NUMBER_ID = '106540352242922';
const here = (file: string) => new URL(file, import.meta.url).pathname;

/** A process that accepts messages or starts, and sends to the provider. */
export interface Opponent {
  readonly pid: number;
  readonly webhook: string;
  /** The URL for starts. */
  readonly trigger: string;
  stop(): Promise<void>;
}

/** A host that `env` may have given the probe (host-probe.ts). */
export interface Host extends Opponent {
  readonly child: Child;
  /** Puts one more flow online on its channel. Resolves with the URL for its starts. */
  publish(flow: FlowDefinition): Promise<string>;
  /** Returns the sum of a metric over all labels for which `isCounted` is true. */
  metric(name: string, isCounted?: (labels: string) => boolean): Promise<number>;
}

/** Settings of a host that can be asked for a profile. */
export const PROBED = { NODE_OPTIONS: `--import ${new URL('./host-probe.js', import.meta.url)}` };

export async function bareLoop(kind: 'express' | 'http', provider: string): Promise<Opponent> {
  const child = startChild(here('./bare-loop.js'), [kind, provider, SECRET, PHONE_NUMBER_ID, KEY]);
  const url = `http://127.0.0.1:${await child.next<number>('port')}`;
  return { pid: child.pid, webhook: `${url}/webhook`, trigger: `${url}/trigger`, stop: () => child.stop() };
}

/** Starts a host with one flow online on one channel, which sends to the provider. `env` sets the store, `throughput` the channel's pace. */
export async function parley(env: Readonly<Record<string, string>>, flow: FlowDefinition, provider: string, throughput = 0): Promise<Host> {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  const host = await startHost({ DATA_DIR: dataDir, ...env });
  const config = {
    phoneNumberId: PHONE_NUMBER_ID,
    displayPhoneNumber: '+15550783881',
    businessAccountId: '1',
    accessToken: 'token',
    appSecret: SECRET,
    verifyToken: 'verify',
    baseUrl: provider,
    throughput,
  };
  await call(host.url, 'POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'Bench', config });
  const trigger = await publish(host.url, flow);
  return {
    pid: host.pid,
    child: host.child,
    webhook: `${host.url}/webhooks/wa`,
    trigger,
    publish: (other) => publish(host.url, other),
    metric: (name, isCounted) => metric(host.url, name, isCounted),
    async stop() {
      await host.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Puts a flow online on the channel `wa`. Returns the URL for its starts. */
export async function publish(url: string, flow: FlowDefinition): Promise<string> {
  await call(url, 'POST', '/api/flows', flow);
  await call(url, 'PUT', `/api/flows/${flow.code}/channels`, { channels: ['wa'] });
  await call(url, 'POST', `/api/flows/${flow.code}/publish`, {});
  return `${url}/api/flows/${flow.code}/trigger`;
}

async function metric(url: string, name: string, isCounted: (labels: string) => boolean = () => true): Promise<number> {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${KEY}` } });
  let sum = 0;
  for (const [, labels = '', value] of (await answer.text()).matchAll(new RegExp(`^${name}(\\S*) (\\S+)$`, 'gm')))
    if (isCounted(labels)) sum += Number(value);
  return sum;
}

/** Starts the host as a process of its own, on a free port. Resolves when it serves. */
export async function startHost(
  env: Readonly<Record<string, string>>,
): Promise<{ readonly pid: number; readonly child: Child; readonly url: string; stop(): Promise<void> }> {
  const child = startChild(here('../src/main.js'), [], {
    PORT: '0',
    EMULATORS: 'false',
    LOG_LEVEL: 'error',
    PARLEY_ADMIN_KEY: KEY,
    MONGODB_URL: '',
    ...env,
  });
  return { pid: child.pid, child, url: await child.printed(/parley listens on (\S+)\n/), stop: () => child.stop() };
}

export async function call(url: string, method: string, path: string, body: unknown): Promise<void> {
  const answer = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
}
