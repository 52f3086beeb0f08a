import { expect } from 'chai';
import { adapters } from '../../adapters/index.js';
import { plugins } from '../../plugins/all.js';
import type { FlowDefinition, JsonObject } from '../../src/contract/index.js';
import { compileFlow } from '../../src/flow/compile.js';
import { createNodeTypes } from '../../src/flow/node-types.js';
import { type PlayRequest, play, playWithCalls } from '../../src/play/play.js';
import type { PlayStep } from '../../src/play/play-step.js';
import { aChain, listens, says } from '../support/a-talk.js';

const nodeTypes = createNodeTypes(plugins);

function playOf(flows: FlowDefinition | readonly FlowDefinition[], steps: readonly PlayStep[], more: Partial<PlayRequest> = {}) {
  const all = Array.isArray(flows) ? (flows as readonly FlowDefinition[]) : [flows as FlowDefinition];
  return play({ flows: all.map((flow) => compileFlow(flow, 1, nodeTypes)), adapters, steps, ...more });
}

function textsOf({ turns }: ReturnType<typeof playOf>): readonly (string | undefined)[] {
  return turns.flatMap(({ effects }) => effects.flatMap(({ shows }) => shows.map(({ text }) => text)));
}

const CHOICES: JsonObject = {
  type: 'text',
  text: 'Shall we come at nine?',
  choices: [
    { id: 'yes', title: 'Yes' },
    { id: 'no', title: 'No' },
  ],
};

describe('play', () => {
  const asks = aChain({ ask: says(CHOICES), answer: listens('answer'), thanks: says('You said {{ answer }}.') });

  it('plays a conversation with the real engine: what is seen, where it stands, what was set', () => {
    const { turns, standing, now, problems } = playOf(asks, [{ say: 'go' }]);
    expect(problems).to.deep.equal([]);
    expect(turns).to.have.length(1);
    expect(turns[0]?.effects[0]).to.deep.include({ node: 'ask', on: 'whatsapp' });
    expect(turns[0]?.effects[0]?.shows[0]).to.include({ kind: 'text', text: 'Shall we come at nine?' });
    expect(standing).to.deep.equal([{ flow: 'chain', node: 'answer', waitingFor: 'message', until: '2026-11-24T10:00:00.000Z' }]);
    expect(now).to.equal('2026-11-24T09:00:00.000Z');
  });

  for (const on of ['whatsapp', 'viber'] as const) {
    it(`a tap finds its button by the id and by the title, on ${on}`, () => {
      for (const tap of ['yes', 'Yes', { id: 'yes', node: 'ask' }]) {
        const played = playOf(asks, [{ say: 'go' }, { tap }], { on });
        expect(played.problems).to.deep.equal([]);
        expect(textsOf(played).at(-1)).to.equal('You said Yes.');
        expect(played.turns.at(-1)?.set).to.deep.equal({ answer: 'Yes' });
      }
    });
  }

  it('a tap on a button that nobody has shown stops the play, and says which there are', () => {
    const { problems, turns } = playOf(asks, [{ say: 'go' }, { tap: 'maybe' }, { say: 'hm' }]);
    expect(problems).to.have.length(1);
    expect(problems[0]).to.include({ pointer: '/steps/1/tap', code: 'play/no-button' });
    expect(problems[0]?.hint).to.include('"yes", "no"');
    expect(turns).to.have.length(1);
  });

  it('waits end on the way while time passes, each at its time', () => {
    const patient = aChain({
      first: says('one'),
      hour: ['wait', { for: { value: 1, unit: 'hours' } }],
      second: says('two'),
      day: ['wait', { for: { value: 1, unit: 'hours' } }],
      third: says('three'),
    });
    const { turns, now } = playOf(patient, [{ say: 'go' }, { pass: 86_400 }]);
    expect(turns.map(({ at }) => at)).to.deep.equal(['2026-11-24T09:00:00.000Z', '2026-11-24T10:00:00.000Z', '2026-11-24T11:00:00.000Z']);
    expect(now).to.equal('2026-11-25T09:00:00.000Z');
  });

  it('refuses steps that are not valid, with all problems at once', () => {
    const { problems, turns } = playOf(asks, [{ say: 'go', tap: 'yes' }, {}, { pass: -1 }, { open: false }] as never);
    expect(problems.map(({ pointer }) => pointer)).to.deep.equal(['/steps/0', '/steps/1', '/steps/2/pass', '/steps/3/open']);
    expect(turns).to.deep.equal([]);
  });

  const calls = aChain({
    look: ['http-request', { method: 'GET', url: 'https://orders.example/17', save: [{ name: 'state', from: 'body.state' }] }],
    tell: says('It is {{ state }}.'),
  });

  it('a call waits for its answer, and a host gives up at its deadline', () => {
    const answered = playOf(calls, [{ say: 'go' }, { answer: { ok: true, value: { status: 200, headers: {}, body: { state: 'sent' } } } }]);
    expect(answered.turns[0]?.effects[0]?.call).to.deep.include({ service: 'http-request' });
    expect(textsOf(answered)).to.deep.equal(['It is sent.']);
    const late = playOf(calls, [{ say: 'go' }, { pass: 3_600 }]);
    expect(late.turns.at(-1)?.decision.kind).to.not.equal('answered');
    expect(late.standing).to.deep.equal([]);
    expect(playOf(calls, [{ answer: { ok: true, value: null } }]).problems[0]).to.include({
      pointer: '/steps/0/answer',
      code: 'play/no-call',
    });
  });

  it('a call is really made only by who can, and its answer is there to be kept', async () => {
    const steps: readonly PlayStep[] = [{ say: 'go' }, { call: 'really' }];
    expect(playOf(calls, steps).problems[0]).to.include({ pointer: '/steps/1/call', code: 'play/no-calls' });
    const answer = { ok: true, value: { status: 200, headers: {}, body: { state: 'lost' } } };
    const request = { flows: [compileFlow(calls, 1, nodeTypes)], adapters, steps };
    const played = await playWithCalls(request, async ({ body }) =>
      body.service === 'http-request' ? answer : { ok: false, value: null },
    );
    expect(textsOf(played)).to.deep.equal(['It is lost.']);
    expect(played.turns.at(-1)?.answer).to.deep.equal(answer);
  });

  it('a start of a flow with somebody is not really made: only a host can', async () => {
    const edges = ['next', 'failed'].map((port) => ({ from: 'ring', port, to: 'end' }));
    const tells = aChain(
      { ring: ['start-flow', { flow: 'other', contact: 'whatsapp:4915112345678' }] },
      { edges: [{ from: 'start', port: 'next', to: 'ring' }, ...edges] },
    );
    const request = { flows: [compileFlow(tells, 1, nodeTypes)], adapters, steps: [{ say: 'go' }, { call: 'really' }] as const };
    const { problems } = await playWithCalls(request, () => Promise.reject(new Error('it was made')));
    expect(problems[0]).to.include({ pointer: '/steps/1/call', code: 'play/no-calls', message: 'only a host starts flows with people' });
  });

  it('a provider refuses what breaks its rules, and what a step refuses; the flow goes on by its way for that', () => {
    const careful = (message: JsonObject) =>
      aChain(
        { tell: says(message), sorry: says('Sorry.'), done: says('Done.') },
        {
          edges: [
            { from: 'start', port: 'next', to: 'tell' },
            { from: 'tell', port: 'next', to: 'done' },
            { from: 'tell', port: 'failed', to: 'sorry' },
            { from: 'sorry', port: 'next', to: 'end' },
            { from: 'done', port: 'next', to: 'end' },
          ],
        },
      );
    const told = careful({ type: 'text', text: 'Hello' });
    expect(textsOf(playOf(told, [{ say: 'go' }]))).to.deep.equal(['Hello', 'Done.']);
    for (const [on, code] of [
      ['whatsapp', '131026'],
      ['viber', '6'],
    ] as const) {
      const refused = playOf(told, [{ refuse: code }, { say: 'go' }], { on });
      expect(textsOf(refused)).to.deep.equal(['Hello', 'Sorry.']);
      expect(refused.turns[0]?.effects[0]?.refused?.code).to.equal(code);
      expect(refused.turns.map(({ step }) => step)).to.deep.equal([1, 1]);
    }
    const picture = careful({ type: 'image', url: 'nowhere' });
    const { turns } = playOf(picture, [{ say: 'go' }]);
    expect(turns[0]?.effects[0]?.refused).to.include({ kind: 'rejected' });
    expect(turns.at(-1)?.effects[0]?.shows[0]?.text).to.equal('Sorry.');
  });

  it('stops where a step refuses with a code for which a host would send the message again', () => {
    const tells = aChain({ tell: says('Hello') });
    for (const [on, code] of [
      ['whatsapp', '130429'],
      ['whatsapp', '131000'],
      ['whatsapp', '190'],
      ['whatsapp', '131053'],
      ['viber', '12'],
    ] as const) {
      const { problems } = playOf(tells, [{ say: 'hm' }, { refuse: code }, { say: 'go' }], { on });
      expect(problems.map(({ pointer, code: problem }) => [pointer, problem])).to.deep.equal([['/steps/1/refuse', 'play/not-final']]);
    }
  });

  it('a closed window is left by its own way, whether the engine or the provider closes it', () => {
    const notice = aChain(
      {
        tell: says('News'),
        sorry: ['send-whatsapp-message', { action: 'reply', message: { type: 'template', name: 'news', language: 'en' } }],
      },
      {
        triggers: [{ type: 'TriggeredManually' }, { type: 'TriggeredByWhatsApp', match: { keywords: ['go'] } }],
        edges: [
          { from: 'start', port: 'next', to: 'tell' },
          { from: 'tell', port: 'next', to: 'end' },
          { from: 'tell', port: 'windowClosed', to: 'sorry' },
          { from: 'sorry', port: 'next', to: 'end' },
        ],
      },
    );
    const late = playOf(notice, [{ say: 'go' }, { pass: 90_000 }, { start: {} }]);
    expect(late.turns.at(-1)?.effects.map(({ skipped, shows }) => skipped?.code ?? shows[0]?.kind)).to.deep.equal([
      'send/window-closed',
      'template',
    ]);
    const refused = playOf(notice, [{ refuse: '131047' }, { say: 'go' }]);
    expect(refused.turns.at(-1)?.effects[0]?.shows[0]?.kind).to.equal('template');
  });

  it('delivered and read come by steps, to the run that waits for them', () => {
    const reads = aChain(
      { tell: says('News', { notRead: { after: { value: 1, unit: 'hours' } } }), seen: says('Seen.'), unseen: says('Not seen.') },
      {
        edges: [
          { from: 'start', port: 'next', to: 'tell' },
          { from: 'tell', port: 'next', to: 'seen' },
          { from: 'tell', port: 'notRead', to: 'unseen' },
          { from: 'seen', port: 'next', to: 'end' },
          { from: 'unseen', port: 'next', to: 'end' },
        ],
      },
    );
    expect(textsOf(playOf(reads, [{ say: 'go' }, { receipt: 'delivered' }, { receipt: 'read' }]))).to.deep.equal(['News', 'Seen.']);
    const late = playOf(reads, [{ say: 'go' }, { pass: 7_200 }]);
    expect(textsOf(late)).to.deep.equal(['News', 'Not seen.']);
    expect(late.turns.at(-1)?.at).to.equal('2026-11-24T10:00:00.000Z');
    expect(playOf(reads, [{ receipt: 'read' }]).problems[0]).to.include({ code: 'play/no-message' });
    // A receipt that nobody waits for is no turn.
    expect(playOf(asks, [{ say: 'go' }, { receipt: 'read' }]).turns).to.have.length(1);
  });

  it('begins before a node, with variables; the person has just written', () => {
    const { turns, problems } = playOf(asks, [{ say: 'hm' }], { from: 'thanks', variables: { answer: 'never' } });
    expect(problems).to.deep.equal([]);
    expect(turns[0]).to.include({ step: -1 });
    expect(turns[0]?.effects[0]?.shows[0]?.text).to.equal('You said never.');
    expect(turns[1]?.decision.kind).to.equal('ignored');
    expect(playOf(asks, [], { from: 'nowhere' }).problems[0]).to.include({ pointer: '/from', code: 'play/unknown-node' });
    const asked = playOf(asks, [{ tap: 'no' }], { from: 'ask', on: 'viber' });
    expect(textsOf(asked).at(-1)).to.equal('You said No.');
  });

  it('knows the person: their name, language, fields and groups; and says what has changed', () => {
    const greets = aChain({
      note: ['set-contact', { language: 'de' }],
      hello: says('{{ contact.name }} {{ contact.fit }} {{ contact.language }}'),
    });
    const contact = { name: 'Grace', language: 'en', fields: { fit: 'M' }, groups: ['club'] };
    const played = playOf(greets, [{ say: 'go' }], { contact });
    expect(textsOf(played)).to.deep.equal(['Grace M de']);
    expect(played.turns[0]?.contact).to.deep.equal({ language: 'de' });
  });

  it('a flow is started with inputs of its types, and refused as a host refuses', () => {
    const order = aChain(
      { tell: says('{{ order }} {{ count | plus: 1 }}') },
      {
        triggers: [{ type: 'TriggeredManually' }],
        variables: [
          { name: 'order', type: 'text', input: true, required: true },
          { name: 'count', type: 'number', input: true },
        ],
      },
    );
    expect(textsOf(playOf(order, [{ start: { data: { order: 'A', count: '2' } } }], { on: 'viber' }))).to.deep.equal(['A 3']);
    expect(playOf(order, [{ start: {} }]).problems[0]).to.include({ pointer: '/steps/0/start/data/order', code: 'start/missing-input' });
    expect(playOf(order, [{ start: { flow: 'other' } }]).problems[0]).to.include({ code: 'play/unknown-flow' });
    expect(playOf(asks, [{ start: {} }]).problems[0]).to.deep.include({
      pointer: '/steps/0/start',
      code: 'start/not-manual',
      message: '"chain" has no manual trigger, so it cannot be started by a call',
    });
  });

  it('on Viber the welcome answers the opened chat, and more waits until the person writes', () => {
    const opens = aChain(
      { hello: says('Welcome'), more: says('And more') },
      { triggers: [{ type: 'TriggeredByViber', match: { events: ['conversation_started'] } }] },
    );
    const { turns } = playOf(opens, [{ open: true }, { say: 'hi' }], { on: 'viber' });
    expect(turns[0]?.effects.map(({ parked, shows }) => [shows[0]?.text, parked ?? false])).to.deep.equal([
      ['Welcome', false],
      ['And more', true],
    ]);
    expect(turns[1]?.effects.map(({ shows }) => shows[0]?.text)).to.deep.equal(['And more']);
    expect(playOf(opens, [{ open: true }]).problems[0]).to.include({ pointer: '/steps/0/open', code: 'play/not-there' });
  });

  it('what waits for a subscription is given up after 14 days, and the run goes on by its way for that', () => {
    const edges = [
      { from: 'start', port: 'next', to: 'hello' },
      { from: 'hello', port: 'next', to: 'more' },
      { from: 'more', port: 'failed', to: 'note' },
      { from: 'more', port: 'next', to: 'well' },
      { from: 'well', port: 'next', to: 'end' },
      { from: 'note', port: 'next', to: 'end' },
    ];
    const opens = aChain(
      {
        hello: says('Welcome'),
        more: says('And more'),
        note: ['set-contact', { fields: [{ name: 'lost', value: '{{ failure.code }}' }] }],
        well: says('Well'),
      },
      { triggers: [{ type: 'TriggeredByViber', match: { events: ['conversation_started'] } }], edges },
    );
    const days = (n: number) => ({ pass: n * 86_400 });
    const subscribed = playOf(opens, [{ open: true }, days(13), { open: 'subscribed' }], { on: 'viber' });
    expect(textsOf(subscribed)).to.deep.equal(['Welcome', 'And more', 'And more', 'Well']);
    const silent = playOf(opens, [{ open: true }, days(15), { open: 'subscribed' }], { on: 'viber' });
    expect(textsOf(silent)).to.deep.equal(['Welcome', 'And more']);
    expect(silent.turns[1]).to.include({ step: 1, at: '2026-12-08T09:00:00.000Z' });
    expect(silent.session.contact.fields).to.deep.equal({ lost: '6' });
  });

  it('a link leads the talk to the other platform', () => {
    const links = aChain({
      tell: says('Write to us on Viber: {{ link.viber }}'),
      answer: listens('answer'),
      thanks: says('You said {{ answer }}.'),
    });
    const played = playOf(links, [{ say: 'go' }, { link: true }, { say: 'hello', on: 'viber' }]);
    expect(played.problems).to.deep.equal([]);
    expect(played.turns.at(-1)?.effects[0]).to.deep.include({ on: 'viber' });
    expect(textsOf(played).at(-1)).to.equal('You said hello.');
    expect(playOf(asks, [{ link: true }]).problems[0]).to.include({ code: 'play/no-link' });
  });

  it('an operator writes and gives the talk back', () => {
    const desk = aChain(
      { hand: ['hand-over', { wait: true }], after: says('Back again.') },
      {
        edges: [
          { from: 'start', port: 'next', to: 'hand' },
          { from: 'hand', port: 'returned', to: 'after' },
          { from: 'after', port: 'next', to: 'end' },
        ],
      },
    );
    const { turns, standing } = playOf(desk, [{ say: 'go' }, { say: 'hello?' }, { operator: { text: 'One moment' } }]);
    expect(turns.map(({ decision }) => decision.kind)).to.deep.equal(['started', 'operator', 'operator']);
    expect(standing[0]).to.deep.include({ node: 'hand', waitingFor: 'operator' });
    expect(textsOf(playOf(desk, [{ say: 'go' }, { operator: { text: 'Bye', giveBack: true } }]))).to.deep.equal(['Bye', 'Back again.']);
    const picture = { type: 'image', url: 'https://shop.example/map.png', text: 'Here' };
    const shown = playOf(desk, [{ say: 'go' }, { operator: { message: picture } }]);
    expect(shown.turns.at(-1)?.effects[0]?.shows[0]).to.include({ kind: 'image', text: 'Here' });
    const wrong = playOf(desk, [{ say: 'go' }, { operator: { message: { type: 'image' } } }]);
    expect(wrong.problems[0]).to.include({ pointer: '/steps/1/operator/message/url', code: 'play/missing' });
    expect(playOf(desk, [{ operator: { text: 'too early' } }]).turns[0]?.decision.kind).to.equal('refused');
  });

  it('has limits: steps, waits, and the time of whoever plays', () => {
    const many = Array.from({ length: 201 }, (): PlayStep => ({ say: 'go' }));
    expect(playOf(asks, many).problems[0]).to.include({ pointer: '/steps', code: 'play/too-many-steps' });
    const pulse = aChain(
      { rest: ['wait', { for: { value: 1, unit: 'seconds' } }], again: ['jump', { limit: 1_000 }] },
      {
        edges: [
          { from: 'start', port: 'next', to: 'rest' },
          { from: 'rest', port: 'next', to: 'again' },
          { from: 'again', port: 'jump', to: 'rest' },
          { from: 'again', port: 'next', to: 'end' },
        ],
      },
    );
    const waits = playOf(pulse, [{ say: 'go' }, { pass: 86_400 }]);
    expect(waits.problems[0]).to.include({ pointer: '/steps/1', code: 'play/too-many-waits' });
    let turns = 0;
    const late = playOf(asks, [{ say: 'go' }, { say: 'yes' }, { say: 'go' }], { isOver: () => ++turns > 2 });
    expect(late.problems[0]).to.include({ pointer: '/steps/2', code: 'play/too-long' });
    expect(late.turns).to.have.length(2);
  });

  it('a file that is only named by its kind has an address, and a reaction is to the newest message', () => {
    const takes = aChain(
      { got: says('{{ lastMessage.type }} {{ lastMessage.mediaUrl }} {{ lastMessage.quoted.node }}') },
      {
        triggers: [{ type: 'TriggeredByWhatsApp', match: { messageTypes: ['image', 'reaction'] } }],
      },
    );
    const played = playOf(takes, [{ send: { type: 'image' } }, { send: { type: 'reaction', emoji: '👍' } }]);
    expect(textsOf(played)).to.deep.equal(['image https://files.example/picture.jpg ', 'reaction  got']);
  });

  it('a dialog in TypeScript cannot be played, and says so', () => {
    const guest = aChain({ ask: ['call-flow', { flow: 'dialog:survey' }] }, { edges: [] });
    const wired = {
      ...guest,
      edges: [
        { from: 'start', port: 'next', to: 'ask' },
        { from: 'ask', port: 'next', to: 'end' },
      ],
    };
    expect(playOf(wired, [{ say: 'go' }]).problems[0]).to.include({ pointer: '/steps/0', code: 'play/dialog' });
  });
});
