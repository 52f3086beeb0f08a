import { readFileSync } from 'node:fs';
import { startViberEmulator } from '../adapters/viber/emulator.js';
import { startWhatsAppEmulator } from '../adapters/whatsapp/emulator.js';
import type { App } from './app.js';
import type { Config } from './config/schema.js';

/** The emulated accounts: nobody's, and good on localhost only. */
const WHATSAPP = {
  phoneNumberId: '106540352242922',
  businessAccountId: '102290129340398',
  displayPhoneNumber: '+15550783881',
  accessToken: 'demo-access-token',
  appSecret: 'demo-app-secret',
  verifyToken: 'demo-verify-token',
};
const VIBER = { authToken: 'demo-auth-token', senderName: 'Parley', uri: 'parley-demo' };

/** A channel on an emulated account, and the flow that talks there. */
interface Demo {
  readonly id: string;
  readonly name: string;
  readonly adapter: string;
  readonly config: object;
  readonly flow: string;
}

/**
 * The first minute: emulators of WhatsApp and Viber, a channel and a flow ONLINE on each, all made through the API as anybody would. Done
 * again at every start; what is there already is left as its owner made it.
 */
export async function startDemo(parts: {
  readonly app: App;
  readonly config: Config;
  readonly url: string;
  readonly say: (line: string) => void;
}): Promise<{ stop(): Promise<void> }> {
  const { app, config, url, say } = parts;
  const whatsapp = await startWhatsAppEmulator({
    ...WHATSAPP,
    port: config.EMULATOR_WHATSAPP_PORT,
    webhookUrl: `${url}/webhooks/demo-whatsapp`,
    receipts: true,
  });
  const viber = await startViberEmulator({
    ...VIBER,
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
      id: 'demo-whatsapp',
      name: 'Demo number (emulated)',
      adapter: 'whatsapp',
      config: { ...WHATSAPP, baseUrl: whatsapp.url },
      flow: 'welcome',
    },
    { id: 'demo-viber', name: 'Demo bot (emulated)', adapter: 'viber', config: { ...VIBER, baseUrl: viber.url }, flow: 'welcome-viber' },
  ];
  say(`WhatsApp is emulated on ${whatsapp.url}, Viber on ${viber.url}`);
  if (app.adminKey === undefined) say('the demo is as the first start left it (set PARLEY_ADMIN_KEY to have it set up again)');
  else for (const demo of demos) await setUp(caller(url, app.adminKey), demo, say);
  say('next: in another terminal, "npm run chat" or "npm run chat -- viber", and write "hi"');
  return {
    async stop() {
      await Promise.all([whatsapp.close(), viber.close()]);
    },
  };
}

async function setUp(call: ReturnType<typeof caller>, { id, flow, ...channel }: Demo, say: (line: string) => void): Promise<void> {
  const made = await call('POST', '/api/channels', { id, ...channel });
  // The emulator's address may be another one than last time.
  if (made.status === 409) await call('PUT', `/api/channels/${id}`, channel);
  const definition: unknown = JSON.parse(readFileSync(new URL(`../../templates/${flow}.json`, import.meta.url), 'utf8'));
  const uploaded = await call('POST', '/api/flows', definition);
  if (uploaded.status === 201) {
    await call('PUT', `/api/flows/${flow}/channels`, { channels: [id] });
    await call('POST', `/api/flows/${flow}/publish`, { remark: 'demo' });
  }
  say(`the flow "${flow}" is ONLINE on the channel "${id}"`);
}

function caller(url: string, key: string) {
  return async (method: string, path: string, body: unknown): Promise<{ readonly status: number }> => {
    const answer = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (answer.status >= 400 && answer.status !== 409)
      throw new Error(`the demo could not be set up: ${method} ${path}: ${await answer.text()}`);
    return { status: answer.status };
  };
}
