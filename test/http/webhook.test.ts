import { createHmac } from 'node:crypto';
import { createConnection } from 'node:net';
import { expect } from 'chai';
import { OperationalError } from '../../src/contract/host/index.js';
import type { Store } from '../../src/contract/store/index.js';
import { ACCOUNT } from '../support/small-world.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('the door for providers', () => {
  let host: TestApp;
  before(async () => {
    host = await startTestApp();
    const channels = [
      ['one', { ...ACCOUNT, phoneNumberId: '1' }],
      ['two', { ...ACCOUNT, phoneNumberId: '2' }],
      ['foreign', { ...ACCOUNT, phoneNumberId: '3', appSecret: 'another-app' }],
    ] as const;
    for (const [id, config] of channels)
      expect((await host.call('POST', '/api/channels', { id, adapter: 'whatsapp', name: id, config })).status, id).to.equal(201);
  });
  after(() => host.app.stop());

  it('takes nothing that is not signed, cannot be read, is too large, or is for nobody', async () => {
    const body = messages('1', ['49151491', 'unsigned']);
    const wrong = { 'x-hub-signature-256': sign(`${body} `) };
    expect((await host.call('POST', '/webhooks/one', body, wrong)).status).to.equal(401);
    expect((await host.call('POST', '/webhooks/one', body)).status).to.equal(401);
    expect(await deliver('one', '{"entry":')).to.equal(400);
    expect(await deliver('nobody', body)).to.equal(404);
    expect(await deliver('%ff', body)).to.equal(404);
    expect((await host.call('PUT', '/webhooks/one', body)).status).to.equal(405);
    expect(await firstLineFor('POST /webhooks/one HTTP/1.1\r\nHost: x\r\nContent-Length: 50000000\r\n\r\n')).to.match(/ 413 /);
    expect(await textsOf('49151491')).to.deep.equal([]);
  });

  it('believes the secret of the channel alone, not that of another one that is configured', async () => {
    const viber = [
      ['bot', 'the-token-of-one-bot'],
      ['other-bot', 'the-token-of-another'],
    ] as const;
    for (const [id, authToken] of viber)
      await host.call('POST', '/api/channels', { id, adapter: 'viber', name: id, config: { authToken, senderName: id, uri: id } });
    const hmac = (secret: string) => createHmac('sha256', secret).update('{}').digest('hex');
    const whatsapp = (channel: string, secret: string) =>
      host.call('POST', `/webhooks/${channel}`, '{}', { 'x-hub-signature-256': `sha256=${hmac(secret)}` });
    const bot = (channel: string, secret: string) =>
      host.call('POST', `/webhooks/${channel}`, '{}', { 'x-viber-content-signature': hmac(secret) });
    const answers = await Promise.all([
      whatsapp('one', 'another-app'),
      whatsapp('foreign', ACCOUNT.appSecret),
      whatsapp('foreign', 'another-app'),
      bot('bot', 'the-token-of-another'),
      bot('other-bot', 'the-token-of-one-bot'),
      bot('other-bot', 'the-token-of-another'),
      whatsapp('bot', 'the-token-of-one-bot'),
      bot('one', ACCOUNT.appSecret),
    ]);
    expect(answers.map(({ status }) => status)).to.deep.equal([401, 401, 200, 401, 401, 200, 401, 401]);
  });

  it('answers 200 to what holds nothing known', async () => {
    for (const body of ['{}', '[]', '7', 'null', '"x"', '{"entry":[]}']) expect(await deliver('one', body), body).to.equal(200);
  });

  it('shakes hands for the right token only', async () => {
    const shake = (token: string) =>
      host.call('GET', `/webhooks/one?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`);
    const right = await shake(ACCOUNT.verifyToken);
    expect([right.status, right.text, right.headers.get('content-type')]).to.deep.equal([200, '1158201444', 'text/plain']);
    expect((await shake('wrong')).status).to.equal(403);
  });

  it('takes one person’s messages of one request oldest first, and answers when they are stored', async () => {
    const body = messages(
      '1',
      ['49151492', 'third', 30],
      ['49151493', 'beside', 10],
      ['49151492', 'first', 10],
      ['49151492', 'second', 20],
    );
    expect(await deliver('one', body)).to.equal(200);
    expect(await textsOf('49151492')).to.deep.equal(['first', 'second', 'third']);
    expect(await textsOf('49151493')).to.deep.equal(['beside']);
  });

  it('a redelivery is answered 200 and taken once', async () => {
    const body = messages('1', ['49151494', 'once']);
    expect([await deliver('one', body), await deliver('one', body)]).to.deep.equal([200, 200]);
    expect(await textsOf('49151494')).to.deep.equal(['once']);
  });

  it('hands an event to the channel of its account if that is of the same app, and passes by what belongs to nobody here', async () => {
    expect(await deliver('one', messages('2', ['49151495', 'for two']))).to.equal(200);
    expect(await deliver('one', messages('3', ['49151496', 'for another app']))).to.equal(200);
    expect(await deliver('one', messages('4', ['49151497', 'for nobody']))).to.equal(200);
    expect((await messagesOf('49151495')).map(({ channel }) => channel)).to.deep.equal(['two']);
    expect([await textsOf('49151496'), await textsOf('49151497')]).to.deep.equal([[], []]);
  });

  it('tells in the health of the channel when something was delivered', async () => {
    await deliver('two', '{}');
    const { health } = (await host.call('GET', '/api/channels/two')).json;
    expect(JSON.stringify(health)).to.match(/"lastDeliveryAt":"\d{4}-/);
  });

  async function deliver(channel: string, body: string): Promise<number> {
    return (await host.call('POST', `/webhooks/${channel}`, body, { 'x-hub-signature-256': sign(body) })).status;
  }

  async function messagesOf(waId: string): Promise<readonly { readonly channel: string; readonly text: string }[]> {
    const [contact] = (await host.call('GET', `/api/contacts?identity=whatsapp:${waId}`)).json.items;
    return contact ? (await host.call('GET', `/api/sessions/${contact.id}/messages`)).json.items : [];
  }

  async function textsOf(waId: string): Promise<readonly string[]> {
    return (await messagesOf(waId)).map(({ text }) => text);
  }

  /** The head alone, its body never sent: an answer that comes was not waiting for the body. */
  function firstLineFor(head: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = createConnection(Number(new URL(host.url).port), '127.0.0.1', () => socket.write(head));
      socket.once('data', (data) => {
        socket.destroy();
        resolve(data.toString().split('\r\n')[0] ?? '');
      });
      socket.once('error', reject);
    });
  }
});

describe('a bug behind the door', () => {
  it('skips the one event that it is about, which is not brought again, and takes its neighbours', async () => {
    const host = await startTestApp();
    await host.call('POST', '/api/channels', { id: 'one', adapter: 'whatsapp', name: 'one', config: { ...ACCOUNT, phoneNumberId: '1' } });
    const { sessions } = host.app.store;
    const { commit } = sessions;
    let isFirst = true;
    Object.assign(sessions, {
      commit: (turn: Parameters<typeof commit>[0]) => {
        if (!isFirst) return commit(turn);
        isFirst = false;
        return Promise.reject(new TypeError('what is this?'));
      },
    });
    const body = messages('1', ['49151600', 'odd', 10], ['49151600', 'good', 20], ['49151601', 'beside', 10]);
    const answer = await host.call('POST', '/webhooks/one', body, { 'x-hub-signature-256': sign(body) });
    expect(answer.status).to.equal(200);
    const { items } = (await host.call('GET', '/api/contacts')).json;
    const taken = await Promise.all(
      (items as readonly { readonly id: string }[]).map(
        async ({ id }) => (await host.call('GET', `/api/sessions/${id}/turns`)).json.items.length,
      ),
    );
    expect(taken).to.deep.equal([1, 1]);
    await host.app.stop();
  });
});

describe('a host whose store is away', () => {
  it('answers 500 so that the provider brings its message again, says so on /health/ready, and takes the message when it comes', async () => {
    const host = await startTestApp();
    const config = { ...ACCOUNT, phoneNumberId: '1' };
    await host.call('POST', '/api/channels', { id: 'one', adapter: 'whatsapp', name: 'one', config });
    const body = messages('1', ['49151498', 'lost?'], ['49151499', 'beside']);
    const deliver = async () => (await host.call('POST', '/webhooks/one', body, { 'x-hub-signature-256': sign(body) })).status;
    const comeBack = goAway(host.app.store);
    expect(await deliver()).to.equal(500);
    const ready = await host.call('GET', '/health/ready', undefined, { authorization: '' });
    expect([ready.status, ready.json.code]).to.deep.equal([503, 'http/store-away']);
    expect((await host.call('GET', '/health/live', undefined, { authorization: '' })).status).to.equal(200);
    const call = await host.call('GET', '/api/flows/a');
    expect([call.status, call.json.code, call.text.includes('the cable')]).to.deep.equal([503, 'http/store-away', false]);
    comeBack();
    expect([await deliver(), await deliver()]).to.deep.equal([200, 200]);
    const { items } = (await host.call('GET', '/api/contacts')).json;
    for (const { id } of items as readonly { readonly id: string }[])
      expect((await host.call('GET', `/api/sessions/${id}/turns`)).json.items, id).to.have.length(1);
    expect(items).to.have.length(2);
    await host.app.stop();
  });
});

describe('a message that could not be stored', () => {
  it('is waited for: what the same person wrote later is not taken before it', async () => {
    const host = await startTestApp();
    await host.call('POST', '/api/channels', { id: 'one', adapter: 'whatsapp', name: 'one', config: { ...ACCOUNT, phoneNumberId: '1' } });
    const { sessions } = host.app.store;
    const { commit } = sessions;
    let isFirst = true;
    Object.assign(sessions, {
      commit: (turn: Parameters<typeof commit>[0]) => {
        if (!isFirst) return commit(turn);
        isFirst = false;
        return Promise.reject(new OperationalError('store/away', 'the cable is out'));
      },
    });
    const body = messages('1', ['49151610', 'first', 10], ['49151610', 'second', 20]);
    const deliver = async () => (await host.call('POST', '/webhooks/one', body, { 'x-hub-signature-256': sign(body) })).status;
    expect([await deliver(), await deliver()]).to.deep.equal([500, 200]);
    const [contact] = (await host.call('GET', '/api/contacts')).json.items;
    const { items } = (await host.call('GET', `/api/sessions/${contact.id}/messages`)).json;
    expect(items.map(({ text }: { readonly text: string }) => text)).to.deep.equal(['first', 'second']);
    await host.app.stop();
  });
});

/** From now on the store cannot be reached, until the function that comes back is called. */
function goAway(store: Store): () => void {
  const away = () => Promise.reject(new OperationalError('store/away', 'the cable is out'));
  const { ping } = store;
  const { commit } = store.sessions;
  const { get } = store.flows;
  Object.assign(store, { ping: away });
  Object.assign(store.sessions, { commit: away });
  Object.assign(store.flows, { get: away });
  return () => {
    Object.assign(store, { ping });
    Object.assign(store.sessions, { commit });
    Object.assign(store.flows, { get });
  };
}

function sign(body: string): string {
  return `sha256=${createHmac('sha256', ACCOUNT.appSecret).update(body).digest('hex')}`;
}

/** A body as Meta sends it: messages of people, each with its second. */
function messages(phoneNumberId: string, ...sent: readonly (readonly [from: string, text: string, second?: number])[]): string {
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '15550783881', phone_number_id: phoneNumberId },
    contacts: sent.map(([from]) => ({ profile: { name: from }, wa_id: from })),
    messages: sent.map(([from, text, second = 0]) => ({
      from,
      id: `wamid.${from}.${text}`,
      timestamp: String(1_795_000_000 + second),
      type: 'text',
      text: { body: text },
    })),
  };
  return JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field: 'messages', value }] }] });
}
