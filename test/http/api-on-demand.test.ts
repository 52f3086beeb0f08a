import { expect } from 'chai';
import type { Log, LogFields } from '../../src/contract/host/index.js';
import { createServer, type Server, type ServerOptions } from '../../src/http/server.js';
import { manualClock } from '../support/manual-clock.js';

describe('the API, which the first call of it loads', () => {
  let server: Server;
  let url: string;
  let logged: { readonly fields: LogFields; readonly words: string }[];
  let loads: number;
  afterEach(() => server.close());

  /** Serves with an API that answers every call, once `load` lets it. */
  async function serve(load: () => Promise<void> = async () => {}): Promise<void> {
    logged = [];
    loads = 0;
    const error: Log['error'] = (fields, words) => void logged.push({ fields, words });
    const parts = {
      log: { error },
      clock: manualClock(),
      store: { ping: async () => {} },
      degradation: async () => ({ isGrave: false, degraded: [] }),
      channels: { get: () => undefined },
      meters: { webhook: () => ({ within: <T>(work: () => T) => work(), answered: () => {} }) },
    };
    const loadApi: ServerOptions['loadApi'] = async () => {
      loads += 1;
      await load();
      return (_request, response) => response.end('the API');
    };
    server = createServer(parts as never, { loadApi });
    ({ url } = await server.listen(0, '127.0.0.1'));
  }

  const textOf = async (path: string) => (await fetch(url + path)).text();

  it('webhooks and health checks do not load it', async () => {
    await serve();
    expect((await fetch(`${url}/webhooks/wa`, { method: 'POST' })).status).to.equal(404);
    for (const path of ['/health/live', '/health/ready', '/health/ready?x=1', '/Health/Ready/'])
      expect((await fetch(url + path)).status, path).to.equal(200);
    expect((await fetch(`${url}/health/live`, { method: 'HEAD' })).headers.get('content-type')).to.equal('application/json; charset=utf-8');
    expect(loads).to.equal(0);
  });

  it('anything else loads it once, also several calls at a time', async () => {
    await serve();
    const answers = await Promise.all(['/api/flows', '/', '/metrics', '/health/deep'].map(textOf));
    expect(answers).to.deep.equal(Array(4).fill('the API'));
    expect((await fetch(`${url}/health/live`, { method: 'POST' })).status).to.equal(200);
    expect(loads).to.equal(1);
  });

  it('if it cannot be loaded the call is answered 500 and logged, and the next call loads it again', async () => {
    let isBroken = true;
    await serve(async () => {
      if (isBroken) throw new Error('no such file');
    });
    const answer = await fetch(`${url}/api/flows`);
    expect([answer.status, answer.headers.get('content-type')]).to.deep.equal([500, 'application/problem+json; charset=utf-8']);
    expect(answer.headers.get('x-content-type-options')).to.equal('nosniff');
    const problem = (await answer.json()) as { readonly code: string; readonly id: string };
    expect(problem.code).to.equal('http/bug');
    expect(logged.map(({ fields, words }) => [fields['id'], words])).to.deep.equal([[problem.id, 'the API could not be loaded']]);
    expect(logged[0]?.fields['stack']).to.contain('no such file');
    isBroken = false;
    expect(await textOf('/api/flows')).to.equal('the API');
    expect(loads).to.equal(2);
  });
});
