import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { readOutboundAllow } from '../../src/config/outbound-allow.js';
import { type AllowRule, CallError, type OutboundAsk } from '../../src/contract/index.js';
import { isAllowed, mayCall, portOf } from '../../src/outbox/outbound-guard.js';
import { createOutbound, type Outbound } from '../../src/outbox/outbound-request.js';

const rulesOf = (list: string): readonly AllowRule[] => {
  const read = readOutboundAllow(list);
  if ('mistake' in read) throw new Error(read.mistake);
  return read.rules;
};

describe('requests of services', () => {
  const asked: { readonly path: string; readonly headers: IncomingMessage['headers']; readonly method: string; readonly body: string }[] =
    [];
  let one: Server;
  let other: Server;
  let outbound: Outbound;
  const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = (url: string, more: Partial<OutboundAsk> = {}) =>
    outbound.request({ method: 'GET', url, timeout: 10_000, ...more }, new AbortController().signal);
  const refusal = (request: Promise<unknown>): Promise<string> =>
    request.then(
      () => 'not refused',
      (error: unknown) => (error instanceof CallError ? error.code : String(error)),
    );

  before(async () => {
    [one, other] = await Promise.all([serve(), serve()]);
    outbound = createOutbound(rulesOf(`127.0.0.1:${new URL(urlOf(one)).port}`));
  });
  after(async () => {
    await outbound.close();
    one.close();
    other.close();
  });
  beforeEach(() => void asked.splice(0));

  /** `/to?…` redirects there, `/big` has a large answer, and every other path answers ok. */
  async function serve(): Promise<Server> {
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const url = new URL(request.url ?? '/', 'http://x');
      asked.push({ path: url.pathname, headers: request.headers, method: request.method ?? '', body });
      const to = url.searchParams.get('to');
      if (url.pathname === '/round') response.writeHead(302, { location: '/round' }).end();
      else if (to) response.writeHead(Number(url.searchParams.get('status') ?? 302), { location: to }).end();
      else if (url.pathname === '/big') response.end('x'.repeat(300_000));
      else if (url.pathname === '/silent') return;
      else if (url.pathname === '/packed') response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('Köln'));
      else if (url.pathname === '/bomb')
        response.writeHead(200, { 'content-encoding': 'br' }).end(brotliCompressSync(Buffer.alloc(300_000)));
      else if (url.pathname === '/odd-way') response.writeHead(302, { location: '/there', 'content-encoding': 'odd' }).end('x');
      else response.writeHead(200, { 'X-Kind': 'shop' }).end('ok');
    });
    await new Promise<void>((done) => server.listen(0, done));
    return server;
  }

  it('return status, headers in lower case, and body', async () => {
    const answer = await ask(`${urlOf(one)}/`);
    expect(answer).to.deep.include({ status: 200, body: 'ok' });
    expect(answer.headers['x-kind']).to.equal('shop');
  });

  it('accept compressed answers, and refuse those that are too large when decompressed', async () => {
    expect((await ask(`${urlOf(one)}/packed`)).body).to.equal('Köln');
    expect(asked[0]?.headers['accept-encoding']).to.equal('gzip, deflate, br');
    expect(await refusal(ask(`${urlOf(one)}/bomb`))).to.equal('request/too-large');
    await ask(`${urlOf(one)}/`, { headers: { 'accept-encoding': 'identity' } });
    expect(asked.at(-1)?.headers['accept-encoding']).to.equal('identity');
  });

  it('may go to a private address of the settings, but not on from there to another one', async () => {
    expect(await refusal(ask(`${urlOf(other)}/`))).to.equal('request/private-address');
    expect((await ask(`${urlOf(other)}/`, { isOfSettings: true })).body).to.equal('ok');
    expect((await ask(`${urlOf(other)}/?to=/there`, { isOfSettings: true })).body).to.equal('ok');
    const third = await serve();
    expect(await refusal(ask(`${urlOf(other)}/?to=${urlOf(third)}/`, { isOfSettings: true }))).to.equal('request/private-address');
    third.close();
  });

  it('do not read the body of a redirect', async () => {
    expect((await ask(`${urlOf(one)}/odd-way`)).body).to.equal('ok');
  });

  it('refuse a private address, however it is written, without connecting', async () => {
    const port = new URL(urlOf(other)).port;
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '0.0.0.0', '127.1'])
      expect(await refusal(ask(`http://${host}:${port}/`)), host).to.equal('request/private-address');
    expect(asked).to.deep.equal([]);
  });

  it('refuse a redirect to a private address', async () => {
    expect(await refusal(ask(`${urlOf(one)}/go?to=${encodeURIComponent(`${urlOf(other)}/in`)}`))).to.equal('request/private-address');
    expect(asked.map(({ path }) => path)).to.deep.equal(['/go']);
  });

  it('follow redirects as browsers do: a POST becomes a GET, except with 307 and 308', async () => {
    const request = { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain', authorization: 'Bearer s' } };
    await ask(`${urlOf(one)}/a?to=/b`, request);
    await ask(`${urlOf(one)}/c?status=307&to=/d`, request);
    expect(asked.map(({ path, method, body, headers }) => [path, method, body, headers.authorization])).to.deep.equal([
      ['/a', 'POST', 'x', 'Bearer s'],
      ['/b', 'GET', '', 'Bearer s'],
      ['/c', 'POST', 'x', 'Bearer s'],
      ['/d', 'POST', 'x', 'Bearer s'],
    ]);
  });

  // https://fetch.spec.whatwg.org/#http-redirect-fetch
  for (const [status, method, becomes] of [
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [302, 'PUT', 'PUT'],
    [301, 'DELETE', 'DELETE'],
    [303, 'PUT', 'GET'],
    [303, 'DELETE', 'GET'],
    [303, 'HEAD', 'HEAD'],
    [307, 'PUT', 'PUT'],
    [308, 'POST', 'POST'],
  ] as const)
    it(`turn ${method} into ${becomes} after a ${status}`, async () => {
      const body = method === 'HEAD' ? {} : { body: 'x', headers: { 'content-type': 'text/plain' } };
      await ask(`${urlOf(one)}/a?status=${status}&to=/b`, { method, ...body });
      expect(asked[1]).to.include({ method: becomes, body: becomes === method ? (body.body ?? '') : '' });
      expect(asked[1]?.headers['content-type']).to.equal(becomes === method ? body.headers?.['content-type'] : undefined);
    });

  it('do not send headers to another origin after a redirect, unless they are harmless', async () => {
    const both = createOutbound(rulesOf('127.0.0.1'));
    const headers = { authorization: 'Bearer s', 'x-key': 's', 'content-type': 'text/plain' };
    const url = `${urlOf(one)}/go?status=308&to=${encodeURIComponent(`${urlOf(other)}/there`)}`;
    await both.request({ method: 'POST', url, headers, body: 'x', timeout: 10_000 }, new AbortController().signal);
    expect(asked[1]?.headers).to.not.have.any.keys('authorization', 'x-key');
    expect(asked[1]?.body).to.equal('x');
    await both.close();
  });

  it('give up on a circle of redirects, an answer that is too large, and a server that does not answer', async () => {
    expect(await refusal(ask(`${urlOf(one)}/round`))).to.equal('request/too-many-redirects');
    expect(asked).to.have.length(6);
    expect(await refusal(ask(`${urlOf(one)}/big`))).to.equal('request/too-large');
    expect(await refusal(ask(`${urlOf(one)}/silent`, { timeout: 50 }))).to.equal('request/timeout');
  });

  it('refuse an invalid address and an invalid header', async () => {
    for (const url of ['file:///etc/passwd', 'shop.example', 'http://me:pw@127.0.0.1/', 'ftp://x/'])
      expect(await refusal(ask(url)), url).to.equal('request/bad-address');
    expect(await refusal(ask(urlOf(one), { headers: { 'x-name': 'Ada\nCookie: 1' } }))).to.equal('request/bad-header');
  });

  it('fail with a retryable error if nobody listens', async () => {
    const gone = await serve();
    const url = urlOf(gone);
    await new Promise((done) => gone.close(done));
    const all = createOutbound(rulesOf('127.0.0.1'));
    const error = await all.request({ method: 'GET', url, timeout: 500 }, new AbortController().signal).catch((one: unknown) => one);
    expect(error).to.include({ code: 'request/no-answer', retryable: true });
    await all.close();
  });
});

describe('OUTBOUND_ALLOW', () => {
  it('reads hosts, addresses and networks, with and without a port', () => {
    expect(rulesOf('localhost:8080, crm.internal,10.0.0.5,10.1.0.0/16,[::1]:80,fd00::/8,::1')).to.deep.equal([
      { host: 'localhost', port: 8080 },
      { host: 'crm.internal' },
      { network: '10.0.0.5', bits: 32 },
      { network: '10.1.0.0', bits: 16 },
      { network: '::1', bits: 128, port: 80 },
      { network: 'fd00::', bits: 8 },
      { network: '::1', bits: 128 },
    ]);
  });

  it('reports the invalid entry', () => {
    for (const entry of ['http://x', 'a b', '10.0.0.0/99', '300.1.1.1', 'x:0', '[::1', '-x'])
      expect(readOutboundAllow(entry), entry).to.deep.equal({ mistake: entry });
  });

  it('has to allow metadata services of clouds explicitly, by address, by range and by name', () => {
    const addresses = [
      ...['169.254.169.254', '169.254.170.2', '169.254.0.23', '168.63.129.16', '100.100.100.200', '192.0.0.192', '192.80.8.124'],
      ...['fd00:ec2::254', 'fd00:ec2::23', 'fd20:ce::254', 'fe80::a9fe:a9fe', '::ffff:168.63.129.16', '::ffff:a83f:8110'],
      ...['64:ff9b::168.63.129.16', '2002:a83f:8110::1'],
    ];
    for (const address of addresses) expect(mayCall({ host: address, port: 80, address }, []), address).to.equal(false);
    const names = ['metadata.google.internal', 'METADATA.google.internal.', 'metadata', 'instance-data', 'metadata.azure.internal'];
    for (const host of names) expect(mayCall({ host, port: 80, address: '93.184.216.34' }, []), host).to.equal(false);
    for (const neighbour of ['168.63.129.15', '168.63.129.17', '100.63.255.255', '100.128.0.0'])
      expect(mayCall({ host: 'x', port: 80, address: neighbour }, []), neighbour).to.equal(true);
    expect(mayCall({ host: 'metadata.example', port: 80, address: '93.184.216.34' }, [])).to.equal(true);
    const named = rulesOf('168.63.129.16, metadata.google.internal');
    expect(mayCall({ host: 'x', port: 80, address: '168.63.129.16' }, named)).to.equal(true);
    expect(mayCall({ host: 'metadata.google.internal.', port: 80, address: '169.254.169.254' }, named)).to.equal(true);
  });
  it('allows a private address in a flow by a rule for its address, name and port', () => {
    const rules = [{ host: 'crm.lan' }, { network: '10.0.0.0', bits: 8, port: 8080 }];
    const named = ['http://crm.lan/x', 'https://CRM.lan:444/', 'http://10.1.2.3:8080/{{ id }}'];
    for (const address of named) expect(isAllowed(address, rules), address).to.equal(true);
    for (const address of ['http://10.1.2.3/', 'http://192.168.1.1:8080/', 'http://other.lan/', 'crm.lan', 'http://127.0.0.1/'])
      expect(isAllowed(address, rules), address).to.equal(false);
  });

  it('allows private addresses; public ones need no rule', () => {
    const rules = rulesOf('crm.internal:80,10.0.0.0/8');
    const cases: readonly (readonly [string, number, string, boolean])[] = [
      ['example.com', 443, '93.184.216.34', true],
      ['example.com', 443, '2606:2800:220:1::1', true],
      ['example.com', 443, '::ffff:93.184.216.34', true],
      ['crm.internal', 80, '192.168.1.1', true],
      ['crm.internal', 81, '192.168.1.1', false],
      ['other', 80, '192.168.1.1', false],
      ['other', 5, '10.3.4.5', true],
      ['other', 5, '::ffff:10.3.4.5', true],
      ['meta', 80, '169.254.169.254', false],
      ['meta', 80, '64:ff9b::a9fe:a9fe', false],
      ['tunnel', 80, '2002:7f00:1::', false],
      ['old', 80, '::7f00:1', false],
      ['old', 80, '::a9fe:a9fe', false],
      ['multi', 80, '224.0.0.1', false],
      ['v6', 80, 'fe80::1', false],
      ['v6', 80, 'fd00::1', false],
      ['no', 80, 'nonsense', false],
    ];
    for (const [host, port, address, may] of cases) expect(mayCall({ host, port, address }, rules), address).to.equal(may);
  });

  it('may be for a port, also for the default port of an address', () => {
    const cases = { 'http://x/': 80, 'https://x/': 443, 'https://x:80/': 80, 'http://x:8443/': 8443 };
    for (const [url, port] of Object.entries(cases)) expect(portOf(new URL(url)), url).to.equal(port);
  });
});
