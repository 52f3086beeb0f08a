import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { type Document, pointerOf, readApiDocument } from '../support/api-document.js';
import { dropDatabase, ownDatabase } from '../support/both-stores.js';
import { aFlow } from '../support/builders.js';
import { hostileTexts } from '../support/hostile-json.js';
import { ACCOUNT } from '../support/small-world.js';
import { startTestApp, TEST_KEY, type TestApp } from '../support/test-app.js';

/** In milliseconds; a call takes a few, and the machine may be busy. */
const NO_HANG = 5_000;
/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:9';
const DEEP = `${'['.repeat(400_000)}${']'.repeat(400_000)}`;
// Larger than any call takes.
const LARGE = JSON.stringify({ name: 'x'.repeat(9_000_000) });
const BOMB = Buffer.alloc(60_000_000, '[');

const stores = ['embedded', ...(process.env['MONGODB_URL'] === undefined ? [] : ['MongoDB'])];
for (const kind of stores) {
  describe(`what strangers write into bodies and queries: ${kind}`, function () {
    this.timeout(120_000);
    let host: TestApp;
    let document: Document;
    let database: string | undefined;
    let session = '';
    before(async () => {
      database = kind === 'MongoDB' ? ownDatabase() : undefined;
      host = await startTestApp(database === undefined ? {} : { MONGODB_URL: database });
      document = (await host.call('GET', '/api/openapi.json')).json as Document;
      for (const [id, phoneNumberId] of [
        ['wa-main', '1'],
        ['vb-main', '2'],
      ])
        await host.call('POST', '/api/channels', {
          id,
          adapter: 'whatsapp',
          name: id,
          config: { ...ACCOUNT, phoneNumberId, baseUrl: NOWHERE },
        });
      await host.call('POST', '/api/flows', waiting());
      await host.call('PUT', '/api/flows/hello/channels', { channels: ['wa-main'] });
      await refresh();
    });
    after(async () => {
      await host.app.stop();
      if (database !== undefined) await dropDatabase(database);
    });
    afterEach(() => {
      const harmed = Object.getOwnPropertyNames({}).concat(Object.keys(Object.prototype));
      expect([harmed, ({} as Record<string, unknown>)['polluted'], ({} as Record<string, unknown>)['role']]).to.deep.equal([
        [],
        undefined,
        undefined,
      ]);
    });

    /** The flow ONLINE, and somebody waiting in it: what is written by calls before may have changed that. */
    async function refresh(): Promise<void> {
      await host.call('PUT', '/api/flows/hello/draft', waiting(), { 'if-match': '*' });
      expect((await host.call('POST', '/api/flows/hello/publish', {})).status).to.equal(200);
      const start = { contact: { identity: 'whatsapp:4915112345678' }, channel: 'wa-main' };
      const { status, json } = await host.call('POST', '/api/flows/hello/trigger', start);
      expect([status, typeof json.sessionId]).to.deep.equal([202, 'string']);
      session = json.sessionId;
    }

    /** A real address for a path of the document. */
    function addressOf(path: string): string {
      const id = path.startsWith('/api/sessions') || path.startsWith('/api/contacts') ? session : 'wa-main';
      return path.replace('{code}', 'hello').replace('{id}', id).replace('{version}', '1');
    }

    async function changes(): Promise<number> {
      return (await host.app.store.audit.list({ limit: 100_000 })).length;
    }

    async function send(method: string, path: string, body: string | Buffer, headers: Readonly<Record<string, string>> = {}) {
      const answer = await fetch(host.url + addressOf(path), {
        method: method.toUpperCase(),
        body,
        headers: { authorization: `Bearer ${TEST_KEY}`, 'content-type': 'application/json', ...headers },
        signal: AbortSignal.timeout(NO_HANG),
      });
      return { status: answer.status, text: await answer.text() };
    }

    it('every query in every bad way', async () => {
      for (const { path, name } of queriesIn(document)) {
        const value = (text: string) => `${name}=${text}`;
        const refused = [
          `${name}[$ne]=1`,
          `${name}[]=a`,
          `${name}[$where]=sleep(9)`,
          `${value('a')}&${value('b')}`,
          '__proto__[polluted]=1',
        ];
        const borne = [
          '%00',
          '%ff',
          '%ED%A0%80',
          '1e400',
          '-1',
          '',
          '%7B%22$ne%22%3Anull%7D',
          '$where',
          '__proto__',
          "'%3B--",
          'x'.repeat(9_000),
        ];
        for (const query of [...refused, '__proto__=1', 'constructor=1', 'constructor.prototype.polluted=1', ...borne.map(value)]) {
          const answer = await host.call('GET', `${addressOf(path)}?${query}`);
          const named = `${path}?${query.slice(0, 80)}: ${answer.text.slice(0, 200)}`;
          expect(answer.status, named).to.be.lessThan(500);
          if (!borne.map(value).includes(query)) expect(answer.status, named).to.equal(400);
          // An operator that is taken for a text finds nothing.
          else if (answer.status === 200 && !/^(limit|cursor|version)$/.test(name) && query !== value(''))
            expect(answer.json?.items ?? [], named).to.deep.equal([]);
        }
      }
    });

    it('every body in every bad way: no bug, no hang, and nothing is stored of what the document does not allow', async () => {
      const api = readApiDocument(document);
      let sent = 0;
      for (const { method, path, schemaAt, sample } of bodiesIn(document)) {
        await refresh();
        for (const { what, text } of hostileTexts(sample)) {
          const named = `${method} ${path}: ${what}`;
          const before = await changes();
          const answer = await host.call(method.toUpperCase(), addressOf(path), text, { 'if-match': '*' });
          sent += 1;
          expect(answer.status, `${named}: ${answer.text}`).to.be.lessThan(500);
          const fits = api.misfit(schemaAt, JSON.parse(text)) === undefined;
          // What is to be checked is answered, with its problems.
          if (path.endsWith('/check') && answer.status === 200) expect(fits || answer.json.problems.length > 0, named).to.equal(true);
          else if (!fits || /__proto__|constructor|1e400/.test(what))
            expect(answer.status, `${named}: ${answer.text}`).to.be.within(400, 499);
          if (answer.status >= 400) expect(await changes(), named).to.equal(before);
        }
      }
      expect(sent).to.be.greaterThan(1_000);
    });

    it('bodies that are too deep, too large, grow when unpacked, or are something else than they say', async () => {
      const packed: readonly (readonly [string, Buffer])[] = [
        ['gzip', gzipSync(BOMB)],
        ['deflate', deflateSync(BOMB)],
        ['br', brotliCompressSync(BOMB)],
      ];
      const before = await changes();
      for (const { method, path } of bodiesIn(document)) {
        const named = `${method} ${path}`;
        const deep = await send(method, path, DEEP);
        if (path.endsWith('/check')) expect(deep.text, named).to.match(/too-deep/);
        else expect(deep.status, named).to.be.within(400, 499);
        expect((await send(method, path, LARGE)).status, named).to.equal(413);
        for (const type of [
          'text/plain',
          'application/x-www-form-urlencoded',
          'multipart/form-data; boundary=x',
          'application/jsonp',
          'json',
        ])
          expect((await send(method, path, '{}', { 'content-type': type })).status, `${named} ${type}`).to.equal(415);
        for (const type of ['application/json; charset=latin1', 'application/json; charset=utf-7', 'application/json; charset=utf-16le'])
          expect((await send(method, path, '{}', { 'content-type': type })).status, `${named} ${type}`).to.equal(415);
        expect((await send(method, path, Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22]))).status, named).to.be.within(400, 499);
      }
      for (const [encoding, body] of packed)
        expect((await send('post', '/api/keys', body, { 'content-encoding': encoding })).status, encoding).to.equal(413);
      expect((await send('post', '/api/keys', '{}', { 'content-encoding': 'nonsense' })).status).to.equal(415);
      expect((await send('post', '/api/keys', '{}', { 'content-encoding': 'gzip' })).status).to.equal(400);
      expect(await changes()).to.equal(before);
    });

    it('names in paths are texts and nothing else', async () => {
      const bad = [
        '%7B%22$ne%22%3Anull%7D',
        '__proto__',
        'constructor',
        '%00',
        'a%00b',
        '%ED%A0%80',
        '$where',
        'x'.repeat(5_000),
        'hasOwnProperty',
      ];
      for (const [path, methods] of Object.entries(document.paths)) {
        if (!path.startsWith('/api/') || !path.includes('{')) continue;
        for (const method of Object.keys(methods))
          for (const one of bad) {
            const body = method === 'get' ? undefined : {};
            const answer = await host.call(method.toUpperCase(), path.replaceAll(/\{\w+\}/g, one), body, { 'if-match': '*' });
            expect(answer.status, `${method} ${path} ${one.slice(0, 30)}: ${answer.text}`).to.be.within(400, 499);
          }
      }
    });
  });
}

interface BodyCall {
  readonly method: string;
  readonly path: string;
  readonly schemaAt: string;
  readonly sample: unknown;
}

/** Every call with a body, and a body that it takes. */
function bodiesIn(document: Document): readonly BodyCall[] {
  const found = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { requestBody }]) => {
      const body = requestBody?.content['application/json'];
      if (!body?.schema || !path.startsWith('/api/')) return [];
      const shape = '$ref' in body.schema ? String(body.schema.$ref).split('/').at(-1) : undefined;
      const sample = body.example ?? document.components.schemas[shape ?? 'FlowDefinition']?.examples?.[0];
      return [
        { method, path, schemaAt: pointerOf(['paths', path, method, 'requestBody', 'content', 'application/json', 'schema']), sample },
      ];
    }),
  );
  expect(found).to.have.length.of.at.least(15);
  for (const { method, path, sample } of found) expect(sample, `${method} ${path}`).to.be.an('object');
  return found;
}

function queriesIn(document: Document): readonly { readonly path: string; readonly name: string }[] {
  const found = Object.entries(document.paths).flatMap(([path, { get }]) =>
    (get?.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => ({ path, name })),
  );
  expect(found).to.have.length.of.at.least(15);
  return found;
}

/** Anybody can start it, and it waits; who is in it already is turned away. */
function waiting() {
  const wait = {
    id: 'wait',
    type: 'wait-for-response',
    version: 1,
    params: { timeout: { value: 600, unit: 'seconds' }, timeoutBranch: true },
  };
  const { nodes, ...flow } = aFlow('hello', { triggers: [{ type: 'TriggeredManually', onBusy: 'interrupt' }] });
  return {
    ...flow,
    // Where an object may be anything.
    variables: [{ name: 'order', type: 'object', input: true }],
    nodes: [nodes[0], wait, nodes[1]],
    edges: [
      { from: 'start', port: 'next', to: 'wait' },
      { from: 'wait', port: 'replied', to: 'end' },
      { from: 'wait', port: 'notReplied', to: 'end' },
    ],
  };
}
