import { expect } from 'chai';
import { plugins } from '../../plugins/all.js';
import { silentLog } from '../../src/contract/host/index.js';
import { programKey, type Run, type SessionState } from '../../src/contract/index.js';
import type { TurnInput } from '../../src/engine/turn-input.js';
import { compileFlow } from '../../src/flow/compile.js';
import { createNodeTypes } from '../../src/flow/node-types.js';
import { failedDecision } from '../../src/turn/failed-decision.js';
import { aFlow, aMessage, aSession, at } from '../support/builders.js';
import { whatsappFacts } from '../support/whatsapp-facts.js';

const program = compileFlow(
  aFlow('ask', {
    settings: { onError: 'Sorry, that was our fault.' },
    nodes: [
      { id: 'start', type: 'start', version: 1, params: {} },
      { id: 'question', type: 'send-whatsapp-message', version: 1, params: { message: { type: 'text', text: 'Who are you?' } } },
      { id: 'wait', type: 'wait-for-response', version: 1, params: { timeout: { value: 1, unit: 'hours' } } },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'question' },
      { from: 'question', port: 'next', to: 'wait' },
    ],
  }),
  1,
  createNodeTypes(plugins),
);

function aRun(id: string, place: Run['place'], nodeId: string): Run {
  const frame = { kind: 'flow', flow: 'ask', version: 1, nodeId, vars: {}, memory: {} } as const;
  return { id, place, startedBy: 'test', startedAt: at(0), channel: 'wa', lane: 'reply', stack: [frame] };
}

function failedIn(session: SessionState, programs: TurnInput['programs']) {
  const input: TurnInput = {
    programs,
    channels: new Map([['wa', whatsappFacts('wa')]]),
    session,
    waitingEffects: 0,
    event: { id: 'e1', at: at(5), type: 'message', message: aMessage('hello') },
    links: undefined,
    match: () => ({ tried: [] }),
  };
  return failedDecision(silentLog, input, new Error('bad middleware'));
}

const loaded: TurnInput['programs'] = { get: (key) => (key === programKey('ask', 1) ? program : undefined), online: () => undefined };

describe('a throw that no node is to blame for', () => {
  const session = aSession('s1', { turn: 4, runs: [aRun('running', 'foreground', 'wait'), aRun('behind', 'queued', 'start')] });

  it('ends the run with the flow’s own words, and what was queued behind it begins in the same turn', () => {
    const { session: after, effects, decision, bug, path } = failedIn(session, loaded);
    expect(after.runs.map(({ id, place }) => [id, place])).to.deep.equal([['behind', 'foreground']]);
    expect(effects.map(({ body }) => body.kind === 'send' && 'text' in body.message && body.message.text)).to.deep.equal([
      'Sorry, that was our fault.',
      'Who are you?',
    ]);
    expect([decision.kind, bug]).to.deep.equal(['failed', 'bug-s1-4']);
    expect(path.map(({ node }) => node)).to.deep.equal(['start', 'question', 'wait']);
  });

  it('where nothing can be computed, ends the run and keeps the rest', () => {
    const broken: TurnInput['programs'] = {
      get() {
        throw new Error('the program itself is broken');
      },
      online: () => undefined,
    };
    const { session: after, effects, decision } = failedIn(session, broken);
    expect(after.runs.map(({ id, place }) => [id, place])).to.deep.equal([['behind', 'queued']]);
    expect([effects, decision.kind]).to.deep.equal([[], 'failed']);
  });

  it('without a run in the foreground takes nothing away', () => {
    const beside = aSession('s1', { turn: 1, runs: [aRun('beside', 'background', 'wait')] });
    expect(failedIn(beside, loaded).session.runs).to.deep.equal(beside.runs);
  });
});
