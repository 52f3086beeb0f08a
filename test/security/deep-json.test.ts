import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { Log } from '../../src/contract/host/index.js';
import { dropDatabase, ownDatabase } from '../support/both-stores.js';
import { aFlow } from '../support/builders.js';
import { ACCOUNT, until } from '../support/small-world.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const NOWHERE = 'http://127.0.0.1:9';
/** MongoDB has an end at 100 levels, recursion at some thousands. */
const DEPTHS = [70, 150, 1_000, 10_000, 100_000];
const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

const stores = ['embedded', ...(process.env['MONGODB_URL'] === undefined ? [] : ['MongoDB'])];
for (const kind of stores) {
  describe(`JSON from outside that is nested too deep: ${kind}`, () => {
    let host: TestApp;
    let provider: Server;
    let database: string | undefined;
    const logged: string[] = [];
    const note = (_facts: unknown, message: string) => void logged.push(message);
    before(async () => {
      provider = createServer((request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).end(deep(Number(request.url?.slice(1))));
      }).listen(0, '127.0.0.1');
      await new Promise((done) => provider.once('listening', done));
      database = kind === 'MongoDB' ? ownDatabase() : undefined;
      const env = { OUTBOUND_ALLOW: '127.0.0.1', ...(database === undefined ? {} : { MONGODB_URL: database }) };
      host = await startTestApp(env, { error: note, warn: note, info: () => {}, debug: () => {} } as Log);
      const viber = { authToken: 'token', senderName: 'x', baseUrl: NOWHERE };
      await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config: { ...ACCOUNT, baseUrl: NOWHERE } });
      await host.call('POST', '/api/channels', { id: 'vb', adapter: 'viber', name: 'VB', config: viber });
      const url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
      await online(asking(url));
      await online(waiting());
    });
    after(async () => {
      await host.app.stop();
      provider.close();
      if (database !== undefined) await dropDatabase(database);
    });
    afterEach(() => expect(logged.splice(0)).to.deep.equal([]));

    async function online(flow: { readonly code: string }): Promise<void> {
      expect((await host.call('POST', '/api/flows', flow)).json.problems, flow.code).to.deep.equal([]);
      await host.call('PUT', `/api/flows/${flow.code}/channels`, { channels: ['wa', 'vb'] });
      expect((await host.call('POST', `/api/flows/${flow.code}/publish`, {})).status).to.equal(200);
    }

    it('as the answer of another system ends the call, once, by its port', async () => {
      for (const [i, depth] of DEPTHS.entries()) {
        const start = { contact: { identity: `whatsapp:4915112345${i}` }, channel: 'wa', data: { depth: String(depth) } };
        const { json } = await host.call('POST', '/api/flows/asking/trigger', start);
        const node = async () => (await host.call('GET', `/api/sessions/${json.sessionId}`)).json.runs[0].frames[0].node;
        await until(async () => (await node()) !== 'ask');
        expect(await node(), String(depth)).to.equal('failed');
      }
    });

    it('in what WhatsApp delivers is taken without its depths', async () => {
      const shapes: readonly ((inner: string) => string)[] = [
        (inner) => `"type":"text","text":{"body":"hello"},"extra":${inner}`,
        (inner) => `"type":"text","text":{"body":"hello"},"referral":${inner}`,
        (inner) => `"type":"odd","odd":${inner}`,
        (inner) => `"type":"contacts","contacts":[{"name":${inner}}]`,
        (inner) =>
          `"type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","response_json":${JSON.stringify(`{"a":${inner}}`)}}}`,
      ];
      for (const depth of DEPTHS)
        for (const [index, shape] of shapes.entries()) {
          const from = `49151${depth}${index}`;
          const message = `{"from":"${from}","id":"wamid.${from}","timestamp":"1795000000",${shape(deep(depth))}}`;
          const value = `{"metadata":{"phone_number_id":"${ACCOUNT.phoneNumberId}"},"contacts":[{"wa_id":"${from}"}],"messages":[${message}]}`;
          const body = `{"entry":[{"id":"1","changes":[{"field":"messages","value":${value}}]}]}`;
          const signature = `sha256=${createHmac('sha256', ACCOUNT.appSecret).update(body).digest('hex')}`;
          expect(
            (await host.call('POST', '/webhooks/wa', body, { 'x-hub-signature-256': signature })).status,
            `${depth} ${index}`,
          ).to.equal(200);
        }
    });

    it('in what Viber delivers is taken without its depths', async () => {
      const shapes: readonly ((inner: string) => string)[] = [
        (inner) => `"type":"text","text":"hello","extra":${inner}`,
        (inner) => `"type":"odd","odd":${inner}`,
        (inner) => `"type":"contact","contact":${inner}`,
        (inner) => `"type":"text","text":"hello","tracking_data":${JSON.stringify(inner)}`,
      ];
      for (const depth of DEPTHS)
        for (const [index, shape] of shapes.entries()) {
          const sender = `{"id":"u${depth}-${index}","name":"Ada"}`;
          const body = `{"event":"message","timestamp":1795000000000,"message_token":${depth}${index},"sender":${sender},"message":{${shape(deep(depth))}}}`;
          const signature = createHmac('sha256', 'token').update(body).digest('hex');
          expect(
            (await host.call('POST', '/webhooks/vb', body, { 'x-viber-content-signature': signature })).status,
            `${depth} ${index}`,
          ).to.equal(200);
        }
    });
  });
}

const wait = (id: string) => ({
  id,
  type: 'wait-for-response',
  version: 1,
  params: { timeout: { value: 600, unit: 'seconds' }, timeoutBranch: true },
});

/** Stands in `failed` when the answer could not be taken, in `taken` when it was. */
function asking(url: string) {
  const { nodes, ...flow } = aFlow('asking');
  const params = { method: 'GET', url: `${url}/{{ depth }}`, save: [{ from: 'body', name: 'answer' }] };
  return {
    ...flow,
    variables: [{ name: 'depth', type: 'text', input: true }],
    nodes: [nodes[0], { id: 'ask', type: 'http-request', version: 1, params }, wait('taken'), wait('failed'), nodes[1]],
    edges: [
      { from: 'start', port: 'next', to: 'ask' },
      { from: 'ask', port: 'next', to: 'taken' },
      { from: 'ask', port: 'failed', to: 'failed' },
      ...['taken', 'failed'].flatMap((from) => ['replied', 'notReplied'].map((port) => ({ from, port, to: 'end' }))),
    ],
  };
}

function waiting() {
  const { nodes, ...flow } = aFlow('waiting', { triggers: [{ type: 'TriggeredByWhatsApp' }, { type: 'TriggeredByViber' }] });
  return {
    ...flow,
    nodes: [nodes[0], wait('wait'), nodes[1]],
    edges: [{ from: 'start', port: 'next', to: 'wait' }, ...['replied', 'notReplied'].map((port) => ({ from: 'wait', port, to: 'end' }))],
  };
}
