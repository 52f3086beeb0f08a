import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { settings } from '../../adapters/viber/cases.js';
import type { ViberEmulator } from '../../adapters/viber/emulator/index.js';
import { startViberEmulator } from '../../adapters/viber/emulator/index.js';
import { createPeople } from '../../adapters/viber/emulator/people.js';
import viber from '../../adapters/viber/index.js';
import type { InboundEvent, OutboundMessage } from '../../src/contract/index.js';
import { START } from '../support/builders.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const ADA = 'xy5/5y6O81+/kbWHpLhBoA==';

describe('the emulated Viber', () => {
  let emulator: ViberEmulator;
  let bot: Bot;
  beforeEach(async () => {
    bot = await startBot();
    emulator = await startViberEmulator({ authToken: settings.authToken, webhookUrl: bot.url });
  });
  afterEach(() => Promise.all([emulator.close(), bot.close()]));

  it('tries a webhook before it takes it, and takes nothing without one', async () => {
    const fresh = await startViberEmulator({ authToken: settings.authToken });
    const to = (path: string, body: object) => call(fresh.url, path, body);
    const hi = { receiver: ADA, sender: { name: 'B' }, type: 'text', text: 'Hi' };
    expect((await to('send_message', hi)).status).to.equal(10);
    expect((await to('set_webhook', { url: 'http://example.org/' })).status).to.equal(1);
    expect((await to('set_webhook', { url: 'http://127.0.0.1:9/' })).status_message).to.equal('Result: failed with ConnectException');
    bot.status = 419;
    expect((await to('set_webhook', { url: bot.url })).status_message).to.equal('Result: failed with HTTP 419');
    bot.status = 200;
    expect((await to('set_webhook', { url: bot.url })).status).to.equal(0);
    // Its own event is nothing to a flow.
    expect(bot.events).to.deep.equal([]);
    expect((await to('send_message', hi)).status).to.equal(5);
    await fresh.subscribe(ADA);
    expect((await to('send_message', hi)).status).to.equal(0);
    await to('set_webhook', { url: '' });
    expect((await to('send_message', hi)).status).to.equal(10);
    await fresh.close();
  });

  it('knows its bot by the token', async () => {
    expect((await call(emulator.url, 'get_account_info', {}, 'foreign')).status_message).to.equal('invalidAuthToken');
    expect((await call(emulator.url, 'get_account_info', {}, '')).status_message).to.equal('missing_auth_token');
    await emulator.subscribe(ADA);
    const info = await call(emulator.url, 'get_account_info', { auth_token: settings.authToken }, '');
    expect([info.status, info['subscribers_count']]).to.deep.equal([0, 1]);
  });

  it('takes messages to subscribers alone', async () => {
    expect(await send({ type: 'text', text: 'Hi' })).to.equal('5');
    await emulator.open({ from: ADA });
    expect(await send({ type: 'text', text: 'Hi' })).to.equal('6');
    await emulator.say({ from: ADA, text: 'hello' });
    expect(await send({ type: 'text', text: 'Hi' })).to.equal('ok');
    await emulator.unsubscribe(ADA);
    expect(await send({ type: 'text', text: 'Hi' })).to.equal('6');
    await emulator.subscribe(ADA);
    expect(await send({ type: 'text', text: 'Hi' })).to.equal('ok');
    expect(emulator.refused.map(({ code }) => code)).to.deep.equal(['5', '6', '6']);
  });

  it('takes a hundred messages without an answer', async () => {
    await emulator.say({ from: ADA, text: 'hello' });
    const results: string[] = [];
    for (let i = 0; i < 101; i += 1) results.push(await send({ type: 'text', text: `${i}` }));
    expect(results.filter((one) => one === 'ok').length).to.equal(100);
    expect(results.at(-1)).to.equal('12');
    await emulator.say({ from: ADA, text: 'enough' });
    expect(await send({ type: 'text', text: 'sorry' })).to.equal('ok');
  });

  it('counts the messages of the last hour only', () => {
    const { now } = Date;
    const people = createPeople();
    people.wrote(ADA);
    try {
      for (let i = 0; i < 100; i += 1) people.sentTo(ADA, {});
      const full = now();
      Date.now = () => full + 3_500_000;
      expect(people.refusalFor(ADA)?.code).to.equal('12');
      Date.now = () => full + 3_600_001;
      expect(people.refusalFor(ADA)).to.equal(undefined);
    } finally {
      Date.now = now;
    }
  });

  it('shows the address of a picture, and that of a button, but none of a text', async () => {
    await emulator.say({ from: ADA, text: 'hello' });
    const url = 'https://shop.example/tea.jpg';
    expect(await send({ type: 'image', text: 'Tea', url })).to.equal('ok');
    expect(await send({ type: 'link', text: 'Look', button: 'Shop', url: 'https://shop.example/' })).to.equal('ok');
    expect(await send({ type: 'text', text: 'Hi' })).to.equal('ok');
    expect(emulator.heard.map(({ shown: { media, keyboard } }) => media?.url ?? keyboard?.buttons[0]?.url)).to.deep.equal([
      url,
      'https://shop.example/',
      undefined,
    ]);
  });

  it('refuses what Viber refuses', async () => {
    await emulator.subscribe(ADA);
    expect(await send({ type: 'native', body: { type: 'text', text: '' } })).to.equal('3');
    expect(emulator.refused.map(({ kind, code, message }) => [kind, code, message])).to.deep.equal([
      ['rejected', '3', 'text is 1 to 7000 characters'],
    ]);
    expect(emulator.heard).to.deep.equal([]);
  });

  it('writes tokens as numbers of 64 bits, which differ where doubles do not', async () => {
    await emulator.say({ from: ADA, text: 'one' });
    await emulator.say({ from: ADA, text: 'two' });
    expect(bot.raw.map((raw) => /"message_token":(\d{19}),/.test(raw))).to.deep.equal([true, true]);
    const ids = bot.events.map((event) => (event.type === 'message' ? event.message.id : ''));
    expect([ids.length, new Set(ids).size]).to.deep.equal([2, 2]);
    await send({ type: 'text', text: 'Hi' });
    const [heard] = emulator.heard;
    if (!heard) throw new Error('nothing was heard');
    await emulator.receipt(heard, 'delivered');
    await emulator.receipt(heard, 'failed', 'no room');
    const receipts = bot.events.flatMap((event) => (event.type === 'receipt' ? [event.receipt] : []));
    expect(receipts.map(({ providerId, status, error }) => [providerId, status, error?.message])).to.deep.equal([
      [heard.id, 'delivered', undefined],
      [heard.id, 'failed', 'no room'],
    ]);
  });

  it('gives tracking data back, so that a tap is known', async () => {
    await emulator.say({ from: ADA, text: 'menu' });
    await send({ type: 'text', text: 'Which?', choices: [{ id: 'tea', title: 'Tea & <milk>' }] });
    const [heard] = emulator.heard;
    expect(heard?.choices).to.deep.equal([{ id: 'tea', title: 'Tea & <milk>' }]);
    await emulator.say({ from: ADA, choice: { id: 'tea', title: 'Tea & <milk>' } });
    const last = bot.events.at(-1);
    expect(last?.type === 'message' && [last.message.type, last.message.choice, last.message.text]).to.deep.equal([
      'choice',
      'tea',
      'Tea & <milk>',
    ]);
  });

  it('shows the welcome in the answer to whoever opens the chat, if it is one and nobody is subscribed', async () => {
    bot.body = viber.answer?.({ type: 'text', text: 'Welcome' }, validConfig(), 's1.1.1')?.reply.body ?? '';
    const welcome = await emulator.open({ from: ADA, name: 'Ada', context: 'spring' });
    expect([welcome?.text, welcome?.isWelcome]).to.deep.equal(['Welcome', true]);
    expect(bot.events).to.deep.include({
      account: viber.account(settings),
      type: 'subscription',
      id: bot.events[0]?.type === 'subscription' ? bot.events[0].id : '',
      from: { identities: [`viber:our-viber:${ADA}`], address: ADA, name: 'Ada', language: 'en' },
      change: 'started',
      subscribed: false,
      context: 'spring',
    });
    await emulator.subscribe(ADA);
    expect(await emulator.open({ from: ADA })).to.equal(undefined);
    bot.body = '';
    expect(await emulator.open({ from: 'somebody' })).to.equal(undefined);
    bot.body = '{"type":"text","text":""}';
    expect(await emulator.open({ from: 'somebody' })).to.equal(undefined);
    expect(emulator.refused.length).to.equal(1);
  });

  it('broadcasts to those who can be written to, and names the others', async () => {
    await emulator.subscribe('one');
    await emulator.subscribe('two');
    await emulator.unsubscribe('two');
    const message = { sender: { name: 'B' }, type: 'text', text: 'News' };
    const answer = await call(emulator.url, 'broadcast_message', { ...message, broadcast_list: ['one', 'two', 'three'] });
    expect([answer.status, answer['failed_list']]).to.deep.equal([
      0,
      [
        { receiver: 'two', status: 6, status_message: 'receiverNotSubscribed' },
        { receiver: 'three', status: 5, status_message: 'receiverNotRegistered' },
      ],
    ]);
    expect(emulator.heard.map(({ to, text }) => [to, text])).to.deep.equal([['one', 'News']]);
    const tooMany = Array.from({ length: 301 }, (_, i) => `${i}`);
    expect((await call(emulator.url, 'broadcast_message', { ...message, broadcast_list: tooMany })).status).to.equal(3);
  });

  it('tells of users and who is online', async () => {
    await emulator.subscribe(ADA, 'Ada');
    expect((await call(emulator.url, 'get_user_details', { id: ADA }))['user']).to.include({ id: ADA, name: 'Ada' });
    expect((await call(emulator.url, 'get_user_details', { id: 'nobody' })).status).to.equal(5);
    expect((await call(emulator.url, 'get_online', { ids: [ADA] }))['users']).to.deep.equal([{ id: ADA, online_status: 0 }]);
  });

  it('fails on demand, once each', async () => {
    await emulator.say({ from: ADA, text: 'hello' });
    emulator.next({ error: 12 }, { error: 2, status: 401 }, { html: 502 }, { drop: true }, { lost: true });
    const results: string[] = [];
    for (let i = 0; i < 6; i += 1) results.push(await send({ type: 'text', text: `${i}` }));
    expect(results).to.deep.equal(['12', '2', 'http-502', 'no answer', 'no answer', 'ok']);
    expect(emulator.heard.map(({ text }) => text)).to.deep.equal(['4', '5']);
  });

  it('delivers again until it is answered 200', async () => {
    bot.failures = 2;
    await emulator.say({ from: ADA, text: 'hello' });
    expect([bot.raw.length, new Set(bot.raw).size]).to.deep.equal([3, 1]);
    emulator.webhooks({ duplicate: true });
    await emulator.say({ from: ADA, text: 'twice' });
    expect([bot.raw.length, new Set(bot.raw).size]).to.deep.equal([5, 2]);
  });

  it('is steered over HTTP as well', async () => {
    const steer = (path: string, body: object) =>
      fetch(`${emulator.url}/emulator/${path}`, { method: 'POST', body: JSON.stringify(body) }).then(({ status }) => status);
    expect(await steer('subscribe', { from: ADA })).to.equal(200);
    expect(await steer('say', { from: ADA, text: 'hello' })).to.equal(200);
    expect(await steer('nothing', {})).to.equal(404);
    const waiting = fetch(`${emulator.url}/emulator/messages?to=${encodeURIComponent(ADA)}&wait=5`).then((one) => one.json());
    await send({ type: 'text', text: 'Hi' });
    expect(((await waiting) as { readonly items: readonly { readonly text: string }[] }).items.map(({ text }) => text)).to.deep.equal([
      'Hi',
    ]);
  });

  async function send(message: OutboundMessage): Promise<string> {
    const [request] = viber.render(ADA, message, { ...validConfig(), baseUrl: emulator.url }, 's1.1.1');
    if (!request) throw new Error('nothing to send');
    const { url, method, headers, body } = request;
    const answer = await fetch(url, { method, headers, body }).catch(() => undefined);
    if (!answer) return 'no answer';
    const receipt = viber.read({ status: answer.status, headers: {}, body: await answer.text() });
    if (!receipt.ok) return receipt.code;
    expect(receipt.providerIds).to.deep.equal([emulator.heard.at(-1)?.id]);
    return 'ok';
  }
});

describe('a Viber channel', () => {
  let host: TestApp;
  let emulator: ViberEmulator;
  before(async () => {
    host = await startTestApp();
    emulator = await startViberEmulator({ authToken: settings.authToken });
    const config = { ...settings, baseUrl: emulator.url };
    const made = await host.call('POST', '/api/channels', { id: 'our-viber', adapter: 'viber', name: 'Ours', config });
    expect([made.status, made.text.includes(settings.authToken)]).to.deep.equal([201, false]);
    const set = await call(emulator.url, 'set_webhook', { url: `${host.url}/webhooks/our-viber` });
    expect(set.status).to.equal(0);
  });
  after(() => Promise.all([host.app.stop(), emulator.close()]));

  it('takes what people write; their identity is that of the channel', async () => {
    await emulator.say({ from: ADA, name: 'Ada', text: 'hello' });
    await emulator.open({ from: 'somebody' });
    const found = await host.call('GET', `/api/contacts?identity=${encodeURIComponent(`viber:our-viber:${ADA}`)}`);
    expect(found.json.items.length).to.equal(1);
    const messages = await host.call('GET', `/api/sessions/${found.json.items[0].id}/messages`);
    expect(messages.json.items.map((one: { readonly text: string }) => one.text)).to.deep.equal(['hello']);
  });

  it('has its token alone', async () => {
    const config = { ...settings, senderName: 'Other' };
    expect((await host.call('POST', '/api/channels', { id: 'again', adapter: 'viber', name: 'Again', config })).status).to.equal(409);
  });
});

interface Bot {
  readonly url: string;
  /** Every delivery, the retries too. */
  readonly raw: readonly string[];
  /** What was taken, as the adapter reads it. */
  readonly events: readonly InboundEvent[];
  status: number;
  body: string;
  /** So many deliveries are answered 500. */
  failures: number;
  close(): Promise<void>;
}

/** The other end of the webhooks: verifies and parses with the real adapter. */
async function startBot(): Promise<Bot> {
  const raw: string[] = [];
  const events: InboundEvent[] = [];
  const server: Server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const headers = incoming.headers as Record<string, string>;
      const delivery = { channel: 'our-viber', method: 'POST', query: {}, headers, body: Buffer.concat(parts), at: START };
      const isOurs = viber.verify(delivery, settings);
      const status = !isOurs ? 401 : bot.failures > 0 ? 500 : bot.status;
      bot.failures -= 1;
      raw.push(delivery.body.toString());
      if (status === 200) events.push(...viber.parse(delivery, settings));
      response.writeHead(status).end(bot.body);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const bot: Bot = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    raw,
    events,
    status: 200,
    body: '',
    failures: 0,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => void server.close(() => done()));
    },
  };
  return bot;
}

async function call(
  url: string,
  path: string,
  body: object,
  token: string = settings.authToken,
): Promise<{ readonly status: number; readonly status_message: string; readonly [member: string]: unknown }> {
  const headers = token === '' ? {} : { 'x-viber-auth-token': token };
  const answer = await fetch(`${url}/pa/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return (await answer.json()) as { status: number; status_message: string };
}

function validConfig() {
  return viber.config.validate(settings).value;
}
