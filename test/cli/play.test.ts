import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { FlowDefinition } from '../../src/contract/index.js';
import type { FlowTest } from '../../src/play/flow-test.js';
import { aFlow } from '../support/builders.js';
import { runCommand } from '../support/run-command.js';

const send = (id: string, text: string) => ({ id, type: 'send-message', version: 1, params: { message: { type: 'text', text } } });
const line = (...nodes: readonly string[]) => nodes.slice(1).map((to, i) => ({ from: nodes[i] ?? '', port: 'next', to }));

describe('parley play and parley test', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const play = (words: readonly string[], lines: readonly string[] = []) => runCommand(['play', ...words], { stdin: lines.join('\n') });
  const file = (flow: FlowDefinition, name = `${flow.code}.flow.json`) => {
    writeFileSync(join(folder, name), JSON.stringify(flow));
    return join(folder, name);
  };
  const testIn = (name: string) => JSON.parse(readFileSync(name, 'utf8')) as FlowTest;

  it('shows what the person gets, why, which way it went and what is waited for; a number taps', async () => {
    const { code, out } = await play(['templates/welcome.json'], ['hi', 'Countess', '2']);
    expect(code).to.equal(0);
    expect(out).to.match(
      /^> hi\nHello Ada! What shall I call you\?\n {2}· started: welcome@1 started: keyword "hi"\n {2}· path welcome#start\.next /,
    );
    expect(out).to.include('  · waits for message until 2026-11-24T09:10:00.000Z at welcome#name\n> Countess\n');
    expect(out).to.match(/What brings you here\?\nTap, or write it\n {2}1\. Draw a flow\n {2}2\. Read the code\n/);
    expect(out).to.match(/> 2\nBegin with ARCHITECTURE\.md, then .*\n {2}· answered: .*\n {2}· path .*which\.code/);
  });

  it('the person may have no name, but no time zone or language that does not exist', async () => {
    expect((await play(['templates/welcome.json', '--contact', 'name='], ['hi'])).out).to.include('Hello there!');
    const zone = await play(['templates/welcome.json', '--contact', 'timeZone=Berlin'], ['hi']);
    expect([zone.code, zone.out]).to.deep.equal([2, '']);
    expect(zone.err).to.include('--contact: "Berlin" is not a time zone, such as Europe/Berlin');
    expect((await play(['templates/welcome.json', '--contact', 'language=x'], ['hi'])).err).to.include('"x" is not a language tag');
  });

  it('time passes only when it is told to: waits run out at their own moment, in order', async () => {
    const timed = await play(['templates/welcome.json'], ['hi', '/wait 9m', '/wait 2m', 'x']);
    expect(timed.out).to.match(
      /> \/wait 9m\n> \/wait 2m\n {2}· 2026-11-24T09:10:00\.000Z the wait has timed out\nI have not heard from you/,
    );
    const clocked = await play(['templates/welcome.json', '--clock', '+11m'], ['hi', 'Countess']);
    expect(clocked.out).to.match(/the wait has timed out\nI have not heard from you .*\n.*\n.*\n {2}· ignored: /);
    const pulse = aFlow('pulse', {
      nodes: [
        { id: 'start', type: 'start', version: 1, params: {} },
        { id: 'rest', type: 'wait', version: 1, params: { duration: { value: 1, unit: 'seconds' } } },
        { id: 'again', type: 'jump', version: 1, params: { most: 5000 } },
        { id: 'end', type: 'end', version: 1, params: {} },
      ],
      edges: [...line('start', 'rest', 'again', 'end'), { from: 'again', port: 'jump', to: 'rest' }],
    });
    expect((await play([file(pulse)], ['/wait 1d'])).err).to.match(/1000 waits have run out, and more are due|most/);
  });

  it('what was played is a test that plays again, with its flow by its path from there', async () => {
    copyFileSync('templates/welcome.json', join(folder, 'welcome.json'));
    const flow = join(folder, 'welcome.json');
    const saved = await play([flow, '--save', join(folder, 'hello'), '--promise', 'greets'], ['hi', 'Countess', '3', '/wait 11m']);
    expect([saved.code, saved.err]).to.deep.equal([0, `${join(folder, 'hello.test.json')} is written: 4 steps\n`]);
    const { promise, flows, steps } = testIn(join(folder, 'hello.test.json'));
    expect([promise, flows]).to.deep.equal(['greets', ['welcome.json']]);
    expect(steps.map(({ then: _, ...step }) => step)).to.deep.equal([{ say: 'hi' }, { say: 'Countess' }, { tap: 'look' }, { pass: 660 }]);
    expect(steps[2]?.then?.set).to.deep.equal({ interest: 'Just looking' });
    await play([flow, '--save', join(folder, 'tests', 'late.test.json')], ['hi', '/wait 20m']);
    expect(testIn(join(folder, 'tests', 'late.test.json')).flows).to.deep.equal(['../welcome.json']);
    const again = await runCommand(['test', folder]);
    expect([again.code, again.out.split('\n').at(-2)]).to.deep.equal([0, '2 tests, 0 failed']);
  });

  it('a refusal after which a host would send the message again is dropped, and the play goes on', async () => {
    const words = ['templates/welcome.json', '--save', join(folder, 'refused')];
    const { out } = await play(words, ['/refuse 130429', 'hi', 'hi']);
    expect(out).to.include('a host does not give a message up for 130429');
    expect(testIn(join(folder, 'refused.test.json')).steps.map(({ then: _, ...step }) => step)).to.deep.equal([{ say: 'hi' }]);
  });

  it('a test is not overwritten without --force', async () => {
    const words = ['templates/welcome.json', '--save', join(folder, 'one')];
    await play(words, ['hi']);
    expect(await play(words, ['hello'])).to.include({ code: 1, out: '' });
    expect(testIn(join(folder, 'one.test.json')).steps[0]?.say).to.equal('hi');
    await play([...words, '--force'], ['hello']);
    expect(testIn(join(folder, 'one.test.json')).steps[0]?.say).to.equal('hello');
  });

  it('a flow that no message starts is started at once, with its inputs', async () => {
    const flow = aFlow('order', {
      variables: [{ name: 'order', type: 'text', input: true }],
      nodes: [
        { id: 'start', type: 'start', version: 1, params: {} },
        send('tell', 'Order {{ order }} is on its way'),
        { id: 'end', type: 'end', version: 1, params: {} },
      ],
      edges: line('start', 'tell', 'end'),
    });
    const { out } = await play(
      [file(flow), '--data', 'order=A-17', '--platform', 'viber'],
      ['/start {"order": "A-18"}', '/start nonsense'],
    );
    expect(out)
      .to.match(/^order is started\nOrder A-17 is on its way\n/)
      .and.to.match(/Order A-18 is on its way\n/);
    expect(out).to.match(/> \/start nonsense\nthe inputs must be a JSON object\n$/);
    expect(await play(['templates/welcome.json', '--data', 'a=b'])).to.include({ code: 2 });
  });

  it('starts only what the host would start, with inputs of their types', async () => {
    const flow = aFlow('sum', {
      triggers: [{ type: 'TriggeredManually' }],
      variables: [
        { name: 'price', type: 'number', input: true, required: true },
        { name: 'note', type: 'text', input: true },
      ],
      nodes: [
        { id: 'start', type: 'start', version: 1, params: {} },
        send('tell', '{{ price | plus: 1 }} {{ note }}'),
        { id: 'end', type: 'end', version: 1, params: {} },
      ],
      edges: line('start', 'tell', 'end'),
    });
    const words = [file(flow), '--platform', 'viber', '--data'];
    const good = await play([...words, 'price=12.5', '--data', 'colour=red']);
    expect(good.out).to.match(/^sum is started\n13\.5/);
    expect(good.err).to.equal('"sum" has no input "colour": it is ignored\n');
    const wrong = await play([...words, 'price=cheap']);
    expect([wrong.code, wrong.out]).to.deep.equal([1, '']);
    expect(wrong.err).to.include('the input "price" must be of type number. Send a value');
    expect((await play([file(flow)])).err).to.include('the input "price" is missing');
    const called = file(aFlow('inner', { triggers: [{ type: 'TriggeredByFlow' }] }));
    expect((await play([called])).err).to.include('"inner" has no manual trigger, so it cannot be started by a call');
    expect((await play(['templates/welcome.json'], ['/start'])).out).to.include('"welcome" has no manual trigger');
  });

  it('plays pictures, places and reactions as the host gets them', async () => {
    const flow = aFlow('what', {
      triggers: [{ type: 'TriggeredByWhatsApp', match: { messageTypes: ['image', 'document', 'location', 'reaction'] } }],
      nodes: [
        { id: 'start', type: 'start', version: 1, params: {} },
        send(
          'tell',
          '{{ lastMessage.type }} {{ lastMessage.text }} {{ lastMessage.mediaUrl }} {{ lastMessage.latitude }} {{ lastMessage.emoji }}',
        ),
        { id: 'end', type: 'end', version: 1, params: {} },
      ],
      edges: line('start', 'tell', 'end'),
    });
    const { out } = await play(
      [file(flow)],
      ['/picture https://a.example/b.png my cat', '/document', '/location 52.5 13.4 Berlin', '/location here', '/react 👍'],
    );
    expect(out).to.match(/image my cat https:\/\/a\.example\/b\.png/);
    expect(out).to.match(/document {2}https:\/\/files\.example\/paper\.pdf/);
    expect(out).to.match(/location Berlin {2}52\.5/);
    expect(out).to.include('/location <latitude> <longitude> [name]');
    expect(out).to.match(/reaction {4}👍/);
  });

  it('calls are answered by hand, well or not; a flow that is called is played from its own file', async () => {
    const asking = aFlow('asking', {
      triggers: [{ type: 'TriggeredByWhatsApp' }],
      nodes: [
        { id: 'start', type: 'start', version: 1, params: {} },
        {
          id: 'ask',
          type: 'http-request',
          version: 1,
          params: { method: 'GET', url: 'https://weather.example/', save: [{ name: 'sky', from: 'body.sky' }] },
        },
        send('well', 'The sky is {{ sky }}'),
        send('ill', 'Nobody knows'),
        { id: 'end', type: 'end', version: 1, params: {} },
      ],
      edges: [...line('start', 'ask', 'well', 'end'), { from: 'ask', port: 'failed', to: 'ill' }, ...line('ill', 'end')],
    });
    const { out } = await play(
      [file(asking)],
      ['a', '/answer {"status": 200, "isJson": true, "body": {"sky": "blue"}}', 'b', '/fail request/unreachable gone', '/answer nothing'],
    );
    expect(out)
      .to.match(/calls http-request .*\/answer, \/fail or \/call\n/)
      .and.to.include('The sky is blue\n')
      .and.to.include('Nobody knows\n');
    expect(out).to.match(/the answer must be JSON/);
    const called = await play(['test/flows/caller.flow.json', 'test/flows/callee.flow.json'], ['call', 'pepper']);
    expect(called.out).to.match(/callee#/);
  });

  it('a call is really made when that was asked twice, and its answer is kept', async () => {
    const heard: string[] = [];
    const server = createServer((request, response) => {
      heard.push(request.url ?? '');
      response.setHeader('content-type', 'application/json').end('{"sky": "blue"}');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const asking = aFlow('asking', {
      triggers: [{ type: 'TriggeredByWhatsApp' }],
      nodes: [
        { id: 'start', type: 'start', version: 1, params: {} },
        {
          id: 'ask',
          type: 'http-request',
          version: 1,
          params: { method: 'GET', url: `http://${address}/weather`, save: [{ name: 'sky', from: 'body.sky' }] },
        },
        send('well', 'The sky is {{ sky }}'),
        { id: 'end', type: 'end', version: 1, params: {} },
      ],
      edges: line('start', 'ask', 'well', 'end'),
    });
    const words = ['play', file(asking), '--save', join(folder, 'sky')];
    const { out } = await runCommand(words, { stdin: 'a\n/call\n/call\nb\n/call', env: { OUTBOUND_ALLOW: address } });
    server.close();
    expect(out).to.match(/> \/call\nthis really makes the call, .*\n> \/call\nThe sky is blue\n/);
    expect(heard).to.deep.equal(['/weather', '/weather']);
    const { steps } = testIn(join(folder, 'sky.test.json'));
    expect(steps.map((step) => Object.keys(step)[0])).to.deep.equal(['say', 'answer', 'say', 'answer']);
    expect((await runCommand(['test', folder])).code).to.equal(0);
    expect(heard).to.have.length(2);
  });

  it('on Viber the chat is opened, and a link leads to the other platform in the same run', async () => {
    const viber = await play(['templates/welcome-viber.json', '--save', join(folder, 'viber')], ['/open', '1']);
    expect(viber.code).to.equal(0);
    const { on, steps } = testIn(join(folder, 'viber.test.json'));
    expect([on, ...steps.map((step) => step.on)]).to.deep.equal(['viber', undefined, undefined]);
    const both = await play(['test/flows/both.flow.json'], ['/open', 'both', '/link', '/on viber', 'hi', '/on mars']);
    expect(both.out)
      .to.match(/> \/open\nonly Viber has this event\./)
      .and.to.match(/Welcome to Viber, you said hi\n/)
      .and.to.match(/use \/on whatsapp or \/on viber\n$/);
  });

  it('lines come from a file as well, /say writes what would mean something else, /end ends it', async () => {
    writeFileSync(
      join(folder, 'lines.txt'),
      'hi\r\n\n/say 1\n/say /end\n/dance\n/help\n/receipt\n/receipt read\n/wait long\n/end\nnever\n',
    );
    const { code, out } = await play(['templates/welcome.json', '--messages', join(folder, 'lines.txt')]);
    expect(code).to.equal(0);
    expect(out)
      .to.include('Nice to meet you, 1.')
      .and.to.include('unknown command /dance\n')
      .and.to.include('/receipt sent, delivered, read or failed\n');
    expect(out).to.include('"long" is not a duration').and.to.not.include('> never');
    expect((await play(['templates/welcome.json', '--messages', join(folder, 'none.txt')])).err).to.match(
      /none\.txt could not be read: no such file/,
    );
  });

  it('a flow with errors, and a dialog in TypeScript, are told in words', async () => {
    const wrong = await play([file(aFlow('wrong', { edges: line('start', 'nowhere') }))]);
    expect([wrong.code, wrong.err]).to.satisfy(([code, err]: [number, string]) => code === 1 && /has errors\nerror \/\S+ /.test(err));
    const twice = await play(['templates/welcome.json', 'templates/welcome.json']);
    expect(twice.err).to.equal('parley play: two of the files have the flow "welcome"\n');
    expect(await play(['templates/welcome.json', '--platform', 'mail'])).to.include({ code: 2 });
    expect(await play(['templates/welcome.json', '--clock', 'soon'])).to.include({ code: 2 });
    const guest = aFlow('guest', {
      nodes: [
        { id: 'start', type: 'start', version: 1, params: {} },
        { id: 'ask', type: 'call-flow', version: 1, params: { flow: 'dialog:survey' } },
        { id: 'end', type: 'end', version: 1, params: {} },
      ],
      edges: line('start', 'ask', 'end'),
    });
    expect((await play([file(guest), '--save', join(folder, 'guest')])).err).to.equal(
      'parley play: the dialog "survey" is written in TypeScript, and cannot be played here\n',
    );
    expect(existsSync(join(folder, 'guest.test.json'))).to.equal(false);
  });
});
