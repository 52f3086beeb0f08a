import { expect } from 'chai';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('what every answer tells a browser', () => {
  let host: TestApp;
  before(async () => {
    host = await startTestApp();
  });
  after(() => host.app.stop());

  const DOORS: readonly (readonly [what: string, method: string, path: string, status: number, authorization?: string])[] = [
    ['an answer of the API', 'GET', '/api/flows', 200],
    ['a refusal without a key', 'GET', '/api/flows', 401, ''],
    ['a body that cannot be read', 'POST', '/api/flows', 415],
    ['a call that is not there', 'GET', '/api/no-such', 404],
    ['a page that is not there', 'GET', '/no-such.html', 404],
    ['a path that is no UTF-8', 'GET', '/api/flows/%ff', 400],
    ['the page of the API', 'GET', '/api/docs', 200],
    ['its document', 'GET', '/api/openapi.json', 200],
    ['the root of the API', 'GET', '/api', 200],
    ['health', 'GET', '/health/ready', 200],
    ['the figures', 'GET', '/metrics', 200],
  ];
  for (const [what, method, path, status, authorization] of DOORS) {
    it(`${what} is guarded by helmet, and names no software`, async () => {
      const answer = await fetch(host.url + path, {
        method,
        ...(method === 'POST' ? { body: 'a=1' } : {}),
        headers: { authorization: authorization ?? (await keyOf(host)) },
      });
      await answer.arrayBuffer();
      expect(answer.status).to.equal(status);
      const header = (name: string) => answer.headers.get(name);
      const policy = header('content-security-policy') ?? '';
      for (const rule of ["default-src 'self'", "script-src 'self'", "object-src 'none'", "frame-ancestors 'self'", "base-uri 'self'"])
        expect(policy.split(';'), policy).to.include(rule);
      expect(policy).to.not.match(/script-src[^;]*unsafe/);
      expect(header('x-content-type-options')).to.equal('nosniff');
      expect(header('x-frame-options')).to.equal('SAMEORIGIN');
      expect(header('referrer-policy')).to.equal('no-referrer');
      expect(header('cross-origin-opener-policy')).to.equal('same-origin');
      expect(header('cross-origin-resource-policy')).to.equal('same-origin');
      expect(header('strict-transport-security')).to.match(/^max-age=\d{7,}/);
      expect(header('x-powered-by')).to.equal(null);
      expect(header('server')).to.equal(null);
      expect(header('access-control-allow-origin')).to.equal(null);
    });
  }

  it('what a provider is answered is not taken for a page', async () => {
    for (const method of ['GET', 'POST']) {
      const answer = await fetch(`${host.url}/webhooks/nobody`, { method });
      expect([answer.status, answer.headers.get('x-content-type-options')], method).to.deep.equal([404, 'nosniff']);
      expect(answer.headers.get('content-type'), method).to.match(/^text\/plain/);
    }
  });
});

async function keyOf(host: TestApp): Promise<string> {
  const { json } = await host.call('POST', '/api/keys', { name: 'reader', role: 'editor' });
  return `Bearer ${json.key}`;
}
