import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { startViberEmulator } from '../adapters/viber/emulator/index.js';
import { startWhatsAppEmulator } from '../adapters/whatsapp/emulator/index.js';
import type { App } from './app.js';
import type { Config } from './config/schema.js';
import type { Channel } from './contract/index.js';
import type { Store } from './contract/store/index.js';

/** The emulated accounts, without their secrets, which each installation makes for itself. */
const WHATSAPP = { phoneNumberId: '106540352242922', businessAccountId: '102290129340398', displayPhoneNumber: '+15550783881' };
const VIBER = { senderName: 'Parley', uri: 'parley-demo' };

/** A channel on an emulated account, and its demo flow. */
interface Demo {
  readonly channel: Pick<Channel, 'id' | 'adapter' | 'name' | 'config'>;
  readonly flow: string;
}

export interface DemoParts {
  readonly app: App;
  readonly config: Config;
  readonly url: string;
  readonly print: (line: string) => void;
}

/**
 * Starts emulators of WhatsApp and Viber, each with a channel and a flow that is online. Channels and flows are created once; what their
 * owner changes or deletes stays so. Each start updates the settings of the channels to those of its emulators.
 */
export async function startDemo(parts: DemoParts): Promise<{ stop(): Promise<void> }> {
  const { app, config, url, print } = parts;
  const secretOf = secretsBy(await app.store.meta.putIfAbsent('demoSecret', randomBytes(32).toString('hex')));
  const metaAccount = {
    ...WHATSAPP,
    accessToken: secretOf('whatsapp access token'),
    appSecret: secretOf('whatsapp app secret'),
    verifyToken: secretOf('whatsapp verify token'),
  };
  const viberAccount = { ...VIBER, authToken: secretOf('viber authentication token') };
  const whatsapp = await startWhatsAppEmulator({
    ...metaAccount,
    port: config.EMULATOR_WHATSAPP_PORT,
    webhookUrl: `${url}/webhooks/demo-whatsapp`,
    receipts: true,
    windows: true,
    wroteBefore: (recipient) => lastWrote(app.store, recipient),
  });
  const viber = await startViberEmulator({
    ...viberAccount,
    name: VIBER.senderName,
    port: config.EMULATOR_VIBER_PORT,
    webhookUrl: `${url}/webhooks/demo-viber`,
    receipts: true,
  }).catch(async (error: unknown) => {
    await whatsapp.close();
    throw error;
  });
  const demos: readonly Demo[] = [
    {
      channel: {
        id: 'demo-whatsapp',
        adapter: 'whatsapp',
        name: 'Demo number (emulated)',
        config: { ...metaAccount, baseUrl: whatsapp.url },
      },
      flow: 'welcome',
    },
    {
      channel: { id: 'demo-viber', adapter: 'viber', name: 'Demo bot (emulated)', config: { ...viberAccount, baseUrl: viber.url } },
      flow: 'welcome-viber',
    },
  ];
  print(`WhatsApp is emulated on ${whatsapp.url}, Viber on ${viber.url}`);
  for (const demo of demos) await setUp(parts, demo);
  print('next: run "npm run chat" or "npm run chat -- viber" in another terminal, and write "hi"');
  return {
    async stop() {
      for (const { channel } of demos) app.demo.close(channel.id);
      await Promise.all([whatsapp.close(), viber.close()]);
    },
  };
}

/** Returns when a person last wrote to the demo number. The store knows it after a restart; the emulator does not. */
async function lastWrote(store: Store, recipient: string): Promise<number | undefined> {
  const session = await store.contacts.find(`whatsapp:${recipient}`);
  const at = session && (await store.sessions.load(session))?.state.channels['demo-whatsapp']?.lastInboundAt;
  return at === undefined ? undefined : Date.parse(at);
}

/** Derives secrets by name from a seed, so that they are the same at every start, but different in every installation. */
function secretsBy(seed: string): (name: string) => string {
  return (name) => createHmac('sha256', seed).update(name).digest('hex');
}

async function setUp({ app, url, print }: DemoParts, { channel, flow }: Demo): Promise<void> {
  const opened = await app.demo.open(channel);
  if (opened === 'deleted') return print(`the channel "${channel.id}" was deleted and stays deleted`);
  if (opened === 'new' && app.adminKey !== undefined) {
    await createFlow(caller(url, app.adminKey), channel.id, flow);
    await app.demo.handOver(channel.id);
  }
  const stored = await app.store.flows.get(flow);
  const isThere = stored?.state === 'ONLINE' && stored.channels.includes(channel.id);
  print(`the flow "${flow}" is ${isThere ? '' : 'not '}ONLINE on the channel "${channel.id}"`);
}

/** Creates and publishes the flow through the API. If a flow with this code exists already, it is left as it is. */
async function createFlow(call: ReturnType<typeof caller>, channel: string, flow: string): Promise<void> {
  const definition: unknown = JSON.parse(readFileSync(new URL(`../../templates/${flow}.json`, import.meta.url), 'utf8'));
  const uploaded = await call('POST', '/api/flows', definition);
  if (uploaded.status !== 201) return;
  await call('PUT', `/api/flows/${flow}/channels`, { channels: [channel] });
  await call('POST', `/api/flows/${flow}/publish`, { remark: 'demo' });
}

function caller(url: string, key: string) {
  return async (method: string, path: string, body: unknown): Promise<{ readonly status: number }> => {
    const answer = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok && answer.status !== 409) throw new Error(`setting up the demo failed: ${method} ${path}: ${await answer.text()}`);
    return { status: answer.status };
  };
}
