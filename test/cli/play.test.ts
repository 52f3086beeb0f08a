import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { FlowDefinition } from '../../src/contract/index.js';
import type { Conversation } from '../../src/golden/conversation.js';
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
  const caseIn = (name: string) => JSON.parse(readFileSync(name, 'utf8')) as Conversation;

  it('shows what the person gets, why, which way it went and what is waited for; a number taps', async () => {
    const { code, out } = await play(['templates/welcome.json'], ['hi', 'Countess', '2']);
    expect(code).to.equal(0);
    expect(out).to.match(
      /^> hi\nHello Ada! What shall I call you\?\n {2}· started: welcome@1 started: keyword "hi"\n {2}· path welcome#start\.next /,
    );
    expect(out).to.include('  · waits for message until 2026-11-24T09:10:00.000Z at welcome#name\n> Countess\n');
    expect(out).to.match(/What brings you here\?\n {2}1\. Draw a flow\n {2}2\. Read the code\n/);
    expect(out).to.match(/> 2\nBegin with ARCHITECTURE\.md, then .*\n {2}· answered: .*\n {2}· path .*which\.code/);
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

  it('what was played is a golden case that plays again, beside its flow by name, elsewhere by its path', async () => {
    copyFileSync('templates/welcome.json', join(folder, 'welcome.flow.json'));
    const flow = join(folder, 'welcome.flow.json');
    const saved = await play([flow, '--save', join(folder, 'hello'), '--promise', 'greets'], ['hi', 'Countess', '3', '/wait 11m']);
    expect([saved.code, saved.err]).to.deep.equal([0, `${join(folder, 'hello.case.json')} is written: 3 steps\n`]);
    const { promise, flows, steps } = caseIn(join(folder, 'hello.case.json'));
    expect([promise, flows]).to.deep.equal(['greets', ['welcome']]);
    expect(steps.map(({ turn: _, ...step }) => step)).to.deep.equal([
      { at: 0, say: 'hi' },
      { at: 1, say: 'Countess' },
      { at: 2, tap: { id: 'look', title: 'Just looking' } },
    ]);
    await play([flow, '--save', join(folder, 'cases', 'late.case.json')], ['hi', '/wait 20m']);
    expect(caseIn(join(folder, 'cases', 'late.case.json')).flows).to.deep.equal(['../welcome.flow.json']);
    const again = await runCommand(['test', join(folder, 'hello.case.json'), join(folder, 'cases', 'late.case.json')]);
    expect([again.code, again.out.split('\n').at(-2)]).to.deep.equal([0, '2 cases, 0 different']);
    // The format is that of the engine's own cases.
    expect((await runCommand(['test', 'test/flows/name.case.json', 'test/flows/both.case.json'])).code).to.equal(0);
  });

  it('a case is not overwritten without --force', async () => {
    const words = ['templates/welcome.json', '--save', join(folder, 'one')];
    await play(words, ['hi']);
    expect(await play(words, ['hello'])).to.include({ code: 1, out: '' });
    expect(caseIn(join(folder, 'one.case.json')).steps[0]?.say).to.equal('hi');
    await play([...words, '--force'], ['hello']);
    expect(caseIn(join(folder, 'one.case.json')).steps[0]?.say).to.equal('hello');
  });

  it('test tells each turn that comes out differently, and --update keeps it', async () => {
    copyFileSync('test/flows/name.flow.json', join(folder, 'name.flow.json'));
    const name = join(folder, 'name.case.json');
    copyFileSync('test/flows/name.case.json', name);
    const flow = join(folder, 'name.flow.json');
    writeFileSync(flow, readFileSync(flow, 'utf8').replace('Thanks', 'Many thanks'));
    const { code, out } = await runCommand(['test', name]);
    expect(code).to.equal(1);
    expect(out).to.match(
      /^DIFFERENT {2}.*\n {2}step 2, at 1 s: {"say":"Countess"}\n[\s\S]*\n {4}- +"text": "Thanks Countess, Ada"\n {4}\+ +"text": "Many thanks /,
    );
    expect((await runCommand(['test', name, '--update'])).out).to.match(/1 cases, 1 updated\n$/);
    expect((await runCommand(['test', name])).code).to.equal(0);
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
    expect(wrong.err).to.include('/data/price start/wrong-type');
    expect((await play([file(flow)])).err).to.include('/data/price start/missing-input');
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
      .to.match(/calls http-request .*\/answer or \/fail\n/)
      .and.to.include('The sky is blue\n')
      .and.to.include('Nobody knows\n');
    expect(out).to.match(/the answer must be JSON/);
    const called = await play(['test/flows/caller.flow.json', 'test/flows/callee.flow.json'], ['call', 'pepper']);
    expect(called.out).to.match(/callee#/);
  });

  it('on Viber the chat is opened, and a link leads to the other platform in the same run', async () => {
    const viber = await play(['templates/welcome-viber.json', '--save', join(folder, 'viber')], ['/open', 'hi']);
    expect(viber.code).to.equal(0);
    expect(caseIn(join(folder, 'viber.case.json')).steps.map(({ on }) => on)).to.deep.equal(['vb', 'vb']);
    const both = await play(['test/flows/both.flow.json'], ['/open', 'both', '/link', '/on viber', 'hi', '/on mars']);
    expect(both.out)
      .to.match(/> \/open\nonly Viber has this event\n/)
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

  it('a flow with errors, a dialog in TypeScript, and what is no case are told in words', async () => {
    const wrong = await play([file(aFlow('wrong', { edges: line('start', 'nowhere') }))]);
    expect([wrong.code, wrong.err]).to.satisfy(([code, err]: [number, string]) => code === 1 && /has errors\nerror \/\S+ /.test(err));
    const twice = await play(['templates/welcome.json', 'templates/welcome.json']);
    expect(twice.err).to.equal('parley play: two of the files have the flow "welcome"\n');
    mkdirSync(join(folder, 'cases'));
    writeFileSync(join(folder, 'cases', 'no.case.json'), '[]');
    expect(await runCommand(['test', join(folder, 'cases', 'no.case.json')])).to.include({ code: 1 });
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
    expect(existsSync(join(folder, 'guest.case.json'))).to.equal(false);
  });
});
