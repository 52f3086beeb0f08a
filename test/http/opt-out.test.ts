import { expect } from 'chai';
import { startWhatsAppEmulator, type WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import { aFlow } from '../support/builders.js';
import { ACCOUNT, until } from '../support/small-world.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const FROM = '4915112345678';
const menu = aFlow('menu', {
  triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['menu', 'parar'] } }, { type: 'TriggeredManually' }],
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    {
      id: 'ask',
      type: 'send-message',
      version: 1,
      params: {
        message: {
          type: 'text',
          text: 'Choose',
          choices: [
            { id: 'go', title: 'Go on' },
            { id: 'halt', title: 'Stop' },
          ],
        },
      },
    },
    { id: 'pick', type: 'wait-for-response', version: 1, params: { saveAs: 'pick' } },
    { id: 'told', type: 'send-message', version: 1, params: { message: { type: 'text', text: 'You chose {{ pick }}' } } },
    { id: 'end', type: 'end', version: 1, params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'ask' },
    { from: 'ask', port: 'next', to: 'pick' },
    { from: 'pick', port: 'replied', to: 'told' },
    { from: 'told', port: 'next', to: 'end' },
  ],
});
const ANSWER = 'You will get no more messages from us here. Write START if you want them again.';

describe('a person who writes STOP', () => {
  let host: TestApp;
  let whatsapp: WhatsAppEmulator;
  let id: string;
  const heard = (from = FROM) => whatsapp.heard.filter(({ to }) => to === from).map(({ text }) => text);
  const says = async (text: string, ...expected: readonly string[]) => {
    const before = heard().length;
    await whatsapp.say({ from: FROM, text });
    await until(() => heard().length >= before + expected.length);
    expect(heard().slice(before)).to.deep.equal(expected);
  };
  const contact = async () => (await host.call('GET', `/api/contacts?identity=whatsapp:${FROM}`)).json.items[0];
  const lastTurn = async () => (await host.call('GET', `/api/sessions/${id}/turns`)).json.items.at(-1);
  const answer = (session: string, body: object) => host.call('POST', `/api/sessions/${session}/answer`, { outside: true, ...body });
  before(async () => {
    host = await startTestApp();
    whatsapp = await startWhatsAppEmulator({ ...ACCOUNT, webhookUrl: `${host.url}/webhooks/wa` });
    await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config: { ...ACCOUNT, baseUrl: whatsapp.url } });
    await host.call('POST', '/api/flows', menu);
    await host.call('PUT', '/api/flows/menu/channels', { channels: ['wa'] });
    const published = await host.call('POST', '/api/flows/menu/publish', {});
    const words = published.json.problems.filter(({ code }: { code: string }) => code === 'flow/stop-word');
    expect(words.map(({ pointer }: { pointer: string }) => pointer)).to.deep.equal(['/triggers/0/match/keywords/1']);
  });
  after(async () => {
    await host.app.stop();
    await whatsapp.close();
  });

  it('answers a question with it where that is a choice', async () => {
    await says('menu', 'Choose');
    await says('stop', 'You chose Stop');
    id = (await contact()).id;
  });

  it('ends the flow with it everywhere else, and gets one answer', async () => {
    await says('menu', 'Choose');
    await says('Unsubscribe!', ANSWER);
    expect((await contact()).optOut).to.deep.equal({ whatsapp: true });
    expect((await lastTurn()).decision.kind).to.equal('opted-out');
    expect((await host.call('GET', `/api/sessions/${id}`)).json.runs).to.deep.equal([]);
    const results = (await host.call('GET', '/api/flows/menu/results')).json.items;
    expect(results.map(({ outcome }: { outcome: string }) => outcome)).to.deep.equal(['completed', 'opted-out']);
    await says('stop');
  });

  it('is not written to by starts and operators', async () => {
    const start = await host.call('POST', '/api/flows/menu/trigger', { contact: { identity: `whatsapp:${FROM}` } });
    expect([start.status, start.json.code]).to.deep.equal([409, 'start/opted-out']);
    const outside = await answer(id, { text: 'Come back!' });
    expect([outside.status, outside.json.code]).to.deep.equal([409, 'send/opted-out']);
  });

  it('is answered when they write, and comes back with START', async () => {
    await says('menu', 'Choose');
    await says('Go on', 'You chose Go on');
    expect((await answer(id, { text: 'Hello' })).status).to.equal(200);
    await whatsapp.say({ from: FROM, text: 'Start' });
    await until(async () => Object.keys((await contact()).optOut).length === 0);
    expect((await lastTurn()).warnings.map(({ code }: { code: string }) => code)).to.deep.equal(['contact/opted-in']);
  });

  it('has other words where the channel says so', async () => {
    const put = (more: object) =>
      host.call('PUT', '/api/channels/wa', { name: 'WA', config: { ...ACCOUNT, baseUrl: whatsapp.url, ...more } });
    expect(
      (await put({ stopWords: ['  '], startWords: 'start', stopAnswer: 7 })).json.errors.map(({ pointer }: { pointer: string }) => pointer),
    ).to.deep.equal(['/config/stopWords/0', '/config/startWords', '/config/stopAnswer']);
    expect((await put({ stopWords: ['Schluss'], stopAnswer: 'Bye' })).status).to.equal(200);
    const check = await host.call('POST', '/api/flows/menu/check');
    expect(check.json.problems.map(({ code }: { code: string }) => code)).to.not.include('flow/stop-word');
    await says('parar', 'Choose');
    await says('schluss', 'Bye');
  });
});

describe('a person whom only the API has named', () => {
  let host: TestApp;
  let whatsapp: WhatsAppEmulator;
  const created = async (identity: string) => (await host.call('POST', '/api/contacts', { identity })).json.id;
  const answer = (session: string, body: object) => host.call('POST', `/api/sessions/${session}/answer`, { outside: true, ...body });
  before(async () => {
    host = await startTestApp();
    whatsapp = await startWhatsAppEmulator({ ...ACCOUNT, webhookUrl: `${host.url}/webhooks/wa` });
    await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config: { ...ACCOUNT, baseUrl: whatsapp.url } });
  });
  after(async () => {
    await host.app.stop();
    await whatsapp.close();
  });
  const template = { type: 'template', name: 'hello', language: 'en' };

  it('gets a template of an operator, and nothing else', async () => {
    const id = await created('whatsapp:4915100000001');
    const text = await answer(id, { text: 'Hello' });
    expect([text.status, text.json.code]).to.deep.equal([409, 'send/window-closed']);
    expect((await answer(id, { message: template })).status).to.equal(200);
    await until(() => whatsapp.heard.some(({ to }) => to === '4915100000001'));
  });

  it('is written to on the channel that the operator names, if there are several', async () => {
    const second = { ...ACCOUNT, phoneNumberId: '999', baseUrl: whatsapp.url };
    await host.call('POST', '/api/channels', { id: 'wa-2', adapter: 'whatsapp', name: 'WA 2', config: second });
    const id = await created('whatsapp:4915100000002');
    const unnamed = await answer(id, { message: template });
    expect([unnamed.status, unnamed.json.code, unnamed.json.errors[0].pointer]).to.deep.equal([422, 'start/no-channel', '/channel']);
    const unknown = await answer(id, { message: template, channel: 'other' });
    expect([unknown.status, unknown.json.code]).to.deep.equal([422, 'channel/unknown']);
    expect((await answer(id, { message: template, channel: 'wa' })).status).to.equal(200);
    const inside = await host.call('POST', `/api/sessions/${id}/answer`, { message: template, channel: 'wa' });
    expect(inside.status).to.equal(422);
  });

  it('has no address on a channel of another platform', async () => {
    const config = { authToken: 'viber-token', senderName: 'Bot', baseUrl: whatsapp.url };
    await host.call('POST', '/api/channels', { id: 'vb', adapter: 'viber', name: 'VB', config });
    const id = await created('whatsapp:4915100000003');
    const nowhere = await answer(id, { text: 'Hello', channel: 'vb' });
    expect([nowhere.status, nowhere.json.code]).to.deep.equal([422, 'contact/no-address']);
  });
});
