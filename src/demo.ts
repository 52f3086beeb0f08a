import { readFileSync } from 'node:fs';
import { startWhatsAppEmulator } from '../adapters/whatsapp/emulator.js';
import type { App } from './app.js';
import type { Config } from './config/schema.js';

const CHANNEL = 'demo-whatsapp';
/** The emulated account: nobody's, and good on localhost only. */
const ACCOUNT = {
  phoneNumberId: '106540352242922',
  businessAccountId: '102290129340398',
  displayPhoneNumber: '+15550783881',
  accessToken: 'demo-access-token',
  appSecret: 'demo-app-secret',
  verifyToken: 'demo-verify-token',
};

/**
 * The first minute: an emulator of WhatsApp, a channel on it, and a flow ONLINE, all made through the API as anybody would. Done
 * again at every start; what is there already is left as its owner made it.
 */
export async function startDemo(parts: {
  readonly app: App;
  readonly config: Config;
  readonly url: string;
  readonly say: (line: string) => void;
}): Promise<{ stop(): Promise<void> }> {
  const { app, config, url, say } = parts;
  const emulator = await startWhatsAppEmulator({
    ...ACCOUNT,
    port: config.EMULATOR_WHATSAPP_PORT,
    webhookUrl: `${url}/webhooks/${CHANNEL}`,
    receipts: true,
  });
  const stop = { stop: () => emulator.close() };
  if (app.adminKey === undefined) {
    say(`WhatsApp is emulated on ${emulator.url}; the demo is as the first start left it (set PARLEY_ADMIN_KEY to have it set up again)`);
    return stop;
  }
  const call = caller(url, app.adminKey);
  const channel = { adapter: 'whatsapp', name: 'Demo number (emulated)', config: { ...ACCOUNT, baseUrl: emulator.url } };
  const made = await call('POST', '/api/channels', { id: CHANNEL, ...channel });
  // The emulator's address may be another one than last time.
  if (made.status === 409) await call('PUT', `/api/channels/${CHANNEL}`, channel);
  const definition: unknown = JSON.parse(readFileSync(new URL('../../templates/welcome.json', import.meta.url), 'utf8'));
  const uploaded = await call('POST', '/api/flows', definition);
  if (uploaded.status === 201) {
    await call('PUT', '/api/flows/welcome/channels', { channels: [CHANNEL] });
    await call('POST', '/api/flows/welcome/publish', { remark: 'demo' });
  }
  say(`WhatsApp is emulated on ${emulator.url}; the flow "welcome" is ONLINE on it`);
  say('next: in another terminal, "npm run chat", and write "hi"');
  return stop;
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
