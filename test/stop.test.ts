import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Fault, startWhatsAppEmulator, type WhatsAppEmulator } from '../adapters/whatsapp/emulator/index.js';
import { freePort } from '../chaos/hosts.js';
import { type App, createApp } from '../src/app.js';
import { loadConfig } from '../src/config/load.js';
import { silentLog } from '../src/contract/host/index.js';
import { type FlowDefinition, plusMillis } from '../src/contract/index.js';
import type { WaitingEffect } from '../src/contract/store/index.js';
import { openStore } from '../src/store/open-store.js';
import { dropDatabase, ownDatabase } from './support/both-stores.js';
import { aFlow } from './support/builders.js';
import { type ManualClock, manualClock } from './support/manual-clock.js';
import { ACCOUNT, putOnline } from './support/small-world.js';

/** A stop is over by then, in milliseconds. */
const LONGEST_STOP = 10_000;
const PEOPLE = 40;
const LINES = ['one', 'two', 'three'];

const send = (id: string) => ({
  id,
  type: 'send-whatsapp-message',
  version: 1,
  params: { message: { type: 'text', text: `${id} {{ lastMessage.text }}` } },
});
const talk: FlowDefinition = aFlow('talk', {
  triggers: [{ type: 'TriggeredByWhatsApp' }],
  nodes: [{ id: 'start', type: 'start', version: 1, params: {} }, ...LINES.map(send), { id: 'end', type: 'end', version: 1, params: {} }],
  edges: ['start', ...LINES].map((from, i) => ({ from, port: 'next', to: [...LINES, 'end'][i] ?? 'end' })),
});
/** Asks another system before it answers. */
const asking = (url: string): FlowDefinition =>
  aFlow('asking', {
    triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['ask'] } }],
    nodes: [
      { id: 'start', type: 'start', version: 1, params: {} },
      { id: 'ask', type: 'http-request', version: 1, params: { url, retries: 2, timeoutSeconds: 60 } },
      send('answered'),
      { id: 'end', type: 'end', version: 1, params: {} },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'ask' },
      { from: 'ask', port: 'next', to: 'answered' },
      { from: 'answered', port: 'next', to: 'end' },
    ],
  });

const kinds = ['embedded', ...(process.env['MONGODB_URL'] === undefined ? [] : ['MongoDB'])];
for (const kind of kinds)
  describe(`a host that is told to stop: ${kind}`, () => {
    let folder: string;
    let env: Readonly<Record<string, string>>;
    let emulator: WhatsAppEmulator;
    let fault: Fault;
    let clock: ManualClock;
    let app: App;
    let url: string;
    let port: number;
    let slow: Server;
    let asked: number;
    let isHanging: boolean;
    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'parley-stop-'));
      env = { DATA_DIR: folder, ...(kind === 'MongoDB' ? { MONGODB_URL: ownDatabase() } : {}) };
      fault = {};
      clock = manualClock();
      asked = 0;
      isHanging = false;
      slow = createServer((_request, response) => {
        asked += 1;
        if (!isHanging) response.end();
      });
      await new Promise<void>((done) => slow.listen(0, '127.0.0.1', done));
      port = await freePort();
      url = `http://127.0.0.1:${port}`;
      emulator = await startWhatsAppEmulator({
        ...ACCOUNT,
        webhookUrl: `${url}/webhooks/wa`,
        fault: () => fault,
        retries: { max: 1, pause: 1 },
      });
      const { displayPhoneNumber: _, ...account } = ACCOUNT;
      const at = '2026-11-24T08:00:00.000Z';
      const config = { ...account, baseUrl: emulator.url, throughput: 0 };
      const store = await open();
      await store.channels.create({ id: 'wa', adapter: 'whatsapp', name: 'WA', config, createdAt: at, updatedAt: at });
      await putOnline(store, talk);
      await putOnline(store, asking(`http://127.0.0.1:${(slow.address() as AddressInfo).port}/`));
      await store.close();
      await start();
    });
    afterEach(async () => {
      await emulator.close();
      slow.closeAllConnections();
      await new Promise((done) => slow.close(done));
      if (env['MONGODB_URL'] !== undefined) await dropDatabase(env['MONGODB_URL']);
      rmSync(folder, { recursive: true });
    });

    const open = () =>
      openStore({ dataDir: folder, ...(env['MONGODB_URL'] === undefined ? {} : { mongodbUrl: env['MONGODB_URL'] }) }, silentLog);
    async function start(): Promise<void> {
      const config = loadConfig({
        ...env,
        PORT: String(port),
        EMULATORS: 'false',
        PARLEY_ADMIN_KEY: 'a-key-of-this-test-0123',
        OUTBOUND_ALLOW: '127.0.0.1',
      });
      if ('mistakes' in config) throw new Error(config.mistakes.join(', '));
      app = await createApp(config, { clock });
      await app.listen();
    }
    /** Milliseconds that a stop takes by the clock of the host, which is turned until it has stopped. */
    async function stopping(): Promise<number> {
      const began = clock.monotonic();
      let isStopped = false;
      const stopped = app.stop().then(() => {
        isStopped = true;
      });
      await turning(() => isStopped);
      await stopped;
      return clock.monotonic() - began;
    }
    const turning = (isSo: () => boolean) =>
      until(() => {
        clock.advance(10);
        return isSo();
      });
    /** What a stopped host has left, as the store has it. */
    async function left(look: (effects: readonly WaitingEffect[]) => void): Promise<void> {
      const store = await open();
      try {
        const sessions = await store.sessions.list({ limit: 200 });
        const loaded = await Promise.all(sessions.map(({ state }) => store.sessions.load(state.id)));
        look(loaded.flatMap((one) => one?.effects ?? []));
      } finally {
        await store.close();
      }
    }
    const people = Array.from({ length: PEOPLE }, (_, i) => `49151${String(i).padStart(8, '0')}`);
    const heardBy = (person: string) => emulator.heard.filter(({ to }) => to === person).map(({ text }) => text.split(' ')[0]);

    it('under load with a slow provider: what was begun is done, everything else is given back, and the next start does it at once', async () => {
      fault = { slow: 2_000 };
      const said = await Promise.all(people.map((from) => emulator.say({ from, text: 'hi' })));
      expect(said.every((one) => one)).to.equal(true);
      await until(() => emulator.heard.length > 0);
      // What is under way comes to its end without any time passing, and nothing else is waited for.
      await app.stop();
      const before = emulator.heard.length;
      const now = plusMillis(clock.now(), 1_000);
      await left((effects) => {
        expect(effects.length).to.equal(PEOPLE * LINES.length - before);
        // Of what a host was holding when it ended, the embedded store says at its next start that it is in doubt.
        expect(effects.filter(({ inDoubt, status }) => inDoubt || status !== 'queued')).to.deep.equal([]);
        expect(effects.filter(({ notBefore }) => notBefore !== undefined && notBefore > now)).to.deep.equal([]);
      });
      fault = {};
      const began = clock.monotonic();
      await start();
      await turning(() => emulator.heard.length === PEOPLE * LINES.length);
      expect(clock.monotonic() - began).to.be.lessThan(LONGEST_STOP);
      for (const person of people) expect(heardBy(person)).to.deep.equal(LINES);
      await app.stop();
    }).timeout(60_000);

    it('with a provider, a called system and a webhook client that hang: in time, and nothing is lost', async () => {
      const client = connect(Number(new URL(url).port), '127.0.0.1');
      client.on('error', () => {});
      client.write('POST /webhooks/wa HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{');
      isHanging = true;
      await emulator.say({ from: people[0] ?? '', text: 'ask' });
      await until(() => asked === 1);
      fault = { delay: 60_000 };
      await emulator.say({ from: people[1] ?? '', text: 'hi' });
      await until(() => emulator.requests === 1);
      const took = await stopping();
      client.destroy();
      expect(took).to.be.lessThan(LONGEST_STOP);
      await left((effects) => {
        const sends = effects.filter(({ effect }) => effect.body.kind === 'send');
        const calls = effects.filter(({ effect }) => effect.body.kind === 'call');
        // The one that was under way may have been taken: it waits for a proof. Those behind it were never begun.
        expect(sends.map(({ inDoubt, status }) => [inDoubt, status])).to.deep.equal([
          [true, 'queued'],
          [undefined, 'queued'],
          [undefined, 'queued'],
        ]);
        expect(calls.map(({ status }) => status)).to.deep.equal(['queued']);
      });
      isHanging = false;
      fault = {};
      await start();
      await turning(() => heardBy(people[0] ?? '').length === 1);
      expect([asked, heardBy(people[0] ?? '')]).to.deep.equal([2, ['answered']]);
      await app.stop();
    }).timeout(60_000);
  });

describe('a host as a process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-stop-'));
  after(() => rmSync(folder, { recursive: true }));

  it('ends well by SIGTERM, its demo with it', async () => {
    const port = await freePort();
    const env = { PATH: process.env['PATH'] ?? '', PORT: String(port), EMULATOR_WHATSAPP_PORT: '0', EMULATOR_VIBER_PORT: '0' };
    const main = new URL('../src/main.js', import.meta.url).pathname;
    const child = spawn(process.execPath, [main], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString();
    });
    await until(() => said.includes('npm run chat'));
    child.kill('SIGTERM');
    // A stop that hangs is ended with 1.
    const [code] = await once(child, 'exit');
    expect(code).to.equal(0);
  });
});

/** Real hosts take real time. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const limit = Date.now() + 30_000;
  while (!(await isSo())) {
    if (Date.now() > limit) throw new Error('it did not come to be so');
    await new Promise((done) => setTimeout(done, 20));
  }
}

describe('a script of npm', () => {
  it('ends with the shell that npm has put around it, which passes no signal on', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-signal-'));
    const waiting = join(folder, 'waiting.mjs');
    writeFileSync(
      waiting,
      "process.on('SIGTERM', () => { console.log('told to stop'); process.exit(0); }); console.log('waiting'); setInterval(() => {}, 1e6);",
    );
    // A shell that stays between the two, as npm's does.
    const shell = spawn('sh', ['-c', `"${process.execPath}" scripts/run.mjs "${waiting}"; exit`], {
      env: { ...process.env, npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    shell.stdout.on('data', (part: Buffer) => {
      said += part.toString();
      if (said === 'waiting\n') shell.kill('SIGTERM');
    });
    // The pipe is closed when the last of the two has ended.
    await once(shell.stdout, 'end');
    expect(said).to.equal('waiting\ntold to stop\n');
    rmSync(folder, { recursive: true });
  });
});
