import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { aFlow } from '../support/builders.js';
import { commandsOn } from '../support/run-command.js';
import { ACCOUNT } from '../support/small-world.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('parley trigger', () => {
  let host: TestApp;
  let folder: string;
  let run: ReturnType<typeof commandsOn>;
  before(async () => {
    host = await startTestApp();
    folder = mkdtempSync(join(tmpdir(), 'parley-'));
    run = commandsOn(host.url);
    await host.call('POST', '/api/channels', { id: 'wa', adapter: 'whatsapp', name: 'WA', config: ACCOUNT });
    const variables = [
      { name: 'order', type: 'text', input: true },
      { name: 'count', type: 'number', input: true, required: true },
    ] as const;
    const flow = aFlow('shipped', {
      variables,
      nodes: [
        { id: 'start', type: 'start', version: 1, params: {} },
        { id: 'ask', type: 'wait-for-response', version: 1, params: { timeout: { value: 1, unit: 'days' } } },
        { id: 'end', type: 'end', version: 1, params: {} },
      ],
      edges: [
        { from: 'start', port: 'next', to: 'ask' },
        { from: 'ask', port: 'replied', to: 'end' },
      ],
    });
    const published = await run(['publish', '-', '--channels', 'wa'], JSON.stringify(flow));
    expect(published.code, published.err).to.equal(0);
  });
  after(async () => {
    await host.app.stop();
    rmSync(folder, { recursive: true });
  });
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const variablesOf = async (session: string) => (await host.call('GET', `/api/sessions/${session}`)).json.runs[0].frames[0].variables;
  const people = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) =>
      JSON.stringify({ contact: { identity: `whatsapp:49${from + i}` }, data: { count: i } }),
    ).join('\n');

  it('starts a flow with a person and its inputs, and a repeat of the uuid starts nothing', async () => {
    const data = file('data.json', '{"order": "from the file", "count": 3}');
    const line = [
      'trigger',
      'shipped',
      '--to',
      'whatsapp:491500015',
      '--name',
      'Ada',
      '--data',
      'order=A=17',
      '--data-file',
      data,
      '--uuid',
      'u1',
    ];
    const first = await run(line);
    const [, session = ''] = /^started: session (\w+), run \w+\n$/.exec(first.out) ?? [];
    expect([first.code, first.err]).to.deep.equal([0, '']);
    expect(await variablesOf(session)).to.include({ order: 'A=17', count: 3, customerName: 'Ada' });
    expect((await run(line)).out).to.match(/^started \(an earlier start with this uuid\): session /);
    const other = await run([...line, '--data', 'order=B']);
    expect([other.code, other.err]).to.satisfy(([code, err]: [number, string]) => code === 1 && /sent before with other data/.test(err));
    const again = await run(['trigger', 'shipped', '--to', session, '--data', 'count=4', '--json']);
    expect(JSON.parse(again.out)).to.include({ status: 'queued', sessionId: session });
  });

  it('inputs that the flow does not have are named, those that are wrong are refused with their place', async () => {
    const { code, err } = await run(['trigger', 'shipped', '--to', 'whatsapp:491500016', '--data', 'count=1', '--data', 'colour=red']);
    expect([code, err]).to.deep.equal([0, 'ignored, because the flow has no such inputs: colour\n']);
    const wrong = await run(['trigger', 'shipped', '--to', 'whatsapp:491500016', '--data', 'count=many']);
    expect([wrong.code, wrong.err]).to.satisfy(
      ([one, said]: [number, string]) => one === 1 && /error \/data\/count start\/wrong-type: /.test(said),
    );
    expect((await run(['trigger', 'mars', '--to', 'whatsapp:491500016'])).err).to.equal('parley trigger: Unknown flow: "mars".\n');
  });

  it('what does not go together is asked in the wrong way', async () => {
    for (const rest of [
      [],
      ['--to', 'whatsapp:1', '--batch', 'x'],
      ['--batch', 'x', '--data', 'a=b'],
      ['--to', 'whatsapp:1', '--data', 'a'],
    ])
      expect((await run(['trigger', 'shipped', ...rest])).code, rest.join(' ')).to.equal(2);
  });

  it('a batch of more than one call starts everybody once, however often the command is given', async () => {
    const many = file('many.jsonl', `${people(100_001, 102_300)}\n`);
    const line = ['trigger', 'shipped', '--batch', many, '--uuid', 'news'];
    expect(await run(line)).to.deep.equal({ code: 0, out: '2300 started, 0 queued, 0 discarded, 0 repeated, 0 refused\n', err: '' });
    expect((await run(line)).out).to.equal('0 started, 0 queued, 0 discarded, 2300 repeated, 0 refused\n');
    const { json } = await host.call('GET', '/api/flows/shipped');
    // Two people of the tests before, one of whom has a second start queued.
    expect(json.waiting).to.equal(2303);
  });

  it('refused starts and bad lines are told with their line, keep nobody else from being started, and end it with 1', async () => {
    const text = [
      '{"contact":{"identity":"whatsapp:491500020"},"data":{"count":1},"uuid":"own"}',
      '{"contact":{"identity":"whatsapp:491500021"}}',
      'not JSON',
      '',
      '[]',
      '{"contact":{"identity":"whatsapp:491500022"},"data":{"count":2}}',
    ].join('\n');
    const { code, out, err } = await run(['trigger', 'shipped', '--batch', '-', '--uuid', 'mix'], text);
    expect([code, out]).to.deep.equal([1, '2 started, 0 queued, 0 discarded, 0 repeated, 3 refused\n']);
    expect(err.split('\n').map((one) => one.split(': ').slice(0, 2).join(': '))).to.deep.equal([
      'line 2: start/wrong-inputs',
      'line 3: line/bad',
      'line 5: line/bad',
      '',
    ]);
    const json = await run(['trigger', 'shipped', '--batch', '-', '--uuid', 'mix', '--json'], text);
    const lines = json.out
      .trim()
      .split('\n')
      .map((one) => JSON.parse(one) as { line: number; repeated?: boolean });
    expect(lines.map(({ line, repeated }) => [line, repeated])).to.deep.equal([
      [1, true],
      [2, undefined],
      [6, true],
      [3, undefined],
      [5, undefined],
    ]);
    expect((await host.call('GET', '/api/contacts?identity=whatsapp:491500022')).json.items).to.have.length(1);
  });

  it('a host that is lost on the way is told with how far it came', async () => {
    let calls = 0;
    const lossy = createServer(async (request, response) => {
      calls += 1;
      if (calls > 1) return void request.socket.destroy();
      let body = '';
      for await (const part of request) body += part;
      const { starts } = JSON.parse(body) as { starts: unknown[] };
      response.end(
        JSON.stringify({ results: starts.map(() => ({ sessionId: 's', status: 'started', ignoredInputs: [], repeated: false })) }),
      );
    });
    await new Promise<void>((ready) => void lossy.listen(0, '127.0.0.1', ready));
    const on = commandsOn(`http://127.0.0.1:${(lossy.address() as AddressInfo).port}`);
    const { code, err } = await on(['trigger', 'x', '--batch', file('lost.jsonl', people(1, 1500))]);
    lossy.close();
    expect(code).to.equal(1);
    expect(err).to.match(/^1000 started, .*\nparley trigger: stopped after line 1000: no host answers on /);
  });

  it('long starts go in smaller calls, so that each fits the host', async () => {
    const long = Array.from({ length: 600 }, (_, i) =>
      JSON.stringify({ contact: { identity: `whatsapp:49150030${i}` }, data: { count: i, order: 'x'.repeat(5_000) } }),
    );
    expect((await run(['trigger', 'shipped', '--batch', '-'], long.join('\n'))).out).to.match(/^600 started/);
    expect((await run(['trigger', 'shipped', '--batch', 'nowhere.jsonl'])).err).to.include('cannot read nowhere.jsonl: no such file');
  });
});
