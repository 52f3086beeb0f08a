import { expect } from 'chai';
import { adapters } from '../../adapters/index.js';
import { plugins } from '../../plugins/index.js';
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
});
