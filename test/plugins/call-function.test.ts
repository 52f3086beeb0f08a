import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { service } from '../../plugins/call-function/service.js';
import type { OutboundAsk, ServiceTools } from '../../src/contract/index.js';
import { createOutbound, type Outbound } from '../../src/outbox/outbound-request.js';

/** What the function of the test answers: a status and a body. */
type Answer = readonly [number, string];

describe('the service behind call-function', () => {
  const asked: { readonly method: string; readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
  const answers: Answer[] = [];
  let server: Server;
  let outbound: Outbound;
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/functions`;

  before(async () => {
    server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      asked.push({ method: request.method ?? '', headers: request.headers, body });
      const [status, answer] = answers.shift() ?? [200, '{}'];
      response.writeHead(status, { 'content-type': 'application/json' }).end(answer);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    outbound = createOutbound([{ host: '127.0.0.1' }]);
  });
  after(async () => {
    await outbound.close();
    server.close();
  });
  beforeEach(() => {
    asked.splice(0);
    answers.splice(0);
  });

  async function call(more: object, ...given: readonly Answer[]): Promise<unknown> {
    answers.push(...given);
    const { signal } = new AbortController();
    const tools: ServiceTools = {
      id: 's1.2.3',
      signal,
      request: (ask: OutboundAsk) => outbound.request(ask, signal),
      stream: () => Promise.reject(new Error('no')),
      pause: async () => {},
    };
    const input = { url: url(), function: 'price', input: [], auth: null, timeout: 10_000, retries: 0, ...more };
    return service.call(input, tools).catch((error: unknown) => error);
  }

  it('posts the name and the inputs, with the key of the call and the authentication', async () => {
    const input = [
      { name: 'order', value: { id: 'A-17', items: [1] } },
      { name: '__proto__', value: 1 },
    ];
    expect(await call({ input, auth: { basic: { user: 'me', password: 'pw' } } }, [200, '{"price":4.5}'])).to.deep.equal({ price: 4.5 });
    const [{ method, headers, body } = { method: '', headers: {}, body: '' }] = asked;
    expect([method, headers['content-type'], headers['idempotency-key']]).to.deep.equal(['POST', 'application/json', 's1.2.3']);
    expect(headers.authorization).to.equal('Basic bWU6cHc=');
    expect(body).to.equal('{"function":"price","input":{"order":{"id":"A-17","items":[1]},"__proto__":1}}');
  });

  it('repeats the call under the same key', async () => {
    expect(await call({ retries: 2 }, [503, ''], [429, ''], [200, '7'])).to.equal(7);
    expect(asked.map(({ headers }) => headers['idempotency-key'])).to.deep.equal(['s1.2.3', 's1.2.3', 's1.2.3']);
  });

  it('reads an empty body as null, and keeps long numbers', async () => {
    expect(await call({}, [204, ''])).to.equal(null);
    expect(await call({}, [200, '{"id":7615917337495251231}'])).to.deep.equal({ id: '7615917337495251231' });
  });

  it('fails with the status and the words of the function', async () => {
    const failures: readonly [Answer, string, string, number][] = [
      [[422, '{"error":"unknown order"}'], 'request/status', 'the answer was 422: unknown order', 422],
      [[500, '{"error":{"message":"broken"}}'], 'request/status', 'the answer was 500: broken', 500],
      [[404, '<html>'], 'request/status', 'the answer was 404', 404],
      [[400, '{"error":{"code":7}}'], 'request/status', 'the answer was 400', 400],
      [[200, '<html>'], 'request/unreadable', 'the answer is not JSON', 200],
    ];
    for (const [answer, code, message, status] of failures) expect(await call({}, answer)).to.deep.include({ code, message, status });
    expect(await call({}, [400, JSON.stringify({ error: 'x'.repeat(10_000) })]))
      .to.have.property('message')
      .with.length.below(300);
  });

  it('goes to no private address that is not allowed', async () => {
    expect(await call({ url: 'http://127.0.0.2:1/' })).to.include({ code: 'request/private-address' });
    expect(asked).to.deep.equal([]);
  });
});
