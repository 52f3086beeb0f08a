import { expect } from 'chai';
import { BUDGET, type JsonObject, type Platform } from '../../src/contract/index.js';
import { timeAt } from '../../src/play/play-clock.js';
import { optOutRules } from '../../src/published/opt-out-rules.js';
import { ATalk, aChain, listens, says } from '../support/a-talk.js';
import type { GoldenWorld } from '../support/golden/player.js';

const menu = (...titles: readonly string[]): JsonObject => ({
  type: 'text',
  text: 'Choose',
  choices: titles.map((title, i) => ({ id: `c${i}`, title })),
});
const asks = aChain({ ask: says('Name?'), name: listens('name'), told: says('Hello {{ name }}') });
const onViber = aChain({ ask: says('Viber?'), name: listens('name') }, { code: 'there', triggers: [{ type: 'TriggeredByViber' }] });
const withRules =
  (rules: ReturnType<typeof optOutRules>) =>
  (world: GoldenWorld): GoldenWorld => ({
    ...world,
    channels: new Map([...world.channels].map(([id, facts]) => [id, { ...facts, optOut: rules }])),
  });
const ANSWER = 'You will get no more messages from us here. Write START if you want them again.';
const answered = (talk: ATalk, text = 'STOP') => {
  const { kind, says: said } = talk.step({ say: text });
  return [kind, ...said];
};

describe('a STOP word', () => {
  it('is no answer: it ends the run, is answered once, and is in the record', () => {
    const talk = new ATalk([asks]);
    talk.step({ say: 'go' });
    const stopped = talk.step({ say: 'Stop!' });
    expect([stopped.kind, stopped.says]).to.deep.equal(['opted-out', [ANSWER]]);
    expect(stopped.warnings).to.deep.equal(['run/opted-out']);
    expect(stopped.decision.results?.map(({ outcome }) => outcome)).to.deep.equal(['opted-out']);
    expect(talk.state.runs).to.deep.equal([]);
    expect(talk.state.contact.optOut).to.deep.equal({ whatsapp: { since: stopped.decision.effects[0]?.at, message: 'm1' } });
    const again = talk.step({ say: 'STOP' });
    expect([again.kind, again.says]).to.deep.equal(['opted-out', []]);
    expect(talk.state.contact.optOut.whatsapp?.since).to.not.equal(stopped.decision.effects[0]?.at);
  });

  const any = aChain({ hello: says('Any') }, { code: 'any', triggers: [{ type: 'TriggeredByWhatsApp' }] });

  it('starts nothing, also where a trigger takes any message, or has a pattern for it', () => {
    const pattern = aChain(
      { hello: says('Pattern') },
      { code: 'pattern', triggers: [{ type: 'TriggeredByWhatsApp', match: { regex: '(?i)stop' } }] },
    );
    expect(answered(new ATalk([any, pattern]))).to.deep.equal(['opted-out', ANSWER]);
  });

  it('is answered by the flow that has it as a keyword, once, and opts out all the same', () => {
    const keyword = aChain(
      { hello: says('You are out'), later: ['wait', { for: { value: 1, unit: 'hours' } }], again: says('Come back!') },
      { code: 'key', triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['stop'] } }] },
    );
    const talk = new ATalk([asks, any, keyword]);
    talk.step({ say: 'go' });
    const stopped = talk.step({ say: 'Stop!' });
    expect([stopped.kind, stopped.says]).to.deep.equal(['opted-out', ['You are out']]);
    expect(talk.state.contact.optOut.whatsapp).to.include({ message: 'm1' });
    expect(talk.step({ timeout: true, at: 4_000 }).warnings).to.deep.equal(['send/opted-out']);
    expect(answered(talk)).to.deep.equal(['opted-out']);
  });

  it('is answered by the channel where a run on the other platform is in the way of the flow', () => {
    const keyword = aChain(
      { hello: says('You are out') },
      { code: 'key', triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['stop'] } }] },
    );
    const talk = new ATalk([onViber, keyword]);
    talk.step({ say: 'hi', on: 'vb' });
    expect(answered(talk)).to.deep.equal(['opted-out', ANSWER]);
  });

  it('leaves the run on the other platform as it is, and what is said there is heard', () => {
    const talk = new ATalk([asks, onViber]);
    talk.step({ say: 'hi', on: 'vb' });
    expect(answered(talk)).to.deep.equal(['opted-out', ANSWER]);
    expect(talk.state.runs.map(({ channel }) => channel)).to.deep.equal(['vb']);
    expect(talk.step({ say: 'Ada', on: 'vb' }).kind).to.equal('answered');
  });

  it('ends queued runs, runs in the background and what is held, too', () => {
    const beside = aChain(
      { wait: ['wait', { for: { value: 1, unit: 'hours' } }] },
      { code: 'beside', triggers: [{ type: 'TriggeredManually' }] },
    );
    const talk = new ATalk([asks, beside]);
    talk.step({ start: { flow: 'beside', onBusy: 'background' } });
    talk.step({ start: { flow: 'beside', onBusy: 'queue' } });
    talk.step({ start: { flow: 'beside', onBusy: 'queue' } });
    talk.step({ say: 'hello' });
    expect([talk.state.runs.length, talk.state.held.length]).to.deep.equal([3, 1]);
    expect(answered(talk)).to.deep.equal(['opted-out', ANSWER]);
    expect([talk.state.runs, talk.state.held]).to.deep.equal([[], []]);
  });

  it('is an answer where the open offer has that title: typed, tapped, and tapped twice', () => {
    const flow = aChain({ ask: says(menu('Go on', 'Stop')), pick: listens('pick'), told: says('{{ pick }}'), more: listens('more') });
    for (const step of [{ say: 'stop' }, { tap: { id: 'c1', title: 'Stop' } }] as const) {
      const talk = new ATalk([flow]);
      talk.step({ say: 'go' });
      expect(talk.step(step).says).to.deep.equal(['Stop']);
    }
    const talk = new ATalk([flow]);
    talk.step({ say: 'go' });
    talk.step({ tap: { id: 'c1', title: 'Stop' } });
    expect(talk.step({ tap: { id: 'c1', title: 'Stop' } }).kind).to.equal('ignored');
    // The offer is over now.
    expect(answered(talk)).to.deep.equal(['opted-out', ANSWER]);
  });

  it('is no answer where it is only the beginning of a title', () => {
    const talk = new ATalk([aChain({ ask: says(menu('Go on', 'Stop, I am lost')), pick: listens('pick') })]);
    talk.step({ say: 'go' });
    expect(answered(talk)).to.deep.equal(['opted-out', ANSWER]);
  });

  it('is a word again where the offer with that title is closed, and on the channel of another platform', () => {
    const flow = aChain({ ask: says(menu('Stop')), pick: listens('pick') });
    const talk = new ATalk([flow, onViber]);
    talk.step({ say: 'go' });
    expect(talk.step({ say: 'stop', on: 'vb' }).kind).to.equal('answered');
    const asked = new ATalk([flow]);
    asked.step({ say: 'go' });
    asked.step({ timeout: true, at: 4_000 });
    expect(answered(asked)).to.deep.equal(['opted-out', ANSWER]);
  });

  it('is a tap on the button of a template, also while a flow waits for one', () => {
    const template = aChain({
      offer: ['send-whatsapp-message', { action: 'reply', message: { type: 'template', name: 'sale', language: 'en' } }],
      pick: listens('pick'),
      told: says('{{ pick }}'),
    });
    const talk = new ATalk([template]);
    talk.step({ say: 'go' });
    const other = new ATalk([template]);
    other.step({ say: 'go' });
    const tap = (title: string) => ({ sends: { type: 'choice', choice: title, title, text: title } }) as const;
    expect(talk.step(tap('Stop promotions')).kind).to.equal('opted-out');
    expect(other.step(tap('Tell me more')).says).to.deep.equal(['Tell me more']);
  });

  it('is no caption, no word in a group, and nothing on a channel without STOP words', () => {
    const talk = new ATalk([asks]);
    talk.step({ say: 'go' });
    expect(talk.step({ sends: { type: 'image', text: 'STOP', mediaUrl: 'https://files.example/a.jpg' } }).kind).to.equal('answered');
    expect(talk.step({ sends: { type: 'text', text: 'STOP', group: 'g1' } }).kind).to.equal('group');
    const none = new ATalk([asks], withRules(optOutRules({ stopWords: [] })));
    none.step({ say: 'go' });
    expect(none.step({ say: 'stop' }).says).to.deep.equal(['Hello stop']);
  });

  it('can have another answer, or none', () => {
    const talk = new ATalk([asks], withRules(optOutRules({ stopWords: ['schluss'], stopAnswer: 'Bye' })));
    expect(answered(talk, 'Schluss!')).to.deep.equal(['opted-out', 'Bye']);
    expect(answered(new ATalk([asks], withRules(optOutRules({ stopAnswer: '' }))))).to.deep.equal(['opted-out']);
    expect(answered(new ATalk([asks]), 'تـوقّف')[1])
      .to.include('START')
      .and.not.equal(ANSWER);
  });

  it('ends the talk with an operator, who hears it first', () => {
    const desk = aChain({ desk: ['hand-over', { queue: 'sales' }] });
    const waiting = aChain({ desk: ['hand-over', { queue: 'sales', wait: false }] });
    for (const flow of [desk, waiting]) {
      const talk = new ATalk([flow]);
      talk.step({ say: 'go' });
      const { kind, decision } = talk.step({ say: 'STOP' });
      const notices = decision.effects.flatMap(({ body }) => (body.kind === 'call' ? [(body.input as JsonObject)['type']] : []));
      expect([kind, notices]).to.deep.equal(['opted-out', ['message', 'given-back']]);
      expect(talk.state).to.not.have.any.keys('handOver', 'laterHandOvers');
    }
  });
});

describe('an opt-out by the API', () => {
  const optsOut = (talk: ATalk, ...platforms: readonly Platform[]) =>
    talk.step({ command: { command: 'set', args: { optOut: Object.fromEntries(platforms.map((one) => [one, true])) } } });
  const beside = aChain(
    { wait: ['wait', { for: { value: 1, unit: 'hours' } }] },
    { code: 'beside', triggers: [{ type: 'TriggeredManually' }] },
  );

  it('ends the runs on that platform as a STOP word does, and is not answered', () => {
    const talk = new ATalk([asks, beside]);
    talk.step({ start: { flow: 'beside', onBusy: 'background' } });
    talk.step({ start: { flow: 'beside', onBusy: 'queue' } });
    talk.step({ start: { flow: 'beside', onBusy: 'queue' } });
    talk.step({ say: 'hello' });
    const { kind, says: said, warnings, decision } = optsOut(talk, 'whatsapp');
    expect([kind, said, warnings]).to.deep.equal(['commanded', [], ['run/opted-out', 'run/opted-out', 'run/opted-out']]);
    // A queued start has not begun, and has no result.
    expect(decision.results?.map(({ outcome }) => outcome)).to.deep.equal(['opted-out', 'opted-out']);
    expect([talk.state.runs, talk.state.held]).to.deep.equal([[], []]);
  });

  it('leaves the other platform as it is, unless it names both', () => {
    const talk = new ATalk([asks, onViber]);
    talk.step({ say: 'hi', on: 'vb' });
    expect(optsOut(talk, 'whatsapp').warnings).to.deep.equal([]);
    expect(talk.step({ say: 'Ada', on: 'vb' }).kind).to.equal('answered');
    talk.step({ say: 'hi', on: 'vb' });
    optsOut(talk, 'whatsapp', 'viber');
    expect(talk.state.runs).to.deep.equal([]);
  });

  it('ends the talk with an operator there, and of nobody else', () => {
    for (const wait of [true, false]) {
      const talk = new ATalk([aChain({ desk: ['hand-over', { queue: 'sales', wait }] })]);
      talk.step({ say: 'go' });
      expect(optsOut(talk, 'viber').decision.effects).to.deep.equal([]);
      expect(talk.state.handOver).to.include({ queue: 'sales' });
      const notices = optsOut(talk, 'whatsapp').decision.effects.flatMap(({ body }) =>
        body.kind === 'call' ? [(body.input as JsonObject)['type']] : [],
      );
      expect(notices).to.deep.equal(['given-back']);
      expect(talk.state).to.not.have.any.keys('handOver', 'laterHandOvers');
    }
  });

  it('that is taken back ends nothing, and neither does one that is refused', () => {
    const talk = new ATalk([asks]);
    talk.step({ say: 'go' });
    talk.step({ command: { command: 'set', args: { optOut: { whatsapp: false } } } });
    const tooLarge = { optOut: { whatsapp: true }, fields: { note: 'x'.repeat(BUDGET.contact) } };
    expect(talk.step({ command: { command: 'set', args: tooLarge } }).kind).to.equal('refused');
    expect(talk.step({ say: 'Ada' }).says).to.deep.equal(['Hello Ada']);
  });

  it('of a flow ends no run: it may go on', () => {
    const flow = aChain({ out: ['set-contact', { optOut: { whatsapp: true } }], told: says('You are out'), more: listens('more') });
    const talk = new ATalk([flow]);
    expect(talk.step({ say: 'go' }).says).to.deep.equal([]);
    expect(talk.state.runs).to.have.length(1);
  });
});

describe('after a STOP word', () => {
  it('a person who writes is answered, and is sent nothing else', () => {
    const talk = new ATalk([asks]);
    talk.step({ say: 'stop' });
    expect(talk.step({ say: 'go' }).says).to.deep.equal(['Name?']);
    expect(talk.step({ say: 'Ada' }).says).to.deep.equal(['Hello Ada']);
    const start = talk.step({ start: { flow: 'chain', onBusy: 'queue' } });
    expect([start.kind, start.warnings]).to.deep.equal(['refused', ['start/opted-out']]);
  });

  it('a message of the same second is answered: WhatsApp has no finer times', () => {
    const talk = new ATalk([asks]);
    const second = { sentAt: timeAt(0) };
    const say = (text: string) => talk.step({ sends: { type: 'text', text, ...second } });
    say('stop');
    say('stop');
    expect(talk.step({ operator: { text: 'Hello', outside: true } }).kind).to.equal('refused');
    expect(say('go').says).to.deep.equal(['Name?']);
    expect(talk.step({ operator: { text: 'Hello', outside: true } }).says).to.deep.equal(['Hello']);
    say('start');
    expect(talk.state.contact.optOut).to.deep.equal({});
  });

  it('a message of the second in which the API opted them out is answered, and lifts it', () => {
    const talk = new ATalk([asks]);
    talk.step({ say: 'go' });
    talk.step({ command: { command: 'set', args: { optOut: { whatsapp: true } } } });
    const { since = '', message } = talk.state.contact.optOut.whatsapp ?? {};
    expect(message).to.equal('m0');
    const say = (text: string) => talk.step({ sends: { type: 'text', text, sentAt: `${since.slice(0, 19)}.000Z` as typeof since } });
    expect(say('go').says).to.deep.equal(['Name?']);
    expect(talk.step({ operator: { text: 'Hello', outside: true } }).says).to.deep.equal(['Hello']);
    say('start');
    expect(talk.state.contact.optOut).to.deep.equal({});
  });

  it('what a flow says after it has opted them out is skipped, also when it goes on in the same second', () => {
    const flow = aChain({
      call: ['http-request', { url: 'https://shop.example/out' }],
      out: ['set-contact', { optOut: { whatsapp: true } }],
      told: says('Never'),
      name: listens('name'),
    });
    const talk = new ATalk([flow]);
    talk.step({ say: 'go' });
    const gone = talk.step({ answer: { ok: true, value: { status: 200, headers: {}, body: {} } } });
    expect([gone.says, gone.warnings]).to.deep.equal([[], ['send/opted-out']]);
  });

  it('another STOP word of the same second is not answered by an operator either', () => {
    const talk = new ATalk([asks]);
    for (const text of ['stop', 'unsubscribe']) talk.step({ sends: { type: 'text', text, sentAt: timeAt(0) } });
    expect(talk.step({ operator: { text: 'Hello', outside: true } }).says).to.deep.equal([]);
  });

  it('a START word lifts it, and starts what it would start', () => {
    const open = aChain(
      { hello: says('Welcome') },
      { code: 'open', triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['start'] } }] },
    );
    const talk = new ATalk([open]);
    talk.step({ say: 'stop' });
    const back = talk.step({ say: 'START' });
    expect([back.says, back.warnings, talk.state.contact.optOut]).to.deep.equal([['Welcome'], ['contact/opted-in'], {}]);
    // For everybody else it means nothing.
    expect(talk.step({ say: 'unstop' }).warnings).to.deep.equal([]);
  });

  it('a START word that is an offered title is an answer, and one written before the STOP lifts nothing', () => {
    const flow = aChain({ ask: says(menu('Start')), pick: listens('pick'), told: says('{{ pick }}') });
    const talk = new ATalk([flow]);
    talk.step({ say: 'stop' });
    talk.step({ say: 'go' });
    expect(talk.step({ say: 'start' }).says).to.deep.equal(['Start']);
    expect(talk.state.contact.optOut).to.have.property('whatsapp');
    talk.step({ sends: { type: 'text', text: 'start', sentAt: timeAt(0) } });
    expect(talk.state.contact.optOut).to.have.property('whatsapp');
  });

  it('an operator who writes outside of a hand-over is refused, also where the person is not subscribed', () => {
    const talk = new ATalk([asks]);
    talk.step({ say: 'stop' });
    const refused = talk.step({ operator: { text: 'Hello', outside: true } });
    expect([refused.kind, refused.warnings]).to.deep.equal(['refused', ['send/opted-out']]);
    const gone = new ATalk([asks]);
    gone.step({ subscribes: 'unsubscribed', on: 'vb' });
    const parked = gone.step({ operator: { text: 'Hello', outside: true } });
    expect([parked.kind, parked.warnings, parked.says]).to.deep.equal(['refused', ['send/not-subscribed'], []]);
  });
});
