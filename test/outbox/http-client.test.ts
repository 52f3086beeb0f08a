import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { SEND_DEADLINE } from '../../src/contract/host/index.js';
import type { ProviderReply } from '../../src/contract/index.js';
import { createHttpClient, type HttpClient } from '../../src/outbox/http-client.js';

describe('the HTTP client for providers', () => {
  let client: HttpClient;
  let server: Server;
  let url: string;
  let connections: number;

  beforeEach(async () => {
    client = createHttpClient();
    connections = 0;
    server = createServer((request, response) => {
      if (request.url === '/drop') return void request.socket.destroy();
      if (request.url === '/moved') return void response.writeHead(302, { location: '/echo' }).end();
      if (request.url === '/endless') return void response.end(Buffer.alloc(1_100_000));
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.writeHead(201, { 'x-seen': request.headers.authorization ?? '' });
        response.end(`${request.method} ${request.url} ${Buffer.concat(chunks).toString()}`);
      });
    });
    server.on('connection', () => {
      connections += 1;
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    await client.close();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  const post = (path: string, at = url): Promise<ProviderReply> =>
    client.send({ method: 'POST', url: at + path, headers: { authorization: 'Bearer x' }, body: '{"größe":1}' });

  it('sends method, path, headers and body, and returns the answer', async () => {
    const reply = await post('/echo?a=1');
    expect(reply).to.deep.include({ status: 201, body: 'POST /echo?a=1 {"größe":1}' });
    expect('headers' in reply && reply.headers['x-seen']).to.equal('Bearer x');
  });

  it('keeps its connections for the next requests', async () => {
    for (let i = 0; i < 10; i += 1) await post('/echo');
    // undici uses a connection again one round of the event loop later, so a request that follows at once may open a second one.
    expect(connections).to.be.at.most(2);
  });

  it('reports that nothing was sent if nobody listens', async () => {
    const free = createServer();
    await new Promise<void>((done) => free.listen(0, '127.0.0.1', done));
    const { port } = free.address() as AddressInfo;
    await new Promise((done) => free.close(done));
    expect(await post('/echo', `http://127.0.0.1:${port}`)).to.deep.equal({ failed: 'unreachable', detail: 'ECONNREFUSED' });
  });

  it('reports that nothing was sent if the address or a header is invalid', async () => {
    expect(await post('/echo', 'nowhere')).to.include({ failed: 'unreachable' });
    const reply = await client.send({ method: 'POST', url: `${url}/echo`, headers: { 'bad header': 'x\ny' }, body: '' });
    expect(reply).to.include({ failed: 'unreachable' });
  });

  it('reports a lost answer if the connection breaks after the request', async () => {
    expect(await post('/drop')).to.include({ failed: 'lost' });
  });

  it('begins each request at once, however many are under way', async () => {
    const MANY = 300;
    const held: (() => void)[] = [];
    server.removeAllListeners('request');
    const allCame = new Promise<void>((done) => {
      server.on('request', (_request, response) => {
        if (held.push(() => response.end()) === MANY) done();
      });
    });
    const replies = Array.from({ length: MANY }, () => post('/held'));
    await allCame;
    for (const answer of held) answer();
    expect((await Promise.all(replies)).every((reply) => 'headers' in reply)).to.equal(true);
  });

  it('does not begin a request if the process was paused for long, and reports that nothing was sent', async () => {
    const heard: unknown[] = [];
    server.on('request', (request) => void heard.push(request.url));
    for (const [waited, reply] of [
      [SEND_DEADLINE / 2, { status: 201 }],
      [SEND_DEADLINE / 2 + 1, { failed: 'unreachable' }],
    ] as const) {
      await client.close();
      let now = 0;
      client = createHttpClient(() => now);
      const asked = post('/echo');
      now = waited;
      expect(await asked, String(waited)).to.include(reply);
    }
    expect(heard).to.deep.equal(['/echo']);
  });

  describe('with an answer that comes in parts', () => {
    /** Sends the parts of an answer one by one, and advances the clock of the client before each. */
    async function inParts(...gaps: readonly number[]): Promise<ProviderReply> {
      let now = 0;
      await client.close();
      client = createHttpClient(() => now);
      server.removeAllListeners('request');
      server.on('request', async (_request, response) => {
        for (const gap of gaps) {
          await new Promise((next) => setImmediate(next));
          now += gap;
          response.write('part ');
        }
        response.end('end');
      });
      return post('/parts');
    }

    it('gives up if it never ends', async () => {
      expect(await inParts(...Array(8).fill(4_000))).to.deep.equal({ failed: 'lost', detail: 'the answer took too long', status: 200 });
    });

    it('accepts it if it came while the process was paused', async () => {
      expect(await inParts(50_000, 50_000)).to.include({ status: 200, body: 'part part end' });
    });
  });

  it('reports the status of an answer that breaks off', async () => {
    server.removeAllListeners('request');
    server.on('request', (_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"messages":');
      setImmediate(() => response.socket?.destroy());
    });
    expect(await post('/broken')).to.include({ failed: 'lost', status: 200 });
  });

  it('does not follow redirects', async () => {
    expect(await post('/moved')).to.include({ status: 302 });
  });

  it('gives up on an answer that is too large', async () => {
    expect(await post('/endless')).to.include({ failed: 'lost' });
  });

  it('aborts requests in flight when it is closed', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
    const reached = new Promise((done) => silent.once('request', done));
    const reply = post('/', `http://127.0.0.1:${(silent.address() as AddressInfo).port}`);
    await reached;
    await client.close();
    expect(await reply).to.include({ failed: 'lost' });
    silent.closeAllConnections();
    await new Promise((done) => silent.close(done));
  });
});
