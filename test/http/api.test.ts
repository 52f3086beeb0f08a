import { expect } from 'chai';
import { aFlow } from '../support/builders.js';
import { ACCOUNT } from '../support/small-world.js';
import { startTestApp, TEST_KEY, type TestApp } from '../support/test-app.js';

describe('the API', () => {
  let host: TestApp;
  before(async () => {
    host = await startTestApp();
  });
  after(() => host.app.stop());
  const call: TestApp['call'] = (...args) => host.call(...args);
  const onMessage = (code: string, keywords: readonly string[] = [code]) =>
    aFlow(code, { triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords } }] });

  describe('at the door', () => {
    it('answers health without a key, and nothing else', async () => {
      expect((await call('GET', '/health/ready', undefined, { authorization: '' })).status).to.equal(200);
      const refused = await call('GET', '/api/flows', undefined, { authorization: 'Bearer wrong' });
      expect([refused.status, refused.json.code, refused.headers.get('www-authenticate')]).to.deep.equal([401, 'key/unknown', 'Bearer']);
    });

    const bad: readonly (readonly [string, string, string, unknown, Record<string, string>, number, string])[] = [
      ['JSON that breaks off', 'POST', '/api/flows', '{"a":', {}, 400, 'http/not-json'],
      ['a body that is not said to be JSON', 'POST', '/api/flows', 'a=1', { 'content-type': 'text/plain' }, 415, 'http/wrong-content-type'],
      ['a body of three megabytes', 'POST', '/api/flows', JSON.stringify({ x: 'x'.repeat(3_000_000) }), {}, 413, 'http/too-large'],
      ['a call that is not there', 'GET', '/api/no-such', undefined, {}, 404, 'http/unknown-route'],
      ['an operator in the query', 'GET', '/api/sessions?contact[$ne]=1', undefined, {}, 400, 'http/bad-query'],
      ['a value twice in the query', 'GET', '/api/sessions?flow=a&flow=b', undefined, {}, 400, 'http/bad-query'],
      ['a limit beyond 200', 'GET', '/api/flows?limit=201', undefined, {}, 400, 'http/bad-query'],
      ['a cursor that no list gave', 'GET', '/api/flows?cursor=%00', undefined, {}, 400, 'http/bad-query'],
      [
        'a cursor with something behind it',
        'GET',
        `/api/flows?cursor=${Buffer.from('a').toString('base64url')}!`,
        undefined,
        {},
        400,
        'http/bad-query',
      ],
      [
        'a cursor with a NUL in it',
        'GET',
        `/api/flows?cursor=${Buffer.from('a\0').toString('base64url')}`,
        undefined,
        {},
        400,
        'http/bad-query',
      ],
      [
        'JSON in another charset',
        'POST',
        '/api/keys',
        '{}',
        { 'content-type': 'application/json; charset=latin1' },
        415,
        'http/wrong-content-type',
      ],
      ['a path that climbs', 'GET', '/api/flows/..%2f..%2fetc%2fpasswd', undefined, {}, 404, 'flow/unknown'],
      ['a name that is no UTF-8', 'GET', '/api/flows/%ff', undefined, {}, 400, 'http/bad-path'],
      ['a list where an object is asked for', 'POST', '/api/flows/a/publish', '[]', {}, 422, 'http/bad-body'],
      [
        'a key that reaches for a prototype',
        'POST',
        '/api/keys',
        '{"name":"x","role":"viewer","__proto__":{"role":"admin"}}',
        {},
        422,
        'http/bad-body',
      ],
      ['JSON nested a thousand deep', 'POST', '/api/keys', `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`, {}, 422, 'http/bad-body'],
    ];
    for (const [what, method, path, body, headers, status, code] of bad) {
      it(`${what} is answered ${status} in words, without a stack`, async () => {
        const answer = await call(method, path, body, headers);
        expect([answer.status, answer.json?.code]).to.deep.equal([status, code]);
        expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json/);
        for (const member of ['type', 'title', 'status', 'detail', 'errors', 'id']) expect(answer.json).to.have.property(member);
        expect(answer.text).to.not.match(/\bat .+:\d+:\d+/);
      });
    }
  });

  it('refuses bytes that are not UTF-8, and stores nothing of them', async () => {
    const body = Buffer.from(JSON.stringify({ name: 'Caf\u00e9', code: 'cafe' }), 'latin1');
    const answer = await fetch(`${host.url}/api/flows`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TEST_KEY}`, 'content-type': 'application/json' },
      body,
    });
    const { code, errors } = (await answer.json()) as { code: string; errors: { pointer: string; hint: string }[] };
    expect([answer.status, code, errors[0]?.pointer]).to.deep.equal([400, 'http/wrong-encoding', '']);
    expect((await call('GET', '/api/flows/cafe')).status).to.equal(404);
  });

  it('tells where JSON breaks, and repeats nothing of it', async () => {
    const ended = await call('POST', '/api/flows', '{"a": 1,\n "b"');
    expect(ended.json.detail).to.match(/line 2, column 5\.$/);
    const inside = await call('POST', '/api/flows', '{"a": 1,\n "b" 7}');
    expect(inside.json.detail).to.match(/line 2, column 6\.$/);
    expect((await call('POST', '/api/flows', '{"appSecret": s3cret}')).text).to.not.include('s3cret');
  });

  it('a call that takes no body passes by what it is sent', async () => {
    const answer = await call('POST', '/api/effects/no-such/resend', 'x', { 'content-type': 'text/plain', 'content-encoding': 'zip' });
    expect([answer.status, answer.json.code]).to.deep.equal([404, 'effect/unknown']);
  });

  describe('channels', () => {
    it('tell of a config that is none at its place alone', async () => {
      const answer = await call('POST', '/api/channels', { id: 'wa-0', adapter: 'whatsapp', name: 'Zero', config: 'Main number' });
      expect(answer.json.errors.map(({ pointer }: { pointer: string }) => pointer)).to.deep.equal(['/config']);
    });

    it('are made, shown without their secrets, renamed with them kept, and removed', async () => {
      const made = await call('POST', '/api/channels', {
        id: 'wa-1',
        adapter: 'whatsapp',
        name: 'One',
        config: { ...ACCOUNT, phoneNumberId: '1' },
      });
      expect([made.status, made.json.webhookUrl, made.json.config.accessToken]).to.deep.equal([
        201,
        'https://parley.example/webhooks/wa-1',
        { set: true },
      ]);
      const changed = await call('PUT', '/api/channels/wa-1', { ...made.json, name: 'Renamed' });
      expect([changed.status, changed.json.name]).to.deep.equal([200, 'Renamed']);
      expect((await host.app.store.channels.get('wa-1'))?.config['accessToken']).to.equal(ACCOUNT.accessToken);
      for (const secret of [ACCOUNT.accessToken, ACCOUNT.appSecret, ACCOUNT.verifyToken])
        expect(changed.text).to.not.include(`"${secret}"`);
      expect(
        (
          await call('POST', '/api/channels', {
            id: 'wa-1b',
            adapter: 'whatsapp',
            name: 'Same',
            config: { ...ACCOUNT, phoneNumberId: '1' },
          })
        ).json.code,
      ).to.equal('channel/taken');
      expect((await call('DELETE', '/api/channels/wa-1')).status).to.equal(204);
      expect((await call('GET', '/api/channels/wa-1')).json.code).to.equal('channel/unknown');
    });

    it('are shown to everybody, their settings to admins only', async () => {
      await call('POST', '/api/channels', {
        id: 'wa-seen',
        adapter: 'whatsapp',
        name: 'Seen',
        config: { ...ACCOUNT, phoneNumberId: '78' },
      });
      await call('POST', '/api/flows', onMessage('seen'));
      await call('PUT', '/api/flows/seen/channels', { channels: ['wa-seen'] });
      await call('POST', '/api/flows/seen/publish', {});
      const { json: whole } = await call('GET', '/api/channels/wa-seen');
      expect([whole.platform, whole.flows, whole.config.phoneNumberId]).to.deep.equal(['whatsapp', ['seen'], '78']);
      for (const role of ['viewer', 'editor']) {
        const { key } = (await call('POST', '/api/keys', { name: role, role })).json;
        const as = (path: string) => call('GET', path, undefined, { authorization: `Bearer ${key}` });
        const { config: _, ...open } = whole;
        expect((await as('/api/channels/wa-seen')).json).to.deep.equal(open);
        expect((await as('/api/channels')).json.items).to.deep.include(open);
        expect((await as('/api/channels')).text).to.not.include('phoneNumberId');
      }
      await call('POST', '/api/flows/seen/offline', {});
      expect((await call('GET', '/api/channels/wa-seen')).json.flows).to.deep.equal([]);
      expect((await call('DELETE', '/api/channels/wa-seen')).status).to.equal(204);
    });

    it('keep their secrets where they are left out or sent back as shown, and take new ones', async () => {
      const config = { ...ACCOUNT, phoneNumberId: '77' };
      const { accessToken, appSecret, verifyToken, ...open } = config;
      await call('POST', '/api/channels', { id: 'wa-kept', adapter: 'whatsapp', name: 'Kept', config });
      const put = async (changed: object) => {
        const { status } = await call('PUT', '/api/channels/wa-kept', { name: 'Kept', config: { ...open, ...changed } });
        const kept = (await host.app.store.channels.get('wa-kept'))?.config ?? {};
        return [status, kept['accessToken'], kept['appSecret'], kept['verifyToken']];
      };
      expect(await put({}), 'all left out').to.deep.equal([200, accessToken, appSecret, verifyToken]);
      expect(await put({ accessToken: { set: true } }), 'sent back as shown').to.deep.equal([200, accessToken, appSecret, verifyToken]);
      expect(await put({ accessToken: 'a-new-one' }), 'one is new').to.deep.equal([200, 'a-new-one', appSecret, verifyToken]);
      expect(await put({ displayPhoneNumber: '+15550783882' }), 'another setting').to.deep.equal([
        200,
        'a-new-one',
        appSecret,
        verifyToken,
      ]);
      for (const wrong of [{ set: false }, {}, null, 7, ''])
        expect(await put({ accessToken: wrong }), JSON.stringify(wrong)).to.deep.equal([422, 'a-new-one', appSecret, verifyToken]);
      await call('DELETE', '/api/channels/wa-kept');
    });

    it('are refused with every mistake at once, and no value is repeated', async () => {
      const answer = await call('POST', '/api/channels', {
        id: '../x',
        adapter: 'whatsapp',
        name: 7,
        config: { phoneNumberId: {}, appSecret: 'new\nline-of-a-secret', colour: 1 },
      });
      const pointers = answer.json.errors.map((one: { pointer: string }) => one.pointer);
      expect(pointers).to.include.members([
        '/id',
        '/name',
        '/config/phoneNumberId',
        '/config/appSecret',
        '/config/accessToken',
        '/config/colour',
      ]);
      expect(answer.text).to.not.include('line-of-a-secret');
      for (const { code, hint, message } of answer.json.errors)
        expect([code, hint, message].every((one) => typeof one === 'string' && one !== '')).to.equal(true);
    });
  });

  it('of a channel without settings only that is said: a pointer leads to what could be there', async () => {
    const { json } = await call('POST', '/api/channels', { id: 'wa-2', adapter: 'whatsapp', name: 'Two' });
    expect(json.errors.map((one: { pointer: string }) => one.pointer)).to.deep.equal(['/config']);
  });

  describe('flows', () => {
    before(() => call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config: ACCOUNT }));

    it('live from upload to version, back, offline and gone', async () => {
      expect((await call('POST', '/api/flows', onMessage('life'))).status).to.equal(201);
      expect((await call('POST', '/api/flows', onMessage('life'))).json.code).to.equal('flow/taken');
      expect((await call('POST', '/api/flows/life/publish', {})).json.code).to.equal('flow/not-bound');
      expect((await call('PUT', '/api/flows/life/channels', { channels: ['nowhere'] })).json.errors[0].pointer).to.equal('/channels/0');
      expect((await call('PUT', '/api/flows/life/channels', { channels: ['wa'] })).json.channels).to.deep.equal(['wa']);
      expect((await call('POST', '/api/flows/life/publish', { dryRun: true })).json.dryRun).to.equal(true);
      expect((await call('GET', '/api/flows/life')).json.state).to.equal('OFFLINE');
      expect((await call('POST', '/api/flows/life/publish', { remark: 'first' })).json.version).to.equal(1);
      expect((await call('POST', '/api/flows/life/publish', {})).json.version).to.equal(2);
      expect((await call('POST', '/api/flows/life/rollback', { version: 1 })).json).to.include({ state: 'ONLINE', version: 1 });
      expect((await call('POST', '/api/flows/life/rollback', { version: 7 })).status).to.equal(404);
      expect(
        (await call('GET', '/api/flows/life/versions')).json.items.map((one: { version: number; state: string }) => [
          one.version,
          one.state,
        ]),
      ).to.deep.equal([
        [1, 'ONLINE'],
        [2, 'OFFLINE'],
      ]);
      expect((await call('DELETE', '/api/flows/life')).json.code).to.equal('flow/online');
      expect((await call('PUT', '/api/flows/life/channels', { channels: [] })).json.code).to.equal('flow/online');
      expect((await call('DELETE', '/api/channels/wa')).json.code).to.equal('channel/in-use');
      expect((await call('POST', '/api/flows/life/offline', {})).json.state).to.equal('OFFLINE');
      expect((await call('DELETE', '/api/flows/life')).status).to.equal(204);
      expect((await call('GET', '/api/flows/life')).status).to.equal(404);
    });

    it('are held against the limits of the channels that they are bound to; until then these only warn', async () => {
      const definition = onMessage('limited');
      const message = { type: 'text', text: 'x'.repeat(4_097) };
      const say = { id: 'say', type: 'send-message', version: 1, params: { message } };
      const [first, ...rest] = definition.edges;
      const edges = [{ ...first, to: 'say' }, { from: 'say', port: 'next', to: first?.to }, ...rest];
      const drawn = { ...definition, nodes: [...definition.nodes, say], edges };
      const found = (problems: readonly { readonly code: string; readonly message: string; readonly severity: string }[]) =>
        problems.map(({ code, message: words, severity }) => [code, words, severity]);
      const uploaded = await call('POST', '/api/flows', drawn);
      const words = 'the text has 4097 characters; whatsapp accepts at most 4096';
      expect([uploaded.status, found(uploaded.json.problems)]).to.deep.equal([201, [['message/too-long', words, 'warning']]]);
      await call('PUT', '/api/flows/limited/channels', { channels: ['wa'] });
      const refused = await call('POST', '/api/flows/limited/publish', {});
      expect([refused.json.code, found(refused.json.errors)]).to.deep.equal(['flow/has-errors', [['message/too-long', words, 'error']]]);
      await call('DELETE', '/api/flows/limited');
    });

    it('are listed by trigger page after page, however few of them fit', async () => {
      for (const code of ['l-1', 'l-2', 'l-3', 'l-4', 'l-5'])
        await call('POST', '/api/flows', code === 'l-2' || code === 'l-5' ? { name: code, code } : onMessage(code));
      const codes: string[] = [];
      let next: string | undefined = '';
      while (next !== undefined) {
        const cursor: string = next === '' ? '' : `&cursor=${next}`;
        const page = await call('GET', `/api/flows?trigger=TriggeredManually&text=l-&limit=1${cursor}`);
        codes.push(...page.json.items.map((one: { code: string }) => one.code));
        next = page.json.next;
      }
      expect(codes).to.deep.equal(['l-2', 'l-5']);
      const other = await call('GET', `/api/flows/l-1/versions?cursor=${Buffer.from('l-1').toString('base64url')}`);
      expect([other.status, other.json.code]).to.deep.equal([400, 'http/bad-query']);
    });

    it('are listed in the order that is asked for, page after page', async () => {
      for (const [code, name] of [
        ['o-1', 'Zoo'],
        ['o-2', 'Ärger'],
        ['o-3', 'Mitte'],
      ] as const)
        await call('POST', '/api/flows', { ...onMessage(code), name });
      const first = (await call('GET', '/api/flows?text=o-&sort=name&limit=2')).json;
      expect(first.items.map(({ name }: { name: string }) => name)).to.deep.equal(['Ärger', 'Mitte']);
      const second = (await call('GET', `/api/flows?text=o-&sort=name&limit=2&cursor=${first.next}`)).json;
      expect(second.items.map(({ code, triggers }: { code: string; triggers: object[] }) => [code, triggers])).to.deep.equal([
        ['o-1', onMessage('o-1').triggers],
      ]);
      expect(second).to.not.have.property('next');
      expect((await call('GET', '/api/flows?sort=colour')).json.errors[0].pointer).to.equal('/sort');
    });

    it('keep a draft only from the revision that was read', async () => {
      await call('POST', '/api/flows', onMessage('draft'));
      expect((await call('PUT', '/api/flows/draft/draft', onMessage('draft'))).status).to.equal(428);
      const { headers } = await call('GET', '/api/flows/draft/draft');
      const etag = headers.get('etag') ?? '';
      expect((await call('PUT', '/api/flows/draft/draft', onMessage('draft', ['new']), { 'if-match': etag })).status).to.equal(200);
      const late = await call('PUT', '/api/flows/draft/draft', onMessage('draft', ['late']), { 'if-match': etag });
      expect([late.status, late.json.code, late.headers.get('etag')]).to.deep.equal([412, 'draft/conflict', '"2"']);
      expect((await call('GET', '/api/flows/draft/draft')).json.triggers[0].match.keywords).to.deep.equal(['new']);
      const other = await call('PUT', '/api/flows/draft/draft', onMessage('other'), { 'if-match': '"2"' });
      expect([other.json.code, other.json.errors[0]?.pointer]).to.deep.equal(['flow/other-code', '/code']);
    });

    it('may be begun blank or as a copy, and what is no flow is told with pointers', async () => {
      const blank = await call('POST', '/api/flows', { name: 'Grüße & more', triggers: [{ type: 'TriggeredManually' }] });
      expect([blank.status, blank.json.code, blank.json.problems]).to.deep.equal([201, 'grusse-more', []]);
      const copy = await call('POST', '/api/flows', { copyOf: 'grusse-more', code: 'copy' });
      expect([copy.status, copy.json.code]).to.deep.equal([201, 'copy']);
      for (const body of [
        { name: 'Blank', colour: 'red' },
        { copyOf: 'copy', colour: 'red' },
      ]) {
        const answer = await call('POST', '/api/flows', body);
        expect([answer.status, answer.json.errors[0]?.pointer]).to.deep.equal([422, '/colour']);
      }
      const none = await call('POST', '/api/flows', {
        format: 'parley/1',
        code: 'none',
        name: 7,
        triggers: [{ type: 'TriggeredByPigeon' }],
        nodes: 'none',
        edges: [{}],
      });
      expect([none.status, none.json.errors.map((one: { pointer: string }) => one.pointer)]).to.deep.equal([
        422,
        ['/name', '/nodes', '/triggers/0/type', '/edges/0/from', '/edges/0/port', '/edges/0/to'],
      ]);
      const proto = await call(
        'POST',
        '/api/flows',
        `{"format":"parley/1","code":"proto","name":"x","triggers":[],"nodes":[{"id":"a","type":"start","params":{"__proto__":{"x":1}}}],"edges":[]}`,
      );
      expect([proto.status, proto.json.errors[0].code]).to.deep.equal([422, 'flow/forbidden-key']);
      const deep = await call('POST', '/api/flows', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`);
      expect(deep.status).to.equal(422);
    });
  });
});
