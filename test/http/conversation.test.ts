import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { startWhatsAppEmulator, type WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import { aFlow } from '../support/builders.js';
import { ACCOUNT, until } from '../support/small-world.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const send = (id: string, text: string) => ({
  id,
  type: 'send-whatsapp-message',
  version: 1,
  params: { action: 'reply', message: { type: 'text', text } },
});
const talk = (question: string, keyword = 'hi', code = 'talk') =>
  aFlow(code, {
    triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: [keyword] } }],
    nodes: [
      { id: 'start', type: 'start', version: 1, params: {} },
      send('ask', question),
      { id: 'name', type: 'wait-for-response', version: 1, params: { timeout: { value: 1, unit: 'hours' }, saveAs: 'name' } },
      send('thanks', 'Thanks {{ name }}'),
      { id: 'end', type: 'end', version: 1, params: {} },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'ask' },
      { from: 'ask', port: 'next', to: 'name' },
      { from: 'name', port: 'replied', to: 'thanks' },
      { from: 'thanks', port: 'next', to: 'end' },
    ],
  });

describe('a conversation over HTTP', () => {
  let host: TestApp;
  let emulator: WhatsAppEmulator;
  before(async () => {
    host = await startTestApp();
    emulator = await startWhatsAppEmulator({ ...ACCOUNT, webhookUrl: `${host.url}/webhooks/wa`, windows: true });
    await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config: { ...ACCOUNT, baseUrl: emulator.url } });
    for (const flow of [talk('Name?'), talk('And you?', 'twice', 'twice')]) {
      await host.call('POST', '/api/flows', flow);
      await host.call('PUT', `/api/flows/${flow.code}/channels`, { channels: ['wa'] });
      await host.call('POST', `/api/flows/${flow.code}/publish`, {});
    }
  });
  after(async () => {
    await host.app.stop();
    await emulator.close();
  });

  const heardBy = (from: string) => emulator.heard.filter(({ to }) => to === from).map(({ text }) => text);
  const hears = (from: string, count: number) => until(() => heardBy(from).length >= count);
  const sessionOf = async (from: string) => {
    const { json } = await host.call('GET', `/api/contacts?identity=whatsapp:${from}`);
    return String(json.items[0].id);
  };

  it('goes from the first word to the last, through signed webhooks, and can be looked into', async () => {
    const ada = '491511000001';
    await emulator.say({ from: ada, name: 'Ada', text: 'hi' });
    await hears(ada, 1);
    await emulator.say({ from: ada, name: 'Ada', text: 'Countess' });
    await hears(ada, 2);
    expect(heardBy(ada)).to.deep.equal(['Name?', 'Thanks Countess']);
    const session = await sessionOf(ada);
    const [, last] = emulator.heard.filter(({ to }) => to === ada);
    if (!last) throw new Error('nothing was heard');
    await emulator.receipt(last, 'read');
    await until(async () => (await host.call('GET', `/api/sessions/${session}/messages`)).json.items.at(-1).status === 'read');
    const { items } = (await host.call('GET', `/api/sessions/${session}/messages`)).json;
    expect(items.map((one: { direction: string; text: string; node?: string }) => [one.direction, one.text, one.node])).to.deep.equal([
      ['in', 'hi', undefined],
      ['out', 'Name?', 'ask'],
      ['in', 'Countess', undefined],
      ['out', 'Thanks Countess', 'thanks'],
    ]);
    const pages: unknown[] = [];
    for (let next: string | undefined = ''; next !== undefined; ) {
      const { json } = await host.call('GET', `/api/sessions/${session}/messages?limit=1${next === '' ? '' : `&cursor=${next}`}`);
      pages.push(...json.items);
      next = json.next as string | undefined;
    }
    expect(pages).to.deep.equal(items);
    const turns = (await host.call('GET', `/api/sessions/${session}/turns`)).json.items;
    expect(turns.map((one: { decision: { kind: string } }) => one.decision.kind)).to.deep.equal(['started', 'answered']);
    expect(turns[0].decision.tried.filter((one: { matched: boolean }) => one.matched)).to.deep.equal([
      { flow: 'talk', matched: true, why: 'keyword "hi"' },
    ]);
  });

  it('who is in the middle of a version ends on it; taken offline with a last word, the runs end', async () => {
    const [ken, eve] = ['491511000002', '491511000003'];
    await emulator.say({ from: ken, text: 'hi' });
    await hears(ken, 1);
    const { headers } = await host.call('GET', '/api/flows/talk/draft');
    await host.call('PUT', '/api/flows/talk/draft', talk('Your name?'), { 'if-match': headers.get('etag') ?? '' });
    const published = await host.call('POST', '/api/flows/talk/publish', { sessions: 'keep' });
    expect(published.json.sessions).to.deep.equal({ keep: 1, positions: [{ version: 1, node: 'name', waiting: 1 }] });
    await emulator.say({ from: eve, text: 'hi' });
    await hears(eve, 1);
    await emulator.say({ from: ken, text: 'Ken' });
    await hears(ken, 2);
    expect([heardBy(ken), heardBy(eve)]).to.deep.equal([['Name?', 'Thanks Ken'], ['Your name?']]);
    const offline = await host.call('POST', '/api/flows/talk/offline', { sessions: 'end', message: 'We are closed.' });
    expect([offline.json.state, offline.json.ended]).to.deep.equal(['OFFLINE', 1]);
    await hears(eve, 2);
    expect(heardBy(eve).at(-1)).to.equal('We are closed.');
    expect((await host.call('GET', `/api/sessions/${await sessionOf(eve)}`)).json).to.include({ status: 'idle' });
  });

  it('a webhook that comes twice, or out of order, is one turn each', async () => {
    const tim = '491511000004';
    emulator.webhooks({ duplicate: true });
    await emulator.say({ from: tim, text: 'twice' });
    await emulator.say({ from: tim, text: 'Tim' });
    emulator.webhooks({ duplicate: false });
    await hears(tim, 2);
    expect(heardBy(tim)).to.deep.equal(['And you?', 'Thanks Tim']);
  });

  it('the door for providers knows its own, and says no otherwise', async () => {
    const body = '{"object":"whatsapp_business_account","entry":[]}';
    const signed = (raw: string) => ({
      'x-hub-signature-256': `sha256=${createHmac('sha256', ACCOUNT.appSecret).update(raw).digest('hex')}`,
    });
    const post = async (path: string, raw: string, headers: Record<string, string>) =>
      (await fetch(host.url + path, { method: 'POST', body: raw, headers })).status;
    expect(await post('/webhooks/wa', body, signed(body))).to.equal(200);
    expect(await post('/webhooks/wa', body, {})).to.equal(401);
    expect(await post('/webhooks/wa', body, signed(`${body} `))).to.equal(401);
    expect(await post('/webhooks/nobody', body, signed(body))).to.equal(404);
    expect(await post('/webhooks/%ff', body, signed(body))).to.equal(404);
    expect(await post('/webhooks/wa', '{"entry":', signed('{"entry":'))).to.equal(400);
    expect(await post('/webhooks/wa', 'x'.repeat(5_000_000), {})).to.equal(413);
    const shake = await fetch(`${host.url}/webhooks/wa?hub.mode=subscribe&hub.verify_token=${ACCOUNT.verifyToken}&hub.challenge=<b>42`);
    expect([shake.status, await shake.text(), shake.headers.get('content-type')]).to.deep.equal([200, '<b>42', 'text/plain']);
    expect((await fetch(`${host.url}/webhooks/wa`)).status).to.equal(403);
    expect((await fetch(`${host.url}/webhooks/wa`, { method: 'DELETE' })).status).to.equal(405);
  });
});
