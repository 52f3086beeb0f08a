import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { startTestApp, type TestApp } from '../support/test-app.js';

const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: https:; media-src 'self' blob: https:; worker-src 'self'; connect-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
const SCRIPT = `console.log('${'x'.repeat(2_000)}');`;

describe('the files of the console', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-console-'));
  const built = join(folder, '.hidden', 'console');
  let host: TestApp;
  before(async () => {
    host = await startTestApp({}, undefined, { consoleFolder: built });
  });
  beforeEach(() => {
    rmSync(built, { recursive: true, force: true });
    write('index.html', '<!doctype html><title>Parley</title>');
    write('assets/main-a1B2.js', SCRIPT);
    write('assets/main-a1B2.js.br', brotliCompressSync(SCRIPT));
    write('assets/main-a1B2.js.gz', gzipSync(SCRIPT));
    write('assets/inter-x.woff2', 'font');
    write('favicon.svg', '<svg/>');
    write('.secret', 'secret');
    writeFileSync(join(folder, 'outside.js'), 'outside');
  });
  after(async () => {
    await host.app.stop();
    rmSync(folder, { recursive: true });
  });

  function write(name: string, content: string | Buffer): void {
    mkdirSync(dirname(join(built, name)), { recursive: true });
    writeFileSync(join(built, name), content);
  }
  const get = async (path: string, { method = 'GET', ...headers }: Readonly<Record<string, string>> = {}) => {
    const answer = await fetch(host.url + path, { method, headers });
    return { status: answer.status, header: (name: string) => answer.headers.get(name), text: await answer.text() };
  };

  it('the page is served at the address of every page, and asked for again each time', async () => {
    for (const path of ['/', '/sign-in', '/flows/welcome', '/flows/welcome?tab=history&node=ask', '/flows/welcome/', '/new', '/apis']) {
      const answer = await get(path);
      expect([answer.status, answer.text], path).to.deep.equal([200, '<!doctype html><title>Parley</title>']);
      expect(answer.header('content-type'), path).to.equal('text/html; charset=utf-8');
      expect(answer.header('cache-control'), path).to.equal('no-cache');
      expect(answer.header('content-security-policy'), path).to.equal(POLICY);
      expect(answer.header('x-content-type-options'), path).to.equal('nosniff');
    }
    const etag = (await get('/')).header('etag') ?? '';
    expect((await get('/', { 'if-none-match': etag, 'cache-control': 'max-age=0' })).status).to.equal(304);
    const head = await get('/', { method: 'HEAD' });
    expect([head.status, head.text]).to.deep.equal([200, '']);
  });

  it('files with a hash in their names are kept for ever, in the smallest form that the browser reads', async () => {
    for (const [accepts, encoding] of [
      ['gzip, deflate, br', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0, gzip', 'gzip'],
      ['identity', null],
    ] as const) {
      const answer = await get('/assets/main-a1B2.js', { 'accept-encoding': accepts });
      expect([answer.status, answer.header('content-encoding'), answer.text], accepts).to.deep.equal([200, encoding, SCRIPT]);
      expect(answer.header('cache-control'), accepts).to.equal('public, max-age=31536000, immutable');
      expect(answer.header('content-type'), accepts).to.equal('text/javascript; charset=utf-8');
      expect(answer.header('vary'), accepts).to.equal('Accept-Encoding');
      expect(answer.header('content-security-policy'), accepts).to.equal(POLICY);
    }
    const font = await get('/assets/inter-x.woff2');
    expect([font.text, font.header('content-type'), font.header('content-encoding')]).to.deep.equal(['font', 'font/woff2', null]);
    const icon = await get('/favicon.svg');
    expect([icon.status, icon.header('cache-control')]).to.deep.equal([200, 'no-cache']);
  });

  it('an answer that has no file in it may not be kept in the place of the file', async () => {
    for (const [name, value, status] of [
      ['range', 'bytes=99999-', 416],
      ['if-match', '"another"', 412],
      ['if-unmodified-since', 'Tue, 01 Jan 2019 00:00:00 GMT', 412],
    ] as const) {
      const answer = await get('/assets/main-a1B2.js', { [name]: value, 'accept-encoding': 'br' });
      expect([answer.status, answer.text], name).to.deep.equal([status, '']);
      expect(answer.header('cache-control'), name).to.equal('no-store');
      for (const other of ['content-encoding', 'content-type', 'etag']) expect(answer.header(other), `${name}: ${other}`).to.equal(null);
    }
    const part = await get('/assets/main-a1B2.js', { range: 'bytes=0-6', 'accept-encoding': 'identity' });
    expect([part.status, part.text]).to.deep.equal([206, 'console']);
  });

  it('other addresses are as they were', async () => {
    for (const [path, status, code] of [
      ['/api/nothing', 401, 'key/missing'],
      ['/webhooks', 404, 'http/unknown-route'],
      ['/Webhooks/wa', 404, 'http/unknown-route'],
      ['/health', 404, 'http/unknown-route'],
      ['/health/deep', 404, 'http/unknown-route'],
      ['/METRICS/x', 404, 'http/unknown-route'],
      ['/media', 404, 'http/unknown-route'],
      ['/assets/main-old.js', 404, 'http/unknown-route'],
      ['/.secret', 404, 'http/unknown-route'],
      ['/..%2f..%2foutside.js', 404, 'http/unknown-route'],
      ['/assets/..%5c..%5c..%5coutside.js', 404, 'http/unknown-route'],
      ['/%2e%2e/%2e%2e/outside.js', 404, 'http/unknown-route'],
      ['/assets', 404, 'http/unknown-route'],
      ['/assets/main-old', 404, 'http/unknown-route'],
    ] as const) {
      const answer = await get(path);
      expect(answer.status, path).to.equal(status);
      expect(JSON.parse(answer.text).code, path).to.equal(code);
    }
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) expect((await get('/', { method })).status, method).to.equal(404);
    const { json, headers } = await host.call('GET', '/api', undefined, { authorization: '' });
    expect(json).to.deep.equal({ name: 'Parley', about: 'chat flows on WhatsApp and Viber', docs: '/api/docs', health: '/health/ready' });
    expect(headers.get('content-security-policy')).to.include("script-src 'self'").and.to.not.equal(POLICY);
  });

  it('until they are built, a page says so and tries again, with the one script that its policy names', async () => {
    renameSync(built, `${built}-gone`);
    for (const path of ['/', '/sign-in']) {
      const answer = await get(path);
      expect([answer.status, answer.header('retry-after'), answer.header('cache-control')], path).to.deep.equal([503, '2', 'no-store']);
      const [, script = ''] = /<script>(.*?)<\/script>/.exec(answer.text) ?? [];
      const hash = createHash('sha256').update(script).digest('base64');
      expect(answer.header('content-security-policy'), path).to.match(/^default-src 'none'; /);
      expect(answer.header('content-security-policy'), path).to.include(`; script-src 'sha256-${hash}'; `);
      expect(script, path).to.include('location.reload()');
      expect(answer.text, path).to.include('<meta http-equiv="refresh" content="2">');
    }
    expect((await get('/favicon.svg')).status).to.equal(404);
    renameSync(`${built}-gone`, built);
    expect((await get('/')).status).to.equal(200);
  });

  it('a browser that hangs up in the middle leaves nothing behind', async () => {
    write('assets/large-1.js', Buffer.alloc(5_000_000));
    for (let i = 0; i < 5; i += 1) {
      const stop = new AbortController();
      await fetch(`${host.url}/assets/large-1.js`, { signal: stop.signal });
      stop.abort();
    }
    expect((await get('/')).status).to.equal(200);
  });
});

describe('answers of the API', () => {
  let host: TestApp;
  before(async () => {
    host = await startTestApp();
  });
  after(() => host.app.stop());

  it('are compressed if they are large, and as text', async () => {
    const encodingOf = async (path: string, accepts = 'gzip') =>
      (await host.call('GET', path, undefined, { 'accept-encoding': accepts })).headers.get('content-encoding');
    expect(await encodingOf('/api/node-types')).to.equal('gzip');
    expect(await encodingOf('/api/node-types', 'br')).to.equal('br');
    expect(await encodingOf('/api/node-types', 'identity')).to.equal(null);
    expect(await encodingOf('/api/openapi.json')).to.equal('gzip');
    expect(await encodingOf('/api/docs')).to.equal('gzip');
    expect(await encodingOf('/api/sign-in')).to.equal(null);
    expect(await encodingOf('/api/flows/none')).to.equal(null);
  });
});
