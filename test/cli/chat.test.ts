import { expect } from 'chai';
import { startViberEmulator, type ViberEmulator } from '../../adapters/viber/emulator/index.js';
import { aFlow } from '../support/builders.js';
import { runCommand } from '../support/run-command.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const TOKEN = '44dafb7e0f40021e-61a47a1e6778d187-f2c5a676a07050b3';
const says = (id: string, text: string) => ({ id, type: 'send-message', version: 1, params: { message: { type: 'text', text } } });
const echo = aFlow('echo', {
  triggers: [{ type: 'TriggeredByViber' }],
  nodes: [{ id: 'start', type: 'start', version: 1, params: {} }, says('told', 'You said {{ incomingMessage }}')],
  edges: [{ from: 'start', port: 'next', to: 'told' }],
});

describe('parley chat', () => {
  let host: TestApp;
  let viber: ViberEmulator;
  before(async () => {
    host = await startTestApp();
    viber = await startViberEmulator({ authToken: TOKEN, uri: 'shop', webhookUrl: `${host.url}/webhooks/vb` });
    const config = { authToken: TOKEN, senderName: 'Shop', uri: 'shop', baseUrl: viber.url };
    await host.call('POST', '/api/channels', { id: 'vb', adapter: 'viber', name: 'Viber', config });
    await host.call('POST', '/api/flows', echo);
    await host.call('PUT', '/api/flows/echo/channels', { channels: ['vb'] });
    await host.call('POST', '/api/flows/echo/publish', {});
  });
  after(async () => {
    await host.app.stop();
    await viber.close();
  });

  it('says every line that was piped in before the chat was open', async () => {
    const { code, out } = await runCommand(['chat', 'viber', '--emulator', viber.url], { stdin: 'hi\nthere\n' });
    expect(code).to.equal(0);
    expect(out.split('\n').filter((line) => line.startsWith('> '))).to.deep.equal(['> hi', '> there']);
    const [contact] = (await host.call('GET', '/api/contacts?identity=viber:vb:ada==')).json.items;
    const said = (await host.call('GET', `/api/sessions/${contact.id}/messages`)).json.items;
    const heard = said.filter(({ direction }: { direction: string }) => direction === 'in').map(({ text }: { text: string }) => text);
    expect(heard).to.deep.equal(['hi', 'there']);
  });
});
