import { startWhatsAppEmulator, type WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import type { Log } from '../../src/contract/host/index.js';
import { aFlow } from '../support/builders.js';
import { until } from '../support/small-world.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** Secrets that nobody takes for an ordinary word. */
export const SECRETS = {
  accessToken: 'EAAG-access-token-of-the-channel',
  appSecret: 'app-secret-of-the-channel',
  verifyToken: 'verify-token-of-the-channel',
  shop: 'the-secret-of-the/shop?',
} as const;
export const ADA = '491511000077';
const ACCOUNT = { phoneNumberId: '106540352242922', businessAccountId: '102290129340398', displayPhoneNumber: '+15550783881' };

/** A host with WhatsApp and a flow that asks a shop: `hello` and then a word lead to a call and an answer. */
export interface TalkingHost {
  readonly host: TestApp;
  readonly emulator: WhatsAppEmulator;
  /** Ada writes; resolves when she has heard so many messages in all. */
  says(text: string, heard: number): Promise<void>;
  close(): Promise<void>;
}

export async function startTalkingHost(shop: string, env: Readonly<Record<string, string>> = {}, log?: Log): Promise<TalkingHost> {
  const host = await startTestApp({ PARLEY_SECRET_SHOP: SECRETS.shop, OUTBOUND_ALLOW: '127.0.0.1', ...env }, log);
  const { accessToken, appSecret, verifyToken } = SECRETS;
  const account = { ...ACCOUNT, accessToken, appSecret, verifyToken };
  const emulator = await startWhatsAppEmulator({ ...account, webhookUrl: `${host.url}/webhooks/wa` });
  await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config: { ...account, baseUrl: emulator.url } });
  await host.call('POST', '/api/flows', shopping(shop));
  await host.call('PUT', '/api/flows/shopping/channels', { channels: ['wa'] });
  const published = await host.call('POST', '/api/flows/shopping/publish', {});
  if (published.status !== 200) throw new Error(published.text);
  return {
    host,
    emulator,
    async says(text, heard) {
      await emulator.say({ from: ADA, name: 'Ada Lovelace', text });
      await until(() => emulator.heard.length >= heard);
    },
    async close() {
      await host.app.stop();
      await emulator.close();
    },
  };
}

function shopping(shop: string) {
  const send = (id: string, text: string) => ({
    id,
    type: 'send-whatsapp-message',
    version: 1,
    params: { action: 'reply', message: { type: 'text', text } },
  });
  return aFlow('shopping', {
    triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['hello'] } }, { type: 'TriggeredManually' }],
    nodes: [
      { id: 'start', type: 'start', version: 1, params: {} },
      send('ask', 'Which word shall we look for?'),
      { id: 'word', type: 'wait-for-response', version: 1, params: { timeout: { value: 1, unit: 'hours' }, saveAs: 'word' } },
      {
        id: 'shop',
        type: 'http-request',
        version: 1,
        params: {
          method: 'GET',
          url: `${shop}/find`,
          auth: { bearer: '{{ secrets.SHOP }}' },
          query: [
            { name: 'word', value: '{{ word }}' },
            { name: 'key', value: '{{ secrets.SHOP }}' },
          ],
          timeoutSeconds: 2,
          retries: 0,
          save: [{ name: 'title', from: 'body.title' }],
        },
      },
      send('told', 'We have {{ title }}'),
      send('sorry', 'The shop is closed'),
      { id: 'end', type: 'end', version: 1, params: {} },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'ask' },
      { from: 'ask', port: 'next', to: 'word' },
      { from: 'word', port: 'replied', to: 'shop' },
      { from: 'shop', port: 'next', to: 'told' },
      { from: 'shop', port: 'failed', to: 'sorry' },
      { from: 'told', port: 'next', to: 'end' },
      { from: 'sorry', port: 'next', to: 'end' },
    ],
  });
}
