import { connect } from 'node:net';
import { expect } from 'chai';
import type { Log } from '../../src/contract/host/index.js';
import { ACCOUNT } from '../support/small-world.js';
import { startTestApp, TEST_KEY, type TestApp } from '../support/test-app.js';

/** A fortieth of what a host has: see `Patience`. */
const PATIENCE = { headers: 400, request: 800, look: 50 };
/** Below the patience of a host that was not told of ours, in milliseconds: whoever is not cut off by then is told by mocha. */
const CUT_OFF_WITHIN = 14_000;

describe('slow clients', () => {
  let host: TestApp;
  const logged: string[] = [];
  const log = { error: note, warn: note, info: () => {}, debug: () => {} } as Log;
  function note(_facts: unknown, message: string): void {
    logged.push(message);
  }
  before(async () => {
    host = await startTestApp({}, log, { patience: PATIENCE });
    await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config: ACCOUNT });
  });
  after(() => host.app.stop());

  const API = `POST /api/keys HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${TEST_KEY}\r\nContent-Type: application/json\r\n`;
  const WEBHOOK = 'POST /webhooks/wa HTTP/1.1\r\nHost: x\r\n';
  const CASES: readonly (readonly [what: string, head: string, drop: string])[] = [
    ['a body for the API, a byte now and then', `${API}Content-Length: 100000\r\n\r\n`, ' '],
    ['a body for the API, chunk by chunk', `${API}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n'],
    ['a body for a webhook, a byte now and then', `${WEBHOOK}Content-Length: 100000\r\n\r\n`, ' '],
    ['a body for a webhook, chunk by chunk', `${WEBHOOK}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n'],
    ['a body for no channel', `${WEBHOOK.replace('wa', 'nobody')}Content-Length: 100000\r\n\r\n`, ' '],
    ['a body that nobody reads', 'POST /no-such HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n', ' '],
    ['headers, a byte now and then', 'GET /api/flows HTTP/1.1\r\nX-Slow: ', 'x'],
    ['a first line, a byte now and then', 'GET /', 'x'],
    ['a connection on which nothing is said', '', ''],
    ['a body that stops', `${API}Content-Length: 100000\r\n\r\n{`, ''],
  ];
  for (const [what, head, drop] of CASES) {
    it(`${what}: is cut off, and others are served meanwhile`, async () => {
      const slow = Array.from({ length: 20 }, () => dribble(head, drop));
      const others = Array.from({ length: 10 }, () => host.call('GET', '/api/flows'));
      for (const { status } of await Promise.all(others)) expect(status).to.equal(200);
      for (const { said } of await Promise.all(slow)) expect(said, said).to.match(/^(HTTP\/1\.1 (4\d\d|5\d\d) |$)/);
      expect(logged).to.deep.equal([]);
    }).timeout(CUT_OFF_WITHIN);
  }

  it('hundreds of connections on which nothing is said keep nobody out', async () => {
    const idle = Array.from({ length: 500 }, () => dribble('', ''));
    for (let i = 0; i < 10; i += 1) expect((await host.call('GET', '/api/flows')).status).to.equal(200);
    for (const { said } of await Promise.all(idle)) expect(said, said).to.match(/^(HTTP\/1\.1 408 |$)/);
  }).timeout(CUT_OFF_WITHIN);

  it('a body that comes in pieces, but in time, is taken', async () => {
    const body = JSON.stringify({ name: 'piecewise', role: 'viewer' });
    const { said } = await dribble(
      `${API}Connection: close\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 10)}`,
      body.slice(10),
      1,
    );
    expect(said).to.match(/^HTTP\/1\.1 201 /);
  });

  /** Says `head`, then `drop` again and again; resolves when the host closes the connection. */
  function dribble(head: string, drop: string, times = 10_000): Promise<{ readonly said: string }> {
    return new Promise((resolve) => {
      let said = '';
      let left = times;
      const socket = connect(Number(new URL(host.url).port), '127.0.0.1', () => socket.write(head));
      const timer = setInterval(() => {
        if (drop !== '' && left > 0 && socket.writable) socket.write(drop);
        left -= 1;
      }, 40);
      socket.on('data', (data) => {
        said += data.toString();
      });
      // Reset, or closed: both is cut off.
      socket.on('error', () => {});
      socket.on('close', () => {
        clearInterval(timer);
        resolve({ said });
      });
    });
  }
});
