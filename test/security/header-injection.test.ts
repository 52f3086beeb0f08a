import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer, type Server } from 'node:net';
import { expect } from 'chai';
import { service } from '../../plugins/http-request/service.js';
import { CallError } from '../../src/contract/index.js';
import { createOutbound, type Outbound } from '../../src/outbox/outbound-request.js';
import { aFlow } from '../support/builders.js';
import { ACCOUNT } from '../support/small-world.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

type Asked = Parameters<typeof service.call>[0];

describe('what templates put into requests to others', () => {
  let other: Server;
  let outbound: Outbound;
  let url: string;
  /** All bytes of all connections. */
  let heard = '';
  before(async () => {
    other = createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (data) => {
        heard += data.toString('latin1');
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}');
      });
    }).listen(0, '127.0.0.1');
    await new Promise((done) => other.once('listening', done));
    url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    outbound = createOutbound([{ network: '127.0.0.1', bits: 32 }]);
  });
  beforeEach(() => {
    heard = '';
  });
  after(async () => {
    await outbound.close();
    other.close();
  });

  const ask = (request: Partial<Asked>): Promise<string> => {
    const asked: Asked = {
      method: 'POST',
      url,
      headers: [],
      query: [],
      body: null,
      auth: null,
      timeout: 2_000,
      retries: 0,
      keep: [],
      ...request,
    };
    const { signal } = new AbortController();
    const tools = {
      id: 's1.1.1',
      signal,
      request: (one: Parameters<Outbound['request']>[0]) => outbound.request(one, signal),
      stream: () => Promise.reject(new Error('no')),
      pause: async () => {},
    };
    return service.call(asked, tools).then(
      () => 'answered',
      (error: unknown) => (error instanceof CallError ? error.code : String(error)),
    );
  };
  /** Lines of the head of the one request that was heard. */
  const lines = () => {
    expect(heard.match(/ HTTP\/1\.1\r\n/g) ?? [], heard).to.have.length.at.most(1);
    return (heard.split('\r\n\r\n')[0] ?? '').split(/[\r\n]/);
  };

  // The last two are cut to CR and LF by whoever writes their low bytes alone.
  const BREAKS = ['\r\n', '\n', '\r', '\0', '\r\n\r\nGET /evil HTTP/1.1\r\nX: ', '\u2028', '\u0085', '\u010d\u010a', '\u560d\u560a'];

  it('a line break in a value begins no other header, and no other request', async () => {
    for (const broken of BREAKS) {
      heard = '';
      const value = `a${broken}Evil: 1`;
      expect(await ask({ headers: [{ name: 'X-Name', value }] }), JSON.stringify(broken)).to.be.oneOf(['answered', 'request/bad-header']);
      expect(
        lines().filter((line) => /^\s*evil/i.test(line)),
        heard,
      ).to.deep.equal([]);
    }
  });

  it('a name that is none is refused before anything is sent', async () => {
    for (const name of ['X\r\nEvil: 1', 'X\nEvil', 'X: 1', 'X Evil', 'X\0', '', 'Ünicode', 'x\u010d\u010aEvil']) {
      heard = '';
      expect(await ask({ headers: [{ name, value: '1' }] }), JSON.stringify(name)).to.equal('request/bad-header');
      expect(heard).to.equal('');
    }
  });

  it('a header that would part the request otherwise is refused', async () => {
    for (const [name, value] of [
      ['Transfer-Encoding', 'chunked'],
      ['Content-Length', '1'],
      ['Content-Length', '100'],
      ['Upgrade', 'h2c'],
      ['Expect', '100-continue'],
    ] as const) {
      heard = '';
      const body = { text: 'GET /evil HTTP/1.1\r\n\r\n' } as Asked['body'];
      expect(await ask({ headers: [{ name, value }], body }), name).to.match(/^request\//);
      expect(heard, name).to.equal('');
    }
  });

  it('tokens and users are kept in their line', async () => {
    for (const broken of BREAKS) {
      for (const auth of [{ bearer: `t${broken}Evil: 1` }, { basic: { user: `u${broken}Evil: 1`, password: `p${broken}Evil: 1` } }]) {
        heard = '';
        await ask({ auth });
        expect(
          lines().filter((line) => /^\s*evil/i.test(line)),
          heard,
        ).to.deep.equal([]);
      }
    }
  });

  it('an address and its query stay in the first line', async () => {
    for (const broken of BREAKS) {
      heard = '';
      await ask({ url: `${url}/a${broken}Evil: 1/`, query: [{ name: `q${broken}Evil: 1`, value: `v${broken}Evil: 1` }] });
      expect(
        lines().filter((line) => /^\s*evil/i.test(line)),
        heard,
      ).to.deep.equal([]);
    }
  });

  it('a form is one form, whatever stands in its names and values', async () => {
    const form = [{ name: 'a&b=c\r\n', value: 'd&e=f\r\n--x' }];
    expect(await ask({ body: { form } })).to.equal('answered');
    expect(heard.split('\r\n\r\n')[1]).to.equal('a%26b%3Dc%0D%0A=d%26e%3Df%0D%0A--x');
  });
});

describe('what callers put into the headers of our answers', () => {
  let host: TestApp;
  before(async () => {
    host = await startTestApp();
    await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config: ACCOUNT });
    await host.call('POST', '/api/flows', aFlow('kept', { name: 'a"\r\nEvil: 1; filename=x.html' }));
  });
  after(() => host.app.stop());

  it('comes back in none of them', async () => {
    const bad = 'evil%0d%0aEvil:%201';
    for (const [method, path, headers] of [
      ['GET', `/api/flows/${bad}`, {}],
      ['GET', `/api/flows?cursor=${bad}`, {}],
      ['GET', `/api/flows?text=${bad}`, {}],
      ['GET', '/api/flows/kept', {}],
      ['GET', '/api/flows/kept/draft', {}],
      ['GET', '/api/flows/kept/export', {}],
      ['PUT', '/api/flows/kept/draft', { 'if-match': '"evil"' }],
      ['GET', `/${bad}`, {}],
      ['GET', `/webhooks/${bad}`, {}],
      ['GET', `/webhooks/wa?hub.mode=subscribe&hub.verify_token=${ACCOUNT.verifyToken}&hub.challenge=${bad}`, {}],
      [
        'GET',
        '/api/flows',
        {
          'x-forwarded-for': 'evil',
          'x-forwarded-host': 'evil',
          'x-request-id': 'evil',
          origin: 'https://evil.example',
          traceparent: 'evil',
        },
      ],
    ] as const) {
      const body = method === 'PUT' ? aFlow('kept') : undefined;
      const answer = await host.call(method, path, body, headers);
      expect(
        [...answer.headers].filter((pair) => /evil/i.test(pair.join())),
        `${method} ${path}`,
      ).to.deep.equal([]);
    }
  });

  it('a handshake repeats its challenge as plain text that nobody takes for a page', async () => {
    const challenge = '<script>alert(1)</script>';
    const query = `hub.mode=subscribe&hub.verify_token=${ACCOUNT.verifyToken}&hub.challenge=${encodeURIComponent(challenge)}`;
    const answer = await host.call('GET', `/webhooks/wa?${query}`);
    expect([answer.status, answer.headers.get('x-content-type-options')]).to.deep.equal([200, 'nosniff']);
    expect(answer.headers.get('content-type')).to.match(/^text\/plain/);
  });
});
