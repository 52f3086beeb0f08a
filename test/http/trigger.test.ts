import { expect } from 'chai';
import { startWhatsAppEmulator, type WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import type { KnownStart } from '../../src/contract/store/index.js';
import { aFlow } from '../support/builders.js';
import { ACCOUNT, until } from '../support/small-world.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const template = (text: string) => ({
  id: 'tell',
  type: 'send-whatsapp-message',
  version: 1,
  params: { action: 'reply', message: { type: 'template', name: 'note', language: 'en', body: [text] } },
});
const notice = (code: string, more: object = {}) =>
  aFlow(code, {
    variables: [
      { name: 'order', type: 'text', input: true, required: true },
      { name: 'count', type: 'number', input: true, default: 1 },
    ],
    nodes: [
      { id: 'start', type: 'start', version: 1, params: {} },
      template('{{ order }} x{{ count }}'),
      { id: 'wait', type: 'wait-for-response', version: 1, params: { timeout: { value: 1, unit: 'hours' } } },
      { id: 'end', type: 'end', version: 1, params: {} },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'tell' },
      { from: 'tell', port: 'next', to: 'wait' },
      { from: 'wait', port: 'replied', to: 'end' },
    ],
    ...more,
  });

describe('the trigger endpoint', () => {
  let host: TestApp;
  let emulator: WhatsAppEmulator;
  let serial = 0;
  /** A person whom no other test knows. */
  const fresh = () => `whatsapp:4915110${String(++serial).padStart(5, '0')}`;
  const start = (body: object, code = 'note') => host.call('POST', `/api/flows/${code}/trigger`, body);
  const request = (more: object = {}) => ({ data: { order: 'A' }, contact: { identity: fresh() }, channel: 'wa', ...more });

  before(async () => {
    host = await startTestApp();
    emulator = await startWhatsAppEmulator({ ...ACCOUNT, webhookUrl: `${host.url}/webhooks/wa` });
    const config = { ...ACCOUNT, baseUrl: emulator.url };
    await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config });
    await host.call('POST', '/api/channels', { id: 'wb', adapter: 'whatsapp', name: 'WB', config: { ...config, phoneNumberId: '2' } });
    for (const code of ['note', 'bound']) await host.call('POST', '/api/flows', notice(code));
    for (const onBusy of ['ignore', 'interrupt', 'background'])
      await host.call('POST', '/api/flows', notice(onBusy, { triggers: [{ type: 'TriggeredManually', onBusy }] }));
    await host.call('POST', '/api/flows', notice('german', { settings: { locale: 'de' } }));
    await host.call('PUT', '/api/flows/bound/channels', { channels: ['wb'] });
    const optOut = { id: 'tell', type: 'set-contact', version: 1, params: { optOut: { whatsapp: true } } };
    await host.call(
      'POST',
      '/api/flows',
      notice('quiet', { nodes: notice('quiet').nodes.map((one) => (one.id === 'tell' ? optOut : one)) }),
    );
    for (const code of ['note', 'bound', 'german', 'ignore', 'interrupt', 'quiet'])
      await host.call('POST', `/api/flows/${code}/publish`, {});
  });
  after(async () => {
    await host.app.stop();
    await emulator.close();
  });

  it('starts the flow, and answers with the session and the run that the API shows', async () => {
    const { status, json } = await start(request({ data: { order: 7, count: '3', colour: 'red' }, uuid: 'u-1', outId: 'crm-1' }));
    expect(status).to.equal(202);
    expect(json)
      .to.include({ status: 'started', repeated: false })
      .and.to.deep.include({ ignoredInputs: ['colour'] });
    const session = (await host.call('GET', `/api/sessions/${json.sessionId}`)).json;
    expect(session.runs[0]).to.include({ id: json.runId, startedBy: 'api:admin' });
    expect(session.runs[0].frames[0].variables).to.include({ order: '7', count: 3, uuid: 'u-1', outId: 'crm-1', channelId: 'wa' });
  });

  it('refuses inputs that are missing or of another type, all at once, and remembers nothing of it', async () => {
    const bad = request({ data: { count: 'many' }, uuid: 'u-bad' });
    const { status, json } = await start(bad);
    expect([status, json.code]).to.deep.equal([422, 'start/wrong-inputs']);
    expect(json.errors.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code])).to.deep.equal([
      ['/data/order', 'start/missing-input'],
      ['/data/count', 'start/wrong-type'],
    ]);
    expect((await start({ ...bad, data: { order: 'x' } })).status).to.equal(202);
  });

  it('refuses a phone number that nobody can have, with a hint, and makes no contact of it', async () => {
    for (const identity of [
      'whatsapp:004915112345678',
      'whatsapp:015112345678',
      'phone:+0049151',
      'whatsapp:+123456',
      'whatsapp:1234567890123456',
    ]) {
      const { status, json } = await start(request({ contact: { identity } }));
      expect([status, json.code, json.errors[0].pointer], identity).to.deep.equal([422, 'contact/bad-number', '/contact/identity']);
      expect(json.errors[0].hint).to.contain('E.164');
      const found = await host.call('GET', `/api/contacts?identity=${encodeURIComponent(identity)}`);
      expect([found.status, found.json.code], identity).to.deep.equal([422, 'contact/bad-number']);
    }
    for (const identity of ['whatsapp:1234567', 'phone:+123456789012345', 'whatsapp:DE.4915110000001'])
      expect((await start(request({ contact: { identity } }))).status, identity).to.equal(202);
  });

  it('takes a number that a provider has told, whatever it looks like', async () => {
    await emulator.say({ from: '12345', text: 'hello' });
    await until(async () => (await host.call('GET', '/api/contacts?identity=whatsapp:12345')).json.items.length === 1);
    expect((await start(request({ contact: { identity: 'whatsapp:12345' } }))).status).to.equal(202);
  });

  it('a name that nobody can see is no name', async () => {
    const { json } = await start(request({ contact: { identity: fresh(), name: '\u3164 \u200b' } }));
    const session = (await host.call('GET', `/api/sessions/${json.sessionId}`)).json;
    expect(session.contact).not.to.have.property('name');
    expect(session.runs[0].frames[0].variables.customerName).to.equal(null);
  });

  it("reads a number that was typed in the person's language, else in the flow's, else with a warning", async () => {
    const countOf = async (contact: object, code: string, data: object) => {
      const { json } = await start(request({ contact, data: { order: 'A', ...data } }), code);
      const [session, turns] = await Promise.all(
        ['', '/turns'].map(async (part) => (await host.call('GET', `/api/sessions/${json.sessionId}${part}`)).json),
      );
      const { variables } = session.runs.at(-1).frames[0];
      return [variables.count, turns.items.at(-1).warnings.map((one: { code: string }) => one.code)];
    };
    expect(await countOf({ identity: fresh() }, 'german', { count: '1.000' })).to.deep.equal([1000, []]);
    expect(await countOf({ identity: fresh() }, 'note', { count: '1.000' })).to.deep.equal([1, ['number/ambiguous']]);
    expect(await countOf({ identity: fresh() }, 'note', { count: '٣٫٥' })).to.deep.equal([3.5, []]);
  });

  it('warns of a number that has lost digits on its way', async () => {
    const warningsAt = async (data: object) => {
      const { json } = await start(request({ data: { order: 'A', ...data } }));
      const { items } = (await host.call('GET', `/api/sessions/${json.sessionId}/turns`)).json;
      return items[0].warnings.map((one: { code: string }) => one.code);
    };
    expect(await warningsAt({ order: 1e21 })).to.deep.equal(['number/inexact']);
    expect(await warningsAt({ count: -(2 ** 53) })).to.deep.equal(['number/inexact']);
    expect(await warningsAt({ order: '9007199254740993', count: 2 ** 53 - 1 })).to.deep.equal([]);
  });

  it('keeps long numbers digit by digit, in data and in fields of the contact', async () => {
    const identity = fresh();
    const text = `{"channel":"wa","data":{"order":1234567890123456789},"contact":{"identity":"${identity}"}}`;
    const { json } = await host.call('POST', '/api/flows/note/trigger', text);
    const session = (await host.call('GET', `/api/sessions/${json.sessionId}`)).json;
    expect(session.runs[0].frames[0].variables.order).to.equal('1234567890123456789');
    const [contact] = (await host.call('GET', `/api/contacts?identity=${identity}`)).json.items;
    const change = await host.call('PATCH', `/api/contacts/${contact.id}`, '{"fields":{"card":98765432109876543210,"small":7}}');
    expect(change.json.fields).to.deep.equal({ card: '98765432109876543210', small: 7 });
  });

  it('a repeat of a uuid answers as the first did, whatever the order of its keys; another body is refused', async () => {
    const first = request({ data: { order: 'A', count: 2 }, uuid: 'u-2' });
    const { json } = await start(first);
    const again = await start({
      uuid: 'u-2',
      channel: first.channel,
      contact: first.contact,
      data: { count: 2, order: 'A' },
      outId: 'other',
    });
    expect(again.json).to.deep.equal({ ...json, repeated: true });
    for (const other of [{ data: { order: 'B' } }, { channel: 'wb' }, { contact: { identity: fresh() } }]) {
      const refused = await start({ ...first, ...other });
      expect([refused.status, refused.json.code]).to.deep.equal([409, 'start/other-body']);
    }
  });

  it('a repeat whose first was stored and never answered goes on with the turn', async () => {
    const body = request({ uuid: 'u-3' });
    const { json } = await start(body);
    // As a crash between the turn and its answer leaves it.
    const { answer: _, ...kept } = (await host.app.store.starts.get('note:u-3')) ?? {};
    await host.app.store.starts.remove('note:u-3', json.runId);
    await host.app.store.starts.putIfAbsent(kept as KnownStart);
    expect((await start(body)).json).to.deep.equal({ ...json, repeated: true });
    expect((await host.call('GET', `/api/sessions/${json.sessionId}/turns`)).json.items).to.have.length(1);
  });

  it('twenty at once are one start', async () => {
    const body = request({ uuid: 'u-4' });
    const answers = await Promise.all(Array.from({ length: 20 }, () => start(body)));
    expect(new Set(answers.map(({ json }) => json.runId)).size).to.equal(1);
    expect(answers.filter(({ json }) => json.repeated === false)).to.have.length(1);
    const { items } = (await host.call('GET', `/api/sessions/${answers[0]?.json.sessionId}/turns`)).json;
    expect(items).to.have.length(1);
  });

  it('who is busy waits in the queue, is refused, or is interrupted, as the trigger says', async () => {
    const contact = { identity: fresh() };
    const at = (code: string) => start(request({ contact }), code);
    expect((await at('note')).json.status).to.equal('started');
    expect((await at('note')).json.status).to.equal('queued');
    const refused = await at('ignore');
    expect([refused.status, refused.json.code]).to.deep.equal([409, 'start/refused']);
    const { json } = await at('interrupt');
    expect(json.status).to.equal('started');
    const { runs } = (await host.call('GET', `/api/sessions/${json.sessionId}`)).json;
    expect(runs.map(({ place, id }: { place: string; id: string }) => [place, id === json.runId])).to.deep.equal([
      ['queued', false],
      ['foreground', true],
    ]);
  });

  it('refuses who has opted out of the platform of the channel', async () => {
    const contact = { identity: fresh() };
    const { json } = await start(request({ contact }), 'quiet');
    const shown = (await host.call('GET', `/api/contacts?identity=${contact.identity}`)).json.items[0];
    expect(shown.optOut).to.deep.equal({ whatsapp: true });
    const refused = await start(request({ contact, uuid: 'u-quiet' }));
    expect([refused.status, refused.json.code]).to.deep.equal([409, 'start/opted-out']);
    expect(refused.json.detail).to.contain('opted out of whatsapp');
    const { items } = (await host.call('GET', `/api/sessions/${json.sessionId}/turns`)).json;
    expect(items.at(-1).decision.kind).to.equal('refused');
  });

  it('a refusal is not remembered: the same uuid starts the flow once the person is free', async () => {
    const contact = { identity: fresh() };
    const { json } = await start(request({ contact }));
    const body = request({ contact, uuid: 'u-busy' });
    for (const _ of [1, 2]) expect((await start(body, 'ignore')).json.code).to.equal('start/refused');
    await host.call('POST', `/api/sessions/${json.sessionId}/end`, {});
    const free = await start(body, 'ignore');
    expect([free.status, free.json.status, free.json.repeated]).to.deep.equal([202, 'started', false]);
    expect((await start(body, 'ignore')).json).to.deep.equal({ ...free.json, repeated: true });
  });

  it('a thousand starts may bring three thousand characters each', async () => {
    const starts = Array.from({ length: 1_000 }, () => request({ contact: { identity: 'nonsense' }, data: { order: 'x'.repeat(3_000) } }));
    const { status, json } = await start({ starts });
    expect([status, json.results.length]).to.deep.equal([202, 1_000]);
  });

  it('a repeat is answered as the first was, also when the flow has gone offline since', async () => {
    await host.call('POST', '/api/flows', notice('brief'));
    await host.call('POST', '/api/flows/brief/publish', {});
    const body = request({ uuid: 'u-brief' });
    const { json } = await start(body, 'brief');
    await host.call('POST', '/api/flows/brief/offline', {});
    expect((await start(body, 'brief')).json).to.deep.equal({ ...json, repeated: true });
    for (const other of [request({ uuid: 'u-brief' }), request({ uuid: 'u-new' })])
      expect((await start(other, 'brief')).json.code).to.equal('start/not-online');
    // Nor does it matter that its next version may not be started.
    const { headers } = await host.call('GET', '/api/flows/brief/draft');
    const byMessage = notice('brief', { triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['brief'] } }] });
    await host.call('PUT', '/api/flows/brief/draft', byMessage, { 'if-match': headers.get('etag') ?? '' });
    await host.call('PUT', '/api/flows/brief/channels', { channels: ['wa'] });
    expect((await host.call('POST', '/api/flows/brief/publish', {})).status).to.equal(200);
    expect((await start(body, 'brief')).json).to.deep.equal({ ...json, repeated: true });
    expect((await start(request({ uuid: 'u-new' }), 'brief')).json.code).to.equal('start/not-manual');
  });

  it('what should have begun before now is discarded, has no run, and is remembered', async () => {
    const body = request({ uuid: 'u-5', discardTimeMillis: 1_000 });
    const { status, json } = await start(body);
    expect([status, json.status, 'runId' in json]).to.deep.equal([202, 'discarded', false]);
    expect((await start(body)).json).to.deep.equal({ ...json, repeated: true });
  });

  it('the channel is the one named, the only one bound, or the one the person was heard on last; else it is asked for', async () => {
    const { channel: _, ...nowhere } = request();
    const refused = await start(nowhere);
    expect([refused.status, refused.json.code, refused.json.errors[0].pointer]).to.deep.equal([422, 'start/no-channel', '/channel']);
    const bound = await start(nowhere, 'bound');
    const channelsOf = async (session: string) => (await host.app.store.sessions.load(session))?.state.runs.map(({ channel }) => channel);
    expect(await channelsOf(bound.json.sessionId)).to.deep.equal(['wb']);
    const identity = fresh();
    await emulator.say({ from: identity.slice('whatsapp:'.length), text: 'hello' });
    expect((await start({ ...nowhere, contact: { identity } })).json.status).to.equal('started');
    for (const contact of [{ identity: 'viber:vb:1' }, { identity: 'nonsense' }])
      expect((await start(request({ contact }))).json.code).to.equal('contact/no-address');
    expect((await start(request({ channel: 'none' }))).json.code).to.equal('channel/unknown');
  });

  it('who has no address on the only channel that the flow is bound to is reached where they were heard', async () => {
    const user = 'AbCdEfGhIjKlMnOpQrStUw==';
    const config = { authToken: '445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9', senderName: 'Parley', uri: 'parley' };
    await host.call('POST', '/api/channels', { id: 'vb', adapter: 'viber', name: 'VB', config });
    await host.call('POST', '/api/flows', notice('elsewhere'));
    await host.call('PUT', '/api/flows/elsewhere/channels', { channels: ['vb'] });
    await host.call('POST', '/api/flows/elsewhere/publish', {});
    const identity = fresh();
    const unheard = await start({ data: { order: 'A' }, contact: { identity } }, 'elsewhere');
    expect([unheard.status, unheard.json.code]).to.deep.equal([422, 'contact/no-address']);
    await emulator.say({ from: identity.slice('whatsapp:'.length), text: 'hello' });
    const { json } = await start({ data: { order: 'A' }, contact: { identity } }, 'elsewhere');
    expect((await host.app.store.sessions.load(json.sessionId))?.state.runs[0]?.channel).to.equal('wa');
    const viber = await start({ data: { order: 'A' }, contact: { identity: `viber:vb:${user}` } }, 'elsewhere');
    expect((await host.app.store.sessions.load(viber.json.sessionId))?.state.runs[0]?.channel).to.equal('vb');
  });

  it('null is no value of an input that is needed: its default stands', async () => {
    const needed = [{ name: 'order', type: 'text', input: true, required: true, default: 'none' }];
    await host.call(
      'POST',
      '/api/flows',
      notice('needed', { variables: [...needed, { name: 'count', type: 'number', input: true, default: 1 }] }),
    );
    await host.call('POST', '/api/flows/needed/publish', {});
    const { json } = await start(request({ data: { order: null, count: null } }), 'needed');
    const session = (await host.call('GET', `/api/sessions/${json.sessionId}`)).json;
    expect(session.runs[0].frames[0].variables).to.include({ order: 'none', count: null });
  });

  it('a known contact may be named by its id', async () => {
    const { json } = await start(request());
    const again = await start(request({ contact: { id: json.sessionId } }));
    expect(again.json).to.include({ sessionId: json.sessionId, status: 'queued' });
    expect((await start(request({ contact: { id: 'nobody' } }))).json.code).to.equal('contact/unknown');
  });

  it('says what is wrong with a body, and with a flow', async () => {
    const { status, json } = await start({ uuid: 7, contact: { identity: 'x', id: 'y' }, colour: 1 });
    expect(status).to.equal(422);
    expect(json.errors.map(({ pointer }: { pointer: string }) => pointer)).to.include.members(['/uuid', '/contact', '/colour']);
    expect((await start(request(), 'none')).status).to.equal(404);
    const offline = await start(request(), 'background');
    expect([offline.status, offline.json.code]).to.deep.equal([409, 'start/not-online']);
  });

  it('of many each has its own answer, in order, and all are campaign sends', async () => {
    const starts = [request(), request({ data: {} }), request({ uuid: 'u-6' }), 7, request({ discardTimeMillis: 1 })];
    const { status, json } = await host.call('POST', '/api/flows/note/trigger', { starts });
    expect(status).to.equal(202);
    expect(json.results.map((one: { status: unknown }) => one.status)).to.deep.equal(['started', 422, 'started', 422, 'discarded']);
    expect(json.results[1].errors[0].pointer).to.equal('/data/order');
    const state = (await host.app.store.sessions.load(json.results[0].sessionId))?.state;
    expect(state?.runs[0]?.lane).to.equal('campaign');
    for (const body of [{ starts: [] }, { starts: Array.from({ length: 1_001 }, () => ({})) }, { starts: 1 }])
      expect((await start(body)).status).to.equal(422);
  });

  it('two starts of one person in one call begin in the order in which they are named', async () => {
    const contact = { identity: fresh() };
    const named = (uuid?: string) => request({ contact, ...(uuid === undefined ? {} : { uuid }) });
    const { json } = await host.call('POST', '/api/flows/note/trigger', { starts: [named('u-7'), named(), named('u-8'), named()] });
    expect(json.results.map((one: { status: unknown }) => one.status)).to.deep.equal(['started', 'queued', 'queued', 'queued']);
    const { runs } = (await host.call('GET', `/api/sessions/${json.results[0].sessionId}`)).json;
    expect(runs.map(({ id }: { id: string }) => id)).to.deep.equal(json.results.map(({ runId }: { runId: string }) => runId));
  });

  it('starts of one person keep their order however many stand between them', async () => {
    const contact = { identity: fresh() };
    const others = Array.from({ length: 60 }, () => request({ contact: { identity: 'nonsense' } }));
    const starts = [request({ contact }), ...others, request({ contact }), ...others, request({ contact })];
    const { json } = await host.call('POST', '/api/flows/note/trigger', { starts });
    const statuses = json.results.map(({ status }: { status: unknown }) => status);
    expect([statuses[0], statuses[61], statuses[122]]).to.deep.equal(['started', 'queued', 'queued']);
    const { runs } = (await host.call('GET', `/api/sessions/${json.results[0].sessionId}`)).json;
    expect(runs.map(({ id }: { id: string }) => id)).to.have.members([0, 61, 122].map((i) => json.results[i].runId));
  });

  it('a start that began and failed at once has begun: its run is told', async () => {
    const broken = notice('broken', {
      settings: { onError: 'Sorry' },
      nodes: [
        { id: 'start', type: 'start', version: 1, params: {} },
        { id: 'call', type: 'http-request', version: 1, params: { url: 'http://127.0.0.1:9/' } },
        { id: 'end', type: 'end', version: 1, params: {} },
      ],
      edges: [
        { from: 'start', port: 'next', to: 'call' },
        { from: 'call', port: 'next', to: 'end' },
      ],
    });
    await host.call('POST', '/api/flows', broken);
    await host.call('POST', '/api/flows/broken/publish', {});
    const { json } = await start(request(), 'broken');
    expect(json.status).to.equal('started');
    await until(async () => (await host.call('GET', `/api/sessions/${json.sessionId}`)).json.runs.length === 0);
    const { items } = (await host.call('GET', `/api/sessions/${json.sessionId}/turns`)).json;
    expect(items[1].decision).to.include({ kind: 'failed' });
    expect(items[1].warnings[0].code).to.equal('request/private-address');
  });
});

describe('keys and what they may do', () => {
  let host: TestApp;
  before(async () => {
    host = await startTestApp();
    for (const code of ['one', 'two']) {
      await host.call('POST', '/api/flows', aFlow(code));
      await host.call('POST', `/api/flows/${code}/publish`, {});
    }
  });
  after(() => host.app.stop());

  const make = async (body: object) => (await host.call('POST', '/api/keys', body)).json as { readonly id: string; readonly key: string };
  const statusOf = async (key: string, method: string, path: string, body?: object | undefined) =>
    (await host.call(method, path, body, { authorization: `Bearer ${key}` })).status;

  it('a key is shown once, listed without its secret, and revoked', async () => {
    const { id, key } = await make({ name: 'shop', role: 'trigger', flows: ['one'] });
    const { items } = (await host.call('GET', '/api/keys')).json;
    expect(items.at(-1)).to.include({ id, name: 'shop', role: 'trigger' });
    expect(JSON.stringify(items)).to.not.include(key.slice(3));
    expect(await statusOf(key, 'POST', '/api/flows/one/trigger', {})).to.equal(422);
    await until(async () => (await host.call('GET', '/api/keys')).json.items.at(-1).lastUsedAt !== undefined);
    expect((await host.call('DELETE', `/api/keys/${id}`)).status).to.equal(204);
    expect(await statusOf(key, 'POST', '/api/flows/one/trigger', {})).to.equal(401);
    expect((await host.call('DELETE', `/api/keys/${id}`)).status).to.equal(404);
  });

  it('each role does what is its own, however the path is written', async () => {
    const keys = {
      admin: (await make({ name: 'a', role: 'admin' })).key,
      editor: (await make({ name: 'e', role: 'editor' })).key,
      viewer: (await make({ name: 'v', role: 'viewer' })).key,
      trigger: (await make({ name: 't', role: 'trigger' })).key,
      bound: (await make({ name: 'b', role: 'trigger', flows: ['two'] })).key,
    };
    const calls: readonly (readonly [string, string, readonly (keyof typeof keys)[], object?])[] = [
      ['GET', '/api/flows', ['admin', 'editor', 'viewer']],
      ['GET', '/api/flows/one/draft', ['admin', 'editor', 'viewer']],
      ['POST', '/api/flows/one/check', ['admin', 'editor']],
      ['PATCH', '/api/flows/one', ['admin', 'editor'], { remark: 'x' }],
      ['GET', '/api/channels', ['admin', 'editor', 'viewer']],
      ['GET', '/api/KEYS/', ['admin']],
      ['GET', '/api/keys', ['admin']],
      ['GET', '/api/contacts', ['admin', 'editor', 'viewer']],
      ['POST', '/api/flows/one/trigger', ['admin', 'trigger'], {}],
      ['POST', '/api/Flows/two/Trigger/', ['admin', 'trigger', 'bound'], {}],
    ];
    for (const [method, path, allowed, body] of calls) {
      for (const [role, key] of Object.entries(keys)) {
        const status = await statusOf(key, method, path, body);
        if (allowed.includes(role as keyof typeof keys)) expect(status, `${role} ${method} ${path}`).to.be.oneOf([200, 422]);
        else expect(status, `${role} ${method} ${path}`).to.equal(403);
      }
    }
  });

  /** Which role may make which call; the admin makes all of them. A route that is new has to be named here. */
  const CALLS: Readonly<Record<'admin' | 'editor' | 'viewer' | 'trigger' | 'any', string>> = {
    admin: `
      POST /channels, PUT /channels/{id}, DELETE /channels/{id}, DELETE /contacts/{id},
      POST /keys, GET /keys, DELETE /keys/{id}, GET /audit, POST /backup`,
    editor: `
      POST /flows, PATCH /flows/{code}, DELETE /flows/{code}, PUT /flows/{code}/draft, PUT /flows/{code}/texts, POST /flows/{code}/check,
      PUT /flows/{code}/channels, POST /flows/{code}/publish, POST /flows/{code}/offline, POST /flows/{code}/rollback,
      POST /flows/{code}/replay, POST /sessions/{id}/answer, POST /sessions/{id}/end, POST /sessions/{id}/resume, POST /sessions/{id}/move,
      POST /sessions/{id}/replay, GET /effects, POST /effects/{id}/resend, PATCH /contacts/{id}, POST /contacts`,
    viewer: `
      GET /flows, GET /flows/{code}, GET /flows/{code}/draft, GET /flows/{code}/draft/history,
      GET /flows/{code}/draft/history/{revision}, GET /flows/{code}/versions, GET /flows/{code}/versions/{version}, GET /flows/{code}/export,
      GET /flows/{code}/results, GET /flows/{code}/texts, GET /channels, GET /channels/{id}, GET /node-types, POST /node-types/{type}/upgrade, GET /flow-form,
      GET /language, GET /adapters, GET /templates, GET /templates/{id}, GET /contacts, GET /contacts/{id}, GET /groups,
      GET /sessions, GET /sessions/{id}, GET /sessions/{id}/turns, GET /sessions/{id}/messages`,
    trigger: 'POST /flows/{code}/trigger',
    any: 'GET /sign-in',
  };
  const LETS_IN = {
    admin: ['admin'],
    editor: ['admin', 'editor'],
    viewer: ['admin', 'editor', 'viewer'],
    trigger: ['admin', 'trigger'],
    any: ['admin', 'editor', 'viewer', 'trigger'],
  } as const;

  it('every call lets in the roles that it is for, and nobody without a key', async () => {
    const keys = new Map<string, string>();
    for (const role of ['admin', 'editor', 'viewer', 'trigger']) keys.set(role, (await make({ name: role, role })).key);
    const roleOf = new Map(
      Object.entries(CALLS).flatMap(([role, calls]) => calls.split(',').map((one) => [one.trim(), role as keyof typeof CALLS])),
    );
    const { paths } = (await host.call('GET', '/api/openapi.json')).json as { readonly paths: Readonly<Record<string, object>> };
    const calls = Object.entries(paths)
      .filter(([path]) => path.startsWith('/api/'))
      .flatMap(([path, methods]) =>
        Object.entries(methods as Readonly<Record<string, { readonly security?: readonly object[] }>>).flatMap(([method, { security }]) =>
          security?.length === 0 ? [] : [`${method.toUpperCase()} ${path.slice('/api'.length)}`],
        ),
      );
    expect(calls.sort()).to.deep.equal([...roleOf.keys()].sort());
    for (const [call, role] of roleOf) {
      const [method = '', path = ''] = call.split(' ');
      const there = `/api${path.replace(/\{\w+\}/g, 'nothing')}`;
      const body = method === 'GET' || method === 'DELETE' ? undefined : {};
      expect((await host.call(method, there, body, { authorization: '' })).status, call).to.equal(401);
      for (const [one, key] of keys) {
        const status = await statusOf(key, method, there, body);
        const isLetIn = (LETS_IN[role] as readonly string[]).includes(one);
        expect([401, 403].includes(status), `${one}: ${call} ${status}`).to.equal(!isLetIn);
      }
    }
  });

  it('only a key of role trigger is bound to flows, and roles are those that there are', async () => {
    expect((await host.call('POST', '/api/keys', { name: 'x', role: 'viewer', flows: ['one'] })).json.code).to.equal('key/no-flows');
    expect((await host.call('POST', '/api/keys', { name: 'x', role: 'king' })).status).to.equal(422);
  });
});
