import { expect } from 'chai';
import { startWhatsAppEmulator, type WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import type { JsonObject } from '../../src/contract/index.js';
import { aFlow } from '../support/builders.js';
import { ACCOUNT, until } from '../support/small-world.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const send = (id: string, message: JsonObject) => ({ id, type: 'send-whatsapp-message', version: 1, params: { action: 'reply', message } });
const call = aFlow('call', {
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    send('text', { type: 'text', text: 'Hello' }),
    send('template', { type: 'template', name: 'hello', language: 'en' }),
    { id: 'end', type: 'end', version: 1, params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'text' },
    { from: 'text', port: 'next', to: 'template' },
    { from: 'template', port: 'next', to: 'end' },
  ],
});

describe('a person who has never written is called', () => {
  let host: TestApp;
  let emulator: WhatsAppEmulator;
  before(async () => {
    host = await startTestApp();
    emulator = await startWhatsAppEmulator({ ...ACCOUNT, webhookUrl: `${host.url}/webhooks/wa`, windows: true });
    await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config: { ...ACCOUNT, baseUrl: emulator.url } });
    await host.call('POST', '/api/flows', call);
    await host.call('PUT', '/api/flows/call/channels', { channels: ['wa'] });
    await host.call('POST', '/api/flows/call/publish', {});
    const { status, text } = await host.call('POST', '/api/flows/call/trigger', { contact: { identity: 'whatsapp:4915112345678' } });
    expect(status, text).to.equal(202);
    await until(() => emulator.heard.length > 0);
  });
  after(async () => {
    await host.app.stop();
    await emulator.close();
  });

  it('hears the template, and the provider is not asked for the text', () => {
    expect(emulator.heard.map(({ shown }) => shown.kind)).to.deep.equal(['template']);
    expect(emulator.requests).to.equal(1);
  });

  it('has a message that says it was skipped, and why', async () => {
    const [session] = (await host.call('GET', '/api/sessions')).json.items;
    const { items } = (await host.call('GET', `/api/sessions/${session.id}/messages`)).json;
    expect(items[0]).to.include({ text: 'Hello', status: 'skipped', node: 'text' });
    expect(items[0].skipped.code).to.equal('send/window-closed');
    expect(items[1]).to.not.have.property('skipped');
    const { items: turns } = (await host.call('GET', `/api/sessions/${session.id}/turns`)).json;
    expect(turns[0].effects.map(({ status }: { status: string }) => status)[0]).to.equal('skipped');
  });

  it('is counted among the sends', async () => {
    const { text } = await host.call('GET', '/metrics');
    expect(text).to.include('parley_sends_total{channel="wa",outcome="skipped",code="send/window-closed"} 1');
  });
});
