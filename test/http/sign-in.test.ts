import { expect } from 'chai';
import { plusMillis } from '../../src/contract/index.js';
import { callSite } from '../../src/http/call-site.js';
import { readCookie } from '../../src/http/sign-in-cookie.js';
import { dropDatabase, ownDatabase } from '../support/both-stores.js';
import { aFlow } from '../support/builders.js';
import { type ManualClock, manualClock } from '../support/manual-clock.js';
import { startTestApp, TEST_KEY, type TestApp } from '../support/test-app.js';

const HOUR = 3_600_000;
const OWN = { 'sec-fetch-site': 'same-origin' };

const stores = ['embedded', ...(process.env['MONGODB_URL'] === undefined ? [] : ['MongoDB'])];
for (const kind of stores)
  describe(`signing in: ${kind}`, () => {
    let clock: ManualClock;
    let host: TestApp;
    let database: string | undefined;
    beforeEach(async () => {
      clock = manualClock();
      database = kind === 'MongoDB' ? ownDatabase() : undefined;
      host = await startTestApp(settings(), undefined, { clock });
    });
    afterEach(async () => {
      await host.app.stop();
      if (database !== undefined) await dropDatabase(database);
    });
    const settings = () => (database === undefined ? {} : { MONGODB_URL: database });

    const signIn = (body: object, headers: Readonly<Record<string, string>> = OWN) =>
      host.call('POST', '/api/sign-in', body, { authorization: '', ...headers });
    /** Signs in and returns the headers that a browser sends from then on. */
    const browser = async (key = TEST_KEY) => {
      const answer = await signIn({ key });
      expect(answer.status).to.equal(200);
      return { authorization: '', cookie: `theme=dark; ${answer.headers.get('set-cookie')?.split(';')[0]}` };
    };
    const aKey = async (role: string) => (await host.call('POST', '/api/keys', { name: 'Grace', role })).json;
    const aCode = () => host.app.signInCode();
    const get = async (headers: Readonly<Record<string, string>>, path = '/api/sign-in') => {
      const { status, json } = await host.call('GET', path, undefined, headers);
      return status === 200 ? status : json.code;
    };

    it('gives a cookie that no script can read and no other site sends, and says who is signed in', async () => {
      const { key } = await aKey('editor');
      const answer = await signIn({ key });
      expect(answer.json).to.deep.equal({ name: 'Grace', role: 'editor', until: plusMillis(clock.now(), 12 * HOUR) });
      expect(answer.headers.get('set-cookie')).to.match(
        /^parley_sign_in=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
      );
      expect(answer.headers.get('cache-control')).to.equal('private, no-cache');
      const cookie = String(answer.headers.get('set-cookie')?.split(';')[0]);
      expect((await host.call('GET', '/api/sign-in', undefined, { authorization: '', cookie })).json).to.deep.equal(answer.json);
      expect((await host.call('GET', '/api/sign-in')).json).to.deep.equal({ name: 'admin', role: 'admin' });
    });

    it('is one entry of the audit log for the saves of a sitting; a call with a key is one for each', async () => {
      const drawn = { ...(await browser()), ...OWN };
      const save = async (revision: number, headers = {}) => {
        const answer = await host.call('PUT', '/api/flows/drawn/draft', aFlow('drawn'), { 'if-match': `"${revision}"`, ...headers });
        expect(answer.status).to.equal(200);
      };
      await host.call('POST', '/api/flows', aFlow('drawn'));
      const saves = async () =>
        (await host.call('GET', '/api/audit')).json.items.filter((one: { action: string }) => one.action === 'draft.save').length;
      for (const revision of [1, 2, 3]) await save(revision, drawn);
      expect(await saves()).to.equal(1);
      clock.advance(10 * 60_000);
      for (const revision of [4, 5]) await save(revision, drawn);
      expect(await saves()).to.equal(2);
      for (const revision of [6, 7]) await save(revision);
      expect(await saves()).to.equal(4);
      await host.call('PATCH', '/api/flows/drawn', { name: 'Drawn' });
      for (const revision of [9, 10]) await save(revision, drawn);
      expect(await saves(), 'after a change of another kind').to.equal(5);
      const { key } = (await host.call('POST', '/api/keys', { name: 'admin', role: 'editor' })).json;
      await save(11, { ...(await browser(key)), ...OWN });
      expect(await saves(), 'by somebody of the same name').to.equal(6);
    });

    it('lets a browser do what the key may, and the audit log names the key', async () => {
      const { id, key } = await aKey('editor');
      const grace = await browser(key);
      expect((await host.call('POST', '/api/flows', aFlow('news'), { ...grace, ...OWN })).status).to.equal(201);
      expect((await host.call('GET', '/api/keys', undefined, grace)).json.code).to.equal('key/wrong-role');
      const [created] = (await host.call('GET', '/api/audit')).json.items;
      expect([created.action, created.by]).to.deep.equal(['flow.create', { id, name: 'Grace', role: 'editor' }]);
    });

    it('shows the flows that a key is bound to', async () => {
      const { key } = (await host.call('POST', '/api/keys', { name: 'shop', role: 'trigger', flows: ['news'] })).json;
      expect((await signIn({ key })).json).to.deep.include({ name: 'shop', role: 'trigger', flows: ['news'] });
      expect(await get(await browser(key), '/api/flows')).to.equal('key/wrong-role');
    });

    it('again ends the sign-in before, but not if it fails', async () => {
      const { key } = await aKey('viewer');
      const before = await browser();
      expect((await signIn({ key: 'pk_wrong' }, { ...before, ...OWN })).status).to.equal(401);
      expect(await get(before)).to.equal(200);
      expect((await signIn({ key }, { ...before, ...OWN })).json.role).to.equal('viewer');
      expect(await get(before)).to.equal('sign-in/expired');
    });

    it('a key in the call comes before the cookie, and another scheme does not hide the cookie', async () => {
      const { key } = await aKey('viewer');
      const viewer = await browser(key);
      const { json } = await host.call('GET', '/api/sign-in', undefined, { ...viewer, authorization: `Bearer ${TEST_KEY}` });
      expect(json.name).to.equal('admin');
      expect(await get({ ...viewer, authorization: 'Basic dXNlcjpwYXNz' })).to.equal(200);
    });

    it('a page of another site changes nothing', async () => {
      const admin = await browser();
      const own = host.url;
      const change = async (headers: Readonly<Record<string, string>>) =>
        (await host.call('POST', '/api/keys', { name: 'x', role: 'viewer' }, { ...admin, ...headers })).status;
      for (const [headers, status] of [
        [{ 'sec-fetch-site': 'same-origin' }, 201],
        [{ 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' }, 201],
        [{ 'sec-fetch-site': 'same-site', origin: own }, 403],
        [{ 'sec-fetch-site': 'cross-site' }, 403],
        [{ 'sec-fetch-site': 'none' }, 403],
        [{ origin: own }, 201],
        [{ origin: 'https://parley.example' }, 201],
        [{ origin: 'http://parley.example' }, 403],
        [{ origin: 'https://evil.example' }, 403],
        [{ origin: 'null' }, 403],
        [{}, 403],
      ] as const)
        expect(await change(headers), JSON.stringify(headers)).to.equal(status);
      const refused = await host.call('DELETE', '/api/keys/k1', undefined, { ...admin, 'sec-fetch-site': 'cross-site' });
      expect([refused.status, refused.json.code]).to.deep.equal([403, 'sign-in/other-site']);
      // It reads nothing either, because browsers do not show it what is answered.
      expect(await get({ ...admin, 'sec-fetch-site': 'cross-site' })).to.equal(200);
      for (const from of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }])
        expect((await signIn({ key: TEST_KEY }, from)).json.code).to.equal('sign-in/other-site');
      expect((await host.call('DELETE', '/api/sign-in', undefined, { ...admin, 'sec-fetch-site': 'cross-site' })).status).to.equal(403);
      expect(await get(admin)).to.equal(200);
    });

    it('ends when the browser signs out', async () => {
      const [one, other] = [await browser(), await browser()];
      const answer = await host.call('DELETE', '/api/sign-in', undefined, { ...one, ...OWN });
      expect([answer.status, answer.headers.get('set-cookie')]).to.deep.equal([
        204,
        'parley_sign_in=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict; Secure',
      ]);
      expect([await get(one), await get(other)]).to.deep.equal(['sign-in/expired', 200]);
      expect((await host.call('DELETE', '/api/sign-in', undefined, { authorization: '' })).status).to.equal(204);
    });

    it('ends after twelve hours without a call, and after thirty days at most', async () => {
      const idle = await browser();
      clock.step(12 * HOUR - 1);
      expect(await get(idle)).to.equal(200);
      const busy = await browser();
      for (let hours = 0; hours < 30 * 24 - 11; hours += 11) {
        expect(await get(busy), `${hours} h`).to.equal(200);
        clock.step(11 * HOUR);
      }
      expect([await get(idle), await get(busy)]).to.deep.equal(['sign-in/expired', 200]);
      clock.step(11 * HOUR);
      expect(await get(busy)).to.equal('sign-in/expired');
    });

    it('is extended by calls, with a write in five minutes at most', async () => {
      const admin = await browser();
      let writes = 0;
      const { extend } = host.app.store.signIns;
      Reflect.set(host.app.store.signIns, 'extend', (...given: Parameters<typeof extend>) => {
        writes += 1;
        return extend(...given);
      });
      for (const [minutes, expected] of [
        [4, 0],
        [1, 1],
        [4, 1],
        [1, 2],
      ] as const) {
        clock.step(minutes * 60_000);
        expect(await get(admin)).to.equal(200);
        expect(writes).to.equal(expected);
      }
    });

    it('ends with its key, and all of them when the key of the admin is changed', async () => {
      const { id, key } = await aKey('viewer');
      const [grace, admin] = [await browser(key), await browser()];
      expect((await host.call('DELETE', `/api/keys/${id}`)).status).to.equal(204);
      expect([await get(grace), await get(admin)]).to.deep.equal(['sign-in/expired', 200]);
      if (database === undefined) return;
      const restarted = await startTestApp({ ...settings(), PARLEY_ADMIN_KEY: 'another-admin-key-0123456789' }, undefined, { clock });
      expect((await restarted.call('GET', '/api/sign-in', undefined, admin)).json.code).to.equal('sign-in/expired');
      await restarted.app.stop();
    });

    it('with a wrong key counts as a guess, like a wrong code; a wrong cookie does not', async () => {
      const { key } = await aKey('viewer');
      for (let i = 0; i < 40; i += 1)
        expect(await get({ authorization: '', cookie: `parley_sign_in=guess-${i}` })).to.equal('sign-in/expired');
      for (let i = 0; i < 15; i += 1) {
        expect((await signIn({ key: `pk_guess-${i}` })).json.code).to.equal('key/unknown');
        expect((await signIn({ code: `guess-${i}` })).json.code).to.equal('sign-in/bad-code');
      }
      expect((await signIn({ key })).status).to.equal(429);
      expect((await signIn({ code: aCode() })).status).to.equal(429);
      expect((await signIn({ key: TEST_KEY })).status).to.equal(200);
    });

    it('takes a code once, for ten minutes, from this machine only', async () => {
      const [first, second, third] = [aCode(), aCode(), aCode()];
      const answer = await signIn({ code: first });
      expect([answer.status, answer.json.name, answer.json.role]).to.deep.equal([200, 'admin', 'admin']);
      expect((await signIn({ code: first })).json.code).to.equal('sign-in/bad-code');
      const forwarded = await signIn({ code: second }, { 'x-forwarded-for': '192.0.2.7' });
      expect([forwarded.status, forwarded.json.code]).to.deep.equal([401, 'sign-in/bad-code']);
      expect((await signIn({ code: second })).status).to.equal(200);
      clock.advance(600_000);
      expect((await signIn({ code: third })).json.code).to.equal('sign-in/bad-code');
    });

    it('takes a key or a code, and nothing else', async () => {
      for (const body of [{}, { key: 'a', code: 'b' }, { key: 1 }, { code: '' }, { key: 'x'.repeat(201) }])
        expect((await signIn(body)).json.code, JSON.stringify(body)).to.equal('http/bad-body');
    });

    it('stores neither cookies nor keys', async () => {
      const { cookie } = await browser();
      const value = String(readCookie(cookie));
      const stored: unknown[] = [];
      const { create } = host.app.store.signIns;
      Reflect.set(host.app.store.signIns, 'create', (signIn: Parameters<typeof create>[0]) => {
        stored.push(signIn);
        return create(signIn);
      });
      await browser();
      expect(stored).to.have.length(1);
      expect(Object.keys(stored[0] as object).sort()).to.deep.equal(['createdAt', 'hash', 'key', 'until']);
      expect(JSON.stringify(stored)).to.not.include(value).and.to.not.include(TEST_KEY);
    });
  });

describe('the cookie of a sign-in', () => {
  it('is sent by HTTP if the host has no https address', async () => {
    const host = await startTestApp({ PUBLIC_URL: 'http://parley.local:3000' });
    const answer = await host.call('POST', '/api/sign-in', { key: TEST_KEY }, { authorization: '' });
    expect(answer.headers.get('set-cookie')).to.match(/; SameSite=Strict$/);
    await host.app.stop();
  });

  it('is found among others, and only by its whole name', () => {
    for (const [header, value] of [
      ['parley_sign_in=a-b_1', 'a-b_1'],
      ['a=1; parley_sign_in=abc; b=2', 'abc'],
      ['a=1;parley_sign_in=abc', 'abc'],
      ['not_parley_sign_in=abc', undefined],
      ['a=parley_sign_in=abc', undefined],
      ['parley_sign_in=', undefined],
      ['parley_sign_in=a b', undefined],
      [`parley_sign_in=${'x'.repeat(101)}`, undefined],
      ['', undefined],
      [undefined, undefined],
    ] as const)
      expect(readCookie(header), header).to.equal(value);
  });

  it('the page of a call is named by the browser; a caller that names none is no browser', () => {
    expect(callSite({ host: 'h:1' }, undefined)).to.equal('none');
    expect(callSite({ host: 'h:1', origin: 'http://h:1' }, undefined)).to.equal('own');
    expect(callSite({ host: 'h:1', origin: 'https://h:1' }, undefined)).to.equal('own');
    expect(callSite({ host: 'h:1', origin: 'http://h:2' }, undefined)).to.equal('other');
    expect(callSite({ host: 'h:1', origin: 'http://h:2' }, 'http://h:2/parley')).to.equal('own');
    expect(callSite({ host: 'h:1', origin: 'null' }, 'http://h:2')).to.equal('other');
  });
});
