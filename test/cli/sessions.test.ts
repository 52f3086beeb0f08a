import { expect } from 'chai';
import { startWhatsAppEmulator, type WhatsAppEmulator } from '../../adapters/whatsapp/emulator/index.js';
import { aFlow } from '../support/builders.js';
import { commandsOn } from '../support/run-command.js';
import { ACCOUNT, until } from '../support/small-world.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('parley sessions', () => {
  let host: TestApp;
  let provider: WhatsAppEmulator;
  let run: ReturnType<typeof commandsOn>;
  before(async () => {
    host = await startTestApp();
    run = commandsOn(host.url);
    provider = await startWhatsAppEmulator({ ...ACCOUNT, webhookUrl: `${host.url}/webhooks/wa` });
    await host.call('POST', '/api/channels', {
      id: 'wa',
      adapter: 'whatsapp',
      name: 'WA',
      config: { ...ACCOUNT, baseUrl: provider.url, throughput: 0 },
    });
    const flow = aFlow('talk', {
      triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['hi'] } }, { type: 'TriggeredManually' }],
      nodes: [
        { id: 'start', type: 'start', version: 1, params: {} },
        { id: 'greet', type: 'send-message', version: 1, params: { message: { type: 'text', text: 'Hello {{ customerName }}!' } } },
        { id: 'ask', type: 'wait-for-response', version: 1, params: { timeout: { value: 1, unit: 'days' } } },
        { id: 'end', type: 'end', version: 1, params: {} },
      ],
      edges: [
        { from: 'start', port: 'next', to: 'greet' },
        { from: 'greet', port: 'next', to: 'ask' },
        { from: 'ask', port: 'replied', to: 'end' },
      ],
    });
    expect(await run(['publish', '-', '--channels', 'wa'], JSON.stringify(flow))).to.include({ code: 0, err: '' });
    for (const from of ['49151201', '49151202', '49151203']) await says(from, 'hi');
    await says('49151203', 'bye');
    await says('49151201', 'what is this?');
    await says('49151201', 'hi');
  });
  after(async () => {
    await host.app.stop();
    await provider.close();
  });

  const says = (from: string, text: string) => provider.say({ from, name: `Ada ${from}`, text });
  const idOf = async (identity: string) => (await host.call('GET', `/api/contacts?identity=${identity}`)).json.items[0].id as string;

  it('lists them with where they stand, by flow, status and person', async () => {
    const { code, out } = await run(['sessions', '--flow', 'talk', '--status', 'waiting']);
    expect(code).to.equal(0);
    expect(out.trim().split('\n')).to.have.length(3);
    expect(out)
      .to.match(/^SESSION +STATUS +UPDATED +STANDS AT\n/)
      .and.to.match(/ waiting {2}\S+ {2}talk@1#ask for message until \S+\n/);
    const [first, ...rest] = JSON.parse((await run(['sessions', '--contact', 'whatsapp:49151201', '--json'])).out);
    expect([first.id, rest]).to.deep.equal([await idOf('whatsapp:49151201'), []]);
    expect((await run(['sessions', '--contact', first.id])).out).to.include(first.id);
    expect((await run(['sessions', '--status', 'idle'])).out.trim().split('\n')).to.have.length(2);
    expect((await run(['sessions', '--flow', 'mars'])).out).to.equal('no sessions\n');
    const few = await run(['sessions', '--limit', '2']);
    expect([few.out.trim().split('\n').length, few.err]).to.deep.equal([3, 'there are more than 2. Use --limit\n']);
    expect(await run(['sessions', '--contact', 'whatsapp:4915100000000'])).to.include({
      code: 1,
      err: 'parley sessions: unknown person: whatsapp:4915100000000\n',
    });
  });

  it('tells of one why each of its last turns came out as it did, and what became of the messages', async () => {
    const id = await idOf('whatsapp:49151201');
    const told = async () => (await run(['sessions', id, '--turns', '2'])).out;
    await until(async () => (await told()).includes('(sent)'));
    const out = await told();
    expect(out)
      .to.match(/^person {6}Ada 49151201, whatsapp:49151201/m)
      .and.to.match(/^foreground {2}talk@1#ask, waits for message until /m);
    expect(out).to.match(/^turn 3 .* message\n {2}< wa: hi\n {2}started: talk@1 started: keyword "hi"\n/m);
    expect(out).to.match(
      /^ {4}match: talk: keyword "hi"\n {2}path talk#start.next talk#greet.next talk#ask\n {2}> wa: Hello Ada 49151201! \(sent\)\n/m,
    );
    expect(out).to.not.match(/^turn 1 /m);
    expect((await run(['sessions', id])).out).to.match(/^turn 1 .* message\n {2}< wa: hi\n/m);
    const json = JSON.parse((await run(['sessions', id, '--json', '--turns', '1'])).out);
    expect([json.turns.length, json.messages.length, json.person.name]).to.deep.equal([1, 2, 'Ada 49151201']);
    expect(await run(['sessions', 'nobody'])).to.include({ code: 1, err: 'parley sessions: Unknown session: "nobody".\n' });
  });

  it('ends one with a last word', async () => {
    const id = await idOf('whatsapp:49151202');
    expect(await run(['sessions', 'end', id, '--message', 'Bye.'])).to.deep.equal({
      code: 0,
      out: `${id}: ended\n`,
      err: '',
    });
    expect((await run(['sessions', id])).out).to.match(/> wa: Bye\./);
    expect((await run(['sessions', 'end', id])).code).to.equal(1);
  });

  it('what does not go together is asked in the wrong way', async () => {
    for (const rest of [
      ['end'],
      ['a', 'b'],
      ['a', '--flow', 'x'],
      ['--message', 'x'],
      ['--limit', 'x'],
      ['--status', 'asleep'],
      ['end', 'a', '--turns', '1'],
    ])
      expect((await run(['sessions', ...rest])).code, rest.join(' ')).to.equal(2);
  });
});
