import { connect } from 'node:net';
import { expect } from 'chai';
import { aFlow } from '../support/builders.js';
import { ACCOUNT } from '../support/small-world.js';
import { startTestApp, TEST_KEY, type TestApp } from '../support/test-app.js';

/** In milliseconds: an answer takes a few. */
const NO_ANSWER = 2_000;

describe('paths, targets and methods', () => {
  let host: TestApp;
  before(async () => {
    host = await startTestApp({ METRICS: 'key' });
    await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config: ACCOUNT });
    await host.call('POST', '/api/flows', aFlow('kept'));
  });
  after(() => host.app.stop());
  afterEach(async () => expect((await host.call('GET', '/health/live')).status).to.equal(200));

  const KEY = `Authorization: Bearer ${TEST_KEY}\r\n`;
  /** The request line as it is written, which no client library would let through; the status of each answer. */
  function say(line: string, headers = ''): Promise<{ readonly statuses: readonly number[]; readonly text: string }> {
    return new Promise((resolve) => {
      let text = '';
      const socket = connect(Number(new URL(host.url).port), '127.0.0.1', () => {
        socket.write(`${line} HTTP/1.1\r\nHost: x\r\n${headers}Connection: close\r\n\r\n`);
      });
      socket.setTimeout(NO_ANSWER, () => socket.destroy());
      socket.on('error', () => {});
      socket.on('data', (data) => {
        text += data.toString('latin1');
      });
      socket.on('close', () =>
        resolve({ statuses: [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status)), text }),
      );
    });
  }

  it('however what needs a key is written, it needs a key', async () => {
    const paths = [
      ...[
        '/api/flows',
        '/api/flows/',
        '/API/flows',
        '/api//flows',
        '//api/flows',
        '/api/./flows',
        '/api/x/../flows',
        '/%61pi/flows',
        '/api%2fflows',
      ],
      ...[
        '/api/flows?',
        '/api/flows#',
        '/api/flows;x',
        '/api/flows/%2e%2e/flows',
        '/health/../api/flows',
        '/webhooks/../api/flows',
        '/webhooks/..%2fapi/flows',
      ],
      ...[
        'http://x/api/flows',
        'http://evil.example/api/flows',
        'HTTP://x/api/flows',
        'https://x@y/api/flows',
        'http://x//api/flows',
        '\\api\\flows',
      ],
      ...[
        '/api/docs/../flows',
        '/api/openapi.json/../flows',
        '/api/docs%2f..%2fflows',
        '/metrics',
        '/metrics/',
        '/METRICS',
        '//metrics',
        'http://x/metrics',
      ],
    ];
    for (const path of paths) {
      const { statuses, text } = await say(`GET ${path}`);
      expect(statuses, `${path}: ${text}`).to.have.length(1);
      expect(statuses[0], `${path}: ${text}`).to.be.within(400, 499);
    }
  });

  it('names that climb find nothing, and no file', async () => {
    const climbing = [
      '..',
      '../x',
      '..%2f..%2fpackage.json',
      '%2e%2e%2fpackage',
      '%2e%2e',
      '.%2e/x',
      '..%5c..%5cpackage.json',
      '..%252f..%252fpackage',
      '%2fetc%2fpasswd',
      'hello%00.json',
      'c:%5cx',
      '.',
      '.env',
    ];
    for (const name of climbing)
      for (const path of [
        '/api/templates/',
        '/api/flows/',
        '/api/channels/',
        '/api/contacts/',
        '/api/sessions/',
        '/api/flows/kept/versions/',
        '/webhooks/',
        '/',
        '/api/docs/',
      ]) {
        const { statuses, text } = await say(`GET ${path}${name}`, KEY);
        expect(statuses, `${path}${name}`).to.have.length(1);
        expect(text, `${path}${name}`).to.not.match(/"dependencies"|root:|"mocha"/);
        expect(statuses[0], `${path}${name}: ${text}`).to.be.within(400, 499);
      }
    for (const template of ['../package', '../../package.json', '/etc/passwd', 'hello\0', '..\\package', '.', '', '__proto__'])
      expect((await host.call('POST', '/api/flows', { template })).status, template).to.be.within(400, 499);
  });

  it('no id that is a path, a header or a script can be given to a thing', async () => {
    for (const id of [
      '..',
      '../x',
      'a/b',
      'a\\b',
      '/x',
      'a%2fb',
      'a b',
      'a\r\nb',
      'a\0b',
      '<b>',
      'A',
      '-a',
      '',
      '.',
      'a.b',
      'é',
      'x'.repeat(65),
    ]) {
      const config = { ...ACCOUNT, phoneNumberId: '7' };
      expect((await host.call('POST', '/api/channels', { id, adapter: 'whatsapp', name: 'x', config })).status, id).to.equal(422);
      expect((await host.call('POST', '/api/flows', aFlow(id))).status, id).to.equal(422);
    }
  });

  it('the webhook of one channel is reached by its own path alone', async () => {
    for (const path of [
      '/webhooks/wa/x',
      '/webhooks//wa',
      '//webhooks/wa',
      '/webhooks/../webhooks/wa',
      '/webhooks/WA',
      '/Webhooks/wa',
      '/webhooks/wa%00',
      '/webhooks/%2fwa',
      '/webhooks/',
      '/webhooks',
      '/webhooks/..%2fwebhooks%2fwa',
      '/webhooks/wa;x',
      '/webhooks/__proto__',
      '/webhooks/constructor',
    ])
      expect((await say(`POST ${path}`, 'Content-Length: 0\r\n')).statuses, path).to.deep.equal([404]);
    expect((await say('POST /webhooks/%77a', 'Content-Length: 0\r\n')).statuses).to.deep.equal([401]);
  });

  it('odd methods do nothing, and none stands for another one', async () => {
    for (const method of [
      'TRACE',
      'OPTIONS',
      'PROPFIND',
      'LOCK',
      'PURGE',
      'PATCH',
      'SEARCH',
      'LINK',
      'QUERY',
      'BREW',
      'get',
      'G E T',
      '',
    ]) {
      for (const target of ['/api/channels/wa', '/webhooks/wa', '/', '*', '/metrics']) {
        const { statuses, text } = await say(`${method} ${target}`, KEY);
        expect(statuses.length, `${method} ${target}: ${text}`).to.be.at.most(1);
        for (const status of statuses)
          expect(status === 200 && method === 'OPTIONS' ? 404 : status, `${method} ${target}: ${text}`).to.be.within(400, 499);
        expect(text, `${method} ${target}`).to.not.include(TEST_KEY);
      }
    }
    expect((await say('CONNECT 169.254.169.254:80', KEY)).text).to.not.match(/ 200 /);
    const override = 'X-HTTP-Method-Override: DELETE\r\nX-HTTP-Method: DELETE\r\nX-Method-Override: DELETE\r\n';
    expect((await say('GET /api/flows/kept?_method=DELETE', KEY + override)).statuses).to.deep.equal([200]);
    expect((await say('POST /api/flows/kept?_method=DELETE', `${KEY}${override}Content-Length: 0\r\n`)).statuses).to.deep.equal([404]);
    expect((await host.call('GET', '/api/flows/kept')).status).to.equal(200);
    expect((await say('HEAD /api/flows')).statuses).to.deep.equal([401]);
  });

  it('one request is one request, however its length is told', async () => {
    const inner = `DELETE /api/flows/kept HTTP/1.1\r\nHost: x\r\n${KEY}\r\n`;
    for (const lengths of [
      `Content-Length: 0\r\nContent-Length: ${inner.length}\r\n`,
      `Content-Length: ${inner.length}\r\nTransfer-Encoding: chunked\r\n`,
      'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n',
      'Transfer-Encoding: xchunked\r\n',
      'Transfer-Encoding : chunked\r\n',
      'Content-Length: +5\r\n',
      'Content-Length: -1\r\n',
      'Content-Length: 0x5\r\n',
    ]) {
      const { statuses } = await say('POST /api/flows', `${KEY}Content-Type: application/json\r\n${lengths}`);
      expect(statuses, lengths).to.deep.equal([400]);
    }
    expect((await say('GET /api/flows', `X: ${'x'.repeat(20_000)}\r\n`)).statuses).to.deep.equal([431]);
    expect((await say(`GET /${'x'.repeat(20_000)}`)).statuses).to.deep.equal([431]);
    expect((await host.call('GET', '/api/flows/kept')).status).to.equal(200);
  });

  it('the page of the API, which anybody may ask for, is made once', async () => {
    const fresh = await startTestApp();
    // Of this process alone, whatever else the machine does.
    const work = async (times: number) => {
      const before = process.cpuUsage();
      for (let i = 0; i < times; i += 1) {
        expect((await fetch(`${fresh.url}/api/docs`)).status).to.equal(200);
        expect((await fetch(`${fresh.url}/api/openapi.json`)).status).to.equal(200);
      }
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    const first = await work(1);
    // Made each time, it would be as much work as sixty first ones.
    expect(await work(60)).to.be.lessThan(25 * first);
    await fresh.app.stop();
  });
});
