import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { CallError, type StreamAsk, type StreamReader } from '../../src/contract/index.js';
import { createOutbound, type Outbound } from '../../src/outbox/outbound-request.js';

describe('streamed requests of services', () => {
  let respond: (response: ServerResponse, path: string) => void = () => {};
  let closed = 0;
  const server = createServer((request, response) => {
    response.on('close', () => {
      closed += 1;
    });
    respond(response, request.url ?? '');
  });
  let outbound: Outbound;
  let url = '';
  before(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    outbound = createOutbound([{ host: '127.0.0.1' }]);
  });
  after(async () => {
    await outbound.close();
    server.closeAllConnections();
    server.close();
  });

  const stream = (read: StreamReader, more: Partial<StreamAsk> = {}) => {
    const ask = { method: 'POST', url, body: '{}', timeout: 10_000, firstWithin: 10_000, nextWithin: 10_000, ...more };
    return outbound.stream({ ask, read }, new AbortController().signal);
  };
  const codeOf = (request: Promise<unknown>): Promise<string> =>
    request.then(
      () => 'not refused',
      (error: unknown) => (error instanceof CallError ? error.code : String(error)),
    );
  /** Returns a reader that keeps what it is given. */
  const keeper = () => {
    const parts: string[] = [];
    const read: StreamReader = (part) => {
      parts.push(part);
      return 'progress';
    };
    return { parts, read };
  };

  it('give each part while the answer arrives, with characters that were split put together', async () => {
    const [first, second] = [Buffer.from('Köln 👋').subarray(0, 2), Buffer.from('Köln 👋').subarray(2)];
    let goOn = (): void => {};
    respond = (response) => {
      response.writeHead(200, { 'X-Kind': 'model' });
      response.write(first);
      goOn = () => response.end(second);
    };
    const { parts, read } = keeper();
    const head = await stream((part, of) => {
      if (parts.length === 0) goOn();
      return read(part, of);
    });
    expect(head).to.deep.include({ status: 200 });
    expect(head.headers['x-kind']).to.equal('model');
    expect(parts).to.have.length(2);
    expect(parts.join('')).to.equal('Köln 👋');
  });

  it('end when the reader has enough, and close the connection', async () => {
    respond = (response) => {
      response.writeHead(200);
      response.write('never ends');
    };
    closed = 0;
    await stream(() => 'enough');
    while (closed === 0) await new Promise(setImmediate);
    expect(closed).to.equal(1);
  });

  it('fail if the answer does not begin, or stops, or has nothing but comments', async () => {
    const { read } = keeper();
    respond = () => {};
    expect(await codeOf(stream(read, { firstWithin: 30 }))).to.equal('request/stalled');
    respond = (response) => void response.write('begins');
    expect(await codeOf(stream(read, { nextWithin: 30 }))).to.equal('request/stalled');
    respond = (response) => {
      const timer = setInterval(() => response.write(':\n'), 2);
      response.on('close', () => clearInterval(timer));
    };
    expect(await codeOf(stream(() => 'nothing', { firstWithin: 50 }))).to.equal('request/stalled');
    expect(await codeOf(stream(read, { timeout: 50, nextWithin: 1_000 }))).to.equal('request/timeout');
  });

  it('fail if the connection is lost, the answer is compressed or too large, or the reader throws', async () => {
    const { read } = keeper();
    respond = (response) => {
      response.writeHead(200);
      response.write('begins', () => response.destroy());
    };
    const lost = await stream(read).catch((error: unknown) => error);
    expect(lost).to.include({ code: 'request/broken-off', retryable: true });
    respond = (response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
    expect(await codeOf(stream(read))).to.equal('request/unreadable');
    respond = (response) => void response.end(Buffer.alloc(4_000_001, 120));
    expect(await codeOf(stream(() => 'nothing'))).to.equal('request/too-large');
    respond = (response) => void response.end('x');
    const throws: StreamReader = () => {
      throw new CallError('model/odd', 'no');
    };
    expect(await codeOf(stream(throws))).to.equal('model/odd');
  });

  it('are guarded like others: after a redirect, too', async () => {
    const { read } = keeper();
    expect(await codeOf(stream(read, { url: 'http://169.254.169.254/' }))).to.equal('request/private-address');
    respond = (response, path) => {
      if (path === '/') response.writeHead(307, { location: `${url}there` }).end();
      else if (path === '/there') response.writeHead(307, { location: 'http://10.0.0.1/' }).end();
    };
    expect(await codeOf(stream(read))).to.equal('request/private-address');
  });

  it('leave the event loop free: between two of its turns, little is read', async () => {
    respond = (response) => void response.end(Buffer.alloc(3_000_000, 120));
    let [sinceTurn, most, isOpen] = [0, 0, true];
    const turn = (): void => {
      sinceTurn = 0;
      if (isOpen) setImmediate(turn);
    };
    turn();
    await stream((part) => {
      sinceTurn += part.length;
      most = Math.max(most, sinceTurn);
      return 'progress';
    });
    isOpen = false;
    expect(most).to.be.within(1, 200_000);
  });
});
