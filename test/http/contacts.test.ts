import { expect } from 'chai';
import { aFlow } from '../support/builders.js';
import { ACCOUNT, until } from '../support/small-world.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const group = (code: string, type: string) =>
  aFlow(code, {
    nodes: [
      { id: 'start', type: 'start', version: 1, params: {} },
      { id: 'group', type, version: 1, params: { group: 'vip' } },
      { id: 'end', type: 'end', version: 1, params: {} },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'group' },
      { from: 'group', port: 'next', to: 'end' },
    ],
  });
const ADA = 'whatsapp:4915112345678';
const BOB = 'whatsapp:4915112345679';

describe('a contact is changed by the API', () => {
  let host: TestApp;
  let path: string;
  const patch = (body: object) => host.call('PATCH', path, body);
  before(async () => {
    host = await startTestApp();
    await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config: ACCOUNT });
    const flow = group('join', 'subscribe-to-group');
    await host.call('POST', '/api/flows', flow);
    await host.call('PUT', '/api/flows/join/channels', { channels: ['wa'] });
    await host.call('POST', '/api/flows/join/publish', {});
    const { json } = await host.call('POST', '/api/flows/join/trigger', { contact: { identity: ADA } });
    path = `/api/contacts/${json.sessionId}`;
  });
  after(() => host.app.stop());

  it('keeps what is left out, and removes what is null', async () => {
    const { status, json } = await patch({ name: 'Ada', language: 'pt_br', timeZone: 'Asia/Tokyo', fields: { city: 'Rome', size: 4 } });
    expect(status).to.equal(200);
    expect(json).to.deep.include({ name: 'Ada', language: 'pt-BR', timeZone: 'Asia/Tokyo', fields: { city: 'Rome', size: 4 } });
    expect((await patch({ timeZone: null, fields: { size: null } })).json.fields).to.deep.equal({ city: 'Rome' });
    const after = (await host.call('GET', path)).json;
    expect(after).to.deep.include({ name: 'Ada', language: 'pt-BR', fields: { city: 'Rome' }, groups: ['vip'] });
    expect(after).to.not.have.property('timeZone');
  });

  it('opts out and in again', async () => {
    expect((await patch({ optOut: { whatsapp: true } })).json.optOut).to.deep.equal({ whatsapp: true });
    const { status, json } = await host.call('POST', '/api/flows/join/trigger', { contact: { identity: ADA } });
    expect([status, json.code]).to.deep.equal([409, 'start/opted-out']);
    expect((await patch({ optOut: { whatsapp: false } })).json.optOut).to.deep.equal({});
  });

  it('says of each mistake what to write instead', async () => {
    const hints = async (body: object) =>
      Object.fromEntries((await patch(body)).json.errors.map((one: { pointer: string; hint: string }) => [one.pointer, one.hint]));
    expect(await hints({ nmae: 'x', email: 'a@b.example', optOut: { sms: true }, language: 'German', groups: ['V I P'] })).to.deep.equal({
      '/nmae': 'Did you mean "name"?',
      '/email': 'Put "email" into "fields", or remove it.',
      '/optOut/sms': 'Remove "sms"; allowed here: "whatsapp", "viber".',
      '/language': 'A language tag such as en, pt-BR or zh-Hant.',
      '/groups/0': 'A code such as vip or news-de, at most 64 characters.',
    });
    expect(await hints({ name: '', fields: { 'a-b': 1 } })).to.deep.equal({
      '/name': 'Fill in "name", or write null to remove it.',
      '/fields/a-b': 'Rename "a-b": a name has letters without accents, digits and underscores, at most 64, and no digit first.',
    });
    expect(await hints({ name: ' Ada' })).to.deep.equal({ '/name': 'Remove the blanks at the ends of "name".' });
    expect(await hints({})).to.deep.equal({ '': 'Add "name", "language", "timeZone", "fields", "groups" or "optOut".' });
    const problems = (await patch({ nmae: 'x', language: 5 })).json.errors;
    expect(problems.filter((one: object) => 'mend' in one)).to.deep.equal([]);
  });

  it('names the identities that a number in another form may mean, and finds by a number with and without its +', async () => {
    for (const identity of ['phone:+49 151 123-45 678', '+4915112345678', 'whatsapp: 0049 (151) 12345678']) {
      const { json } = await host.call('POST', '/api/contacts', { identity });
      expect(json.errors[0].hint, identity).to.equal('Write whatsapp:4915112345678 or phone:+4915112345678.');
    }
    for (const identity of [ADA, 'whatsapp:+4915112345678', 'phone:+4915112345678', 'phone:4915112345678', '+4915112345678'])
      for (const written of [encodeURIComponent(identity), identity])
        expect((await host.call('GET', `/api/contacts?identity=${written}`)).json.items, written).to.have.length(1);
  });

  it('refuses what is no language, no time zone, no name of a field, too much, and nothing', async () => {
    for (const body of [{ language: 'German' }, { timeZone: 'Berlin' }, { fields: { 'a b': 1 } }, { groups: ['V I P'] }, {}])
      expect((await patch(body)).status, JSON.stringify(body)).to.equal(422);
    const { status, json } = await patch({ fields: { all: 'x'.repeat(200_000) } });
    expect([status, json.code]).to.deep.equal([409, 'contact/not-changed']);
    expect((await host.call('PATCH', '/api/contacts/nobody', { name: 'Ada' })).json.code).to.equal('contact/unknown');
  });
});

describe('a contact is created by the API', () => {
  let host: TestApp;
  const post = (body: object) => host.call('POST', '/api/contacts', body);
  before(async () => {
    host = await startTestApp();
    await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config: ACCOUNT });
    const config = { authToken: 'viber-token', senderName: 'Bot' };
    await host.call('POST', '/api/channels', { id: 'vb', adapter: 'viber', name: 'Viber', config });
  });
  after(() => host.app.stop());

  it('answers 201, then 200 and changes what is given', async () => {
    const first = await post({ identity: ADA, name: 'Ada', language: 'de', fields: { city: 'Rome' }, groups: ['vip', 'beta'] });
    expect(first.status).to.equal(201);
    expect(first.json).to.deep.include({ name: 'Ada', language: 'de', fields: { city: 'Rome' }, groups: ['vip', 'beta'], optOut: {} });
    expect(first.json.identities).to.deep.equal([ADA, 'phone:+4915112345678']);
    const joined = first.json.memberships[0].since;
    const change = { identity: 'phone:+4915112345678', name: null, fields: { size: 4 }, groups: ['vip'], optOut: { whatsapp: true } };
    const again = await post(change);
    expect(again.status).to.equal(200);
    expect(again.json).to.deep.include({ id: first.json.id, fields: { city: 'Rome', size: 4 }, optOut: { whatsapp: true } });
    expect(again.json).to.not.have.property('name');
    expect(again.json.memberships).to.deep.equal([{ group: 'vip', since: joined }]);
    expect(again.json.optOutSince).to.have.property('whatsapp');
    const turns = (await host.call('GET', `/api/sessions/${first.json.id}/turns`)).json.items;
    expect(turns.map(({ decision }: { decision: { kind: string } }) => decision.kind)).to.deep.equal(['commanded', 'commanded']);
    const audit = (await host.call('GET', '/api/audit')).json.items;
    expect(audit.slice(0, 2).map(({ after }: { after: { isNew?: true } }) => after.isNew)).to.deep.equal([undefined, true]);
  });

  it('takes the identities of both platforms, and an identity alone', async () => {
    const { status, json } = await post({ identity: 'viber:vb:01234567890A=' });
    expect([status, json.identities]).to.deep.equal([201, ['viber:vb:01234567890A=']]);
    expect((await post({ identity: 'viber:vb:01234567890A=' })).status).to.equal(200);
    expect((await post({ identity: 'whatsapp:US.13491208655302741918' })).status).to.equal(201);
  });

  it('reports everything that is wrong at once', async () => {
    const { status, json } = await post({ identity: 'viber:other:abc', language: 'German', timeZone: 'Berlin', groups: ['A b'], age: 7 });
    expect([status, json.code]).to.deep.equal([422, 'http/bad-body']);
    expect(json.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).to.deep.equal([
      '/age',
      '/groups/0',
      '/identity',
      '/language',
      '/timeZone',
    ]);
    expect((await post({ name: 'Ada' })).json.errors[0]).to.include({ pointer: '/identity', code: 'body/missing' });
    expect((await post({ identity: 'whatsapp:00491511' })).json.code).to.equal('contact/bad-number');
    expect((await post({ identity: 'sms:123' })).json.code).to.equal('contact/bad-identity');
    const large = await post({ identity: BOB, fields: { all: 'x'.repeat(200_000) } });
    expect([large.status, large.json.errors[0].pointer]).to.deep.equal([409, '/fields']);
    expect((await host.call('GET', `/api/contacts?identity=${BOB}`)).json.items).to.deep.equal([]);
  });
});

describe('contacts are found', () => {
  let host: TestApp;
  const codes = async (query: string) =>
    (await host.call('GET', `/api/contacts?${query}`)).json.items.map(({ name }: { name: string }) => name);
  before(async () => {
    host = await startTestApp();
    await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config: ACCOUNT });
    const people = [
      {
        identity: 'whatsapp:4915112345678',
        name: 'Ada Löwe',
        fields: { city: 'Berlin', size: 42, tags: ['red', 'Blue'] },
        groups: ['vip'],
      },
      { identity: 'whatsapp:4915187654321', name: 'ÉMILE Zola', fields: { city: 'Paris', vip: true }, groups: ['vip', 'beta'] },
      { identity: 'whatsapp:442071234567', name: 'मीना', fields: { city: 'BERLIN', note: 'knows Émile' } },
    ];
    for (const person of people) await host.call('POST', '/api/contacts', person);
  });
  after(() => host.app.stop());

  it('by words of the name and of fields, whatever their case and accents, and all of them', async () => {
    expect(await codes('text=lowe')).to.deep.equal(['Ada Löwe']);
    expect(await codes('text=emile')).to.deep.equal(['ÉMILE Zola', 'मीना']);
    expect(await codes('text=emile%20paris')).to.deep.equal(['ÉMILE Zola']);
    expect(await codes(`text=${encodeURIComponent('मीना')}`)).to.deep.equal(['मीना']);
    expect(await codes('text=42')).to.deep.equal(['Ada Löwe', 'मीना']);
    expect(await codes('text=nobody')).to.deep.equal([]);
  });

  it('by the digits of a phone number in any form, and by an identity', async () => {
    for (const text of ['+49 151 12345678', '0049 (151) 1234-5678', '0151 12345678', '٤٩١٥١١٢٣٤٥٦٧٨', '12345678', 'whatsapp:491511234'])
      expect(await codes(`text=${encodeURIComponent(text)}`), text).to.deep.equal(['Ada Löwe']);
    expect(await codes('text=0151')).to.deep.equal(['Ada Löwe', 'ÉMILE Zola']);
    expect(await codes('identity=whatsapp:442071234567')).to.deep.equal(['मीना']);
  });

  it('by groups and values of fields, of which all must fit', async () => {
    expect(await codes('field.city=berlin')).to.deep.equal(['Ada Löwe', 'मीना']);
    expect(await codes('field.city=berlin&group=vip')).to.deep.equal(['Ada Löwe']);
    expect(await codes('field.tags=blue')).to.deep.equal(['Ada Löwe']);
    expect(await codes('field.vip=true&field.city=Paris&text=zola')).to.deep.equal(['ÉMILE Zola']);
    expect(await codes('field.city=Ber')).to.deep.equal([]);
    expect(await codes('field.size=42&identity=whatsapp:4915187654321')).to.deep.equal([]);
    const bad = await host.call('GET', '/api/contacts?field.a-b=1&fields.city=x');
    expect([bad.status, bad.json.errors.length]).to.deep.equal([400, 2]);
  });

  it('page by page', async () => {
    const first = (await host.call('GET', '/api/contacts?text=berlin&limit=1')).json;
    const second = (await host.call('GET', `/api/contacts?text=berlin&limit=1&cursor=${first.next}`)).json;
    expect([first.items.length, second.items[0].name]).to.deep.equal([1, 'मीना']);
    expect(second).to.not.have.property('next');
  });
});

describe('the groups of contacts', () => {
  let host: TestApp;
  const get = async (path: string) => (await host.call('GET', path)).json.items;
  const groups = () => get('/api/groups');
  const run = async (flow: string, identity: string) => {
    const { status, text } = await host.call('POST', `/api/flows/${flow}/trigger`, { contact: { identity } });
    expect(status, text).to.equal(202);
  };
  before(async () => {
    host = await startTestApp();
    await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config: ACCOUNT });
    for (const flow of [group('join', 'subscribe-to-group'), group('leave', 'unsubscribe-from-group')]) {
      await host.call('POST', '/api/flows', flow);
      await host.call('PUT', `/api/flows/${flow.code}/channels`, { channels: ['wa'] });
      await host.call('POST', `/api/flows/${flow.code}/publish`, {});
    }
  });
  after(() => host.app.stop());

  it('are listed with the number of their members, while somebody is in them', async () => {
    expect(await groups()).to.deep.equal([]);
    await run('join', ADA);
    await run('join', BOB);
    await until(async () => (await groups())[0]?.members === 2);
    expect(await groups()).to.deep.equal([{ code: 'vip', members: 2 }]);
    const first = (await host.call('GET', '/api/contacts?group=vip&limit=1')).json;
    const second = (await host.call('GET', `/api/contacts?group=vip&limit=1&cursor=${first.next}`)).json;
    const identities = [...first.items, ...second.items].flatMap((contact: { identities: string[] }) => contact.identities);
    expect(identities).to.include.members([ADA, BOB]);
    expect(second).to.not.have.property('next');
    expect(await get('/api/contacts?group=other')).to.deep.equal([]);
    expect(await get(`/api/contacts?group=other&identity=${ADA}`)).to.deep.equal([]);
    expect(await get(`/api/contacts?group=vip&identity=${ADA}`)).to.have.length(1);
    await run('leave', ADA);
    await run('leave', BOB);
    await until(async () => (await groups()).length === 0);
  });
});
