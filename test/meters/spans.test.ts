import type { SpanExporter } from '@opentelemetry/sdk-trace';
import { expect } from 'chai';
import { silentLog } from '../../src/contract/host/index.js';
import { logFailures } from '../../src/meters/log-failures.js';
import { until } from '../support/small-world.js';
import { startListening } from './listening-server.js';
import { ADA, SECRETS, startTalkingHost } from './talking-host.js';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string; readonly intValue?: number } }[];
}

describe('traces', () => {
  /** A host that sends its spans to a receiver, and what it made of a conversation or a start. */
  async function traced(
    env: Readonly<Record<string, string>>,
    act: (talking: Awaited<ReturnType<typeof startTalkingHost>>) => Promise<void>,
  ) {
    const [receiver, shop] = [await startListening(), await startListening({ title: 'Dune' })];
    const otel = {
      OTEL_EXPORTER_OTLP_ENDPOINT: `${receiver.url}/otlp//`,
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=of%20the%20vendor',
      OTEL_SERVICE_NAME: 'chat',
    };
    const talking = await startTalkingHost(shop.url, { ...otel, ...env });
    await act(talking);
    // What is left is sent when the host stops.
    await talking.close();
    await Promise.all([receiver.close(), shop.close()]);
    const bodies = receiver.heard.map(({ body }) => JSON.parse(body));
    const spans: readonly Span[] = bodies.flatMap((body) =>
      body.resourceSpans.flatMap((one: { scopeSpans: { spans: Span[] }[] }) => one.scopeSpans.flatMap((scope) => scope.spans)),
    );
    return { spans, receiver, shop, parentOf: (span: Span | undefined) => spans.find(({ spanId }) => spanId === span?.parentSpanId) };
  }
  const named = (spans: readonly Span[], name: string) => spans.filter((one) => one.name === name);
  const attribute = (span: Span | undefined, key: string) => {
    const value = span?.attributes.find((one) => one.key === key)?.value;
    return value?.stringValue ?? value?.intValue;
  };

  it('lead from the delivery over the turn, its decision and its commit to the send and the call, by ids alone', async () => {
    const { spans, receiver, shop, parentOf } = await traced({}, async (talking) => {
      await talking.says('hello', 1);
      await talking.says('sand', 2);
    });
    const turns = named(spans, 'turn');
    expect(turns.map((one) => attribute(one, 'parley.outcome'))).to.deep.equal(['started', 'answered', 'resumed']);
    const [first, second, third] = turns;
    expect(parentOf(first)?.name).to.equal('webhook');
    expect(attribute(first, 'parley.event')).to.equal(`wa:${attribute(first, 'parley.message')}`);
    for (const name of ['decide', 'commit']) expect(named(spans, name).map((one) => parentOf(one))).to.deep.equal(turns);
    const sends = named(spans, 'send');
    expect(sends.map(parentOf)).to.deep.equal([first, third]);
    expect(attribute(sends[0], 'parley.effect')).to.equal(`${attribute(first, 'parley.session')}.1.1`);
    const [call] = named(spans, 'call');
    expect(parentOf(call)).to.equal(second);
    // The turn that takes the answer belongs to the one that asked.
    expect(parentOf(third)).to.equal(second);
    expect(shop.heard[0]?.headers['traceparent']).to.equal(`00-${call?.traceId}-${call?.spanId}-01`);
    expect(receiver.heard[0]?.path).to.equal('/otlp/v1/traces');
    expect(receiver.heard[0]?.headers['api-key']).to.equal('of the vendor');
    const all = receiver.heard.map(({ body }) => body).join('');
    expect(all).to.include('"chat"');
    for (const word of ['hello', 'sand', 'Dune', 'Which word', ADA, 'Lovelace', ...Object.values(SECRETS)])
      expect(all).to.not.include(word);
  });

  it('go on from the traceparent of who calls the API, and nobody without a key begins one', async () => {
    const [theirs, parent] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
    const { spans, parentOf } = await traced({}, async ({ host, emulator }) => {
      // Who has written may be written to.
      await emulator.say({ from: ADA, text: 'good morning' });
      const start = { contact: { identity: `whatsapp:${ADA}` }, channel: 'wa', data: {} };
      const traceparent = `00-${theirs}-${parent}-01`;
      const refused = { traceparent: traceparent.replace('0af7', 'ffff'), authorization: 'Bearer of-nobody-at-all' };
      expect((await host.call('POST', '/api/flows/shopping/trigger', start, refused)).status).to.equal(401);
      const { status, text } = await host.call('POST', '/api/flows/shopping/trigger', start, { traceparent });
      expect(status, text).to.equal(202);
      await until(() => emulator.heard.length === 1);
    });
    const [call] = named(spans, 'POST /api/flows/:code/trigger');
    expect(call).to.include({ traceId: theirs, parentSpanId: parent });
    const turn = named(spans, 'turn').find((one) => attribute(one, 'parley.event_type') === 'start');
    expect(parentOf(turn)).to.equal(call);
    expect(named(spans, 'send').map(parentOf)).to.deep.equal([turn]);
    expect(spans.filter(({ traceId }) => traceId.startsWith('ffff'))).to.deep.equal([]);
  });

  it('are kept for the share that is configured', async () => {
    const { spans, shop } = await traced({ OTEL_TRACES_SAMPLER_ARG: '0' }, async (talking) => {
      await talking.says('hello', 1);
      await talking.says('sand', 2);
    });
    expect(spans).to.deep.equal([]);
    expect(shop.heard[0]?.headers['traceparent']).to.match(/-00$/);
  });

  it('without a receiver there are none, and nobody is told of any', async () => {
    const shop = await startListening({ title: 'Dune' });
    const talking = await startTalkingHost(shop.url);
    await talking.says('hello', 1);
    await talking.says('sand', 2);
    expect(shop.heard).to.have.length(1);
    expect(shop.heard[0]?.headers).to.not.have.property('traceparent');
    await talking.close();
    await shop.close();
  });

  it('a receiver that is away holds nothing up', async () => {
    const [away, shop] = [await startListening(), await startListening()];
    await away.close();
    const talking = await startTalkingHost(shop.url, { OTEL_EXPORTER_OTLP_ENDPOINT: away.url });
    await talking.says('hello', 1);
    await talking.close();
    await shop.close();
  });

  it('that do not arrive are told of in the log, once a minute at most', () => {
    const lines: object[] = [];
    const log = { ...silentLog, warn: (fields: object) => void lines.push(fields) };
    const failing: SpanExporter = {
      export: (_spans, done) =>
        done({ code: 1, error: Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:4318'), { code: 'ECONNREFUSED' }) }),
      shutdown: () => Promise.resolve(),
    };
    const exporter = logFailures(failing, log);
    const results: unknown[] = [];
    for (let i = 0; i < 3; i += 1) exporter.export([], (result) => results.push(result.code));
    expect(results).to.deep.equal([1, 1, 1]);
    expect(lines).to.deep.equal([{ spans: 0, error: 'ECONNREFUSED' }]);
  });
});
