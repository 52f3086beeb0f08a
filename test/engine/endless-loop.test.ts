import { expect } from 'chai';
import type { JsonObject } from '../../src/contract/index.js';
import { ATalk, aChain, listens, says } from '../support/a-talk.js';

const FAILED = { answer: { ok: false, value: { code: 'call/timeout', reason: 'no answer' } } };

/** A call whose failure leads back to it; `listens` where it succeeds, and back to the call again. */
function circle(node: readonly [string, JsonObject] = ['http-request', { url: 'https://shop.example' }]): ATalk {
  const flow = aChain({ ask: node, hear: listens('heard'), told: says('on') }, { settings: { onError: 'Sorry.' } });
  const edges = [
    ...flow.edges.filter(({ from }) => from !== 'told'),
    { from: 'ask', port: 'failed', to: 'ask' },
    { from: 'told', port: 'next', to: 'ask' },
  ];
  const talk = new ATalk([{ ...flow, edges }]);
  talk.step({ say: 'go', at: 0 });
  return talk;
}

/** How many turns it takes until the run fails, so many in a second; `most` where it does not. */
function turnsUntilFailed(
  talk: ATalk,
  { perSecond, most, from = 1 }: { readonly perSecond: number; readonly most: number; readonly from?: number },
): number {
  for (let turn = 1; turn <= most; turn += 1) {
    const { kind, says: said } = talk.step({ ...FAILED, at: from + Math.floor((turn - 1) / perSecond) });
    if (kind === 'failed') {
      expect(said).to.deep.equal(['Sorry.']);
      return turn;
    }
  }
  return most;
}

describe('a run that goes round by itself', () => {
  it('fails at its thousand and first turn', () => {
    expect(turnsUntilFailed(circle(), { perSecond: 10, most: 2_000 })).to.equal(1_001);
  });

  it('fails after a hundred turns as soon as it takes more than ten in a second', () => {
    expect(turnsUntilFailed(circle(), { perSecond: 11, most: 2_000 })).to.equal(110);
    expect(turnsUntilFailed(circle(), { perSecond: 1_000, most: 2_000 })).to.equal(101);
  });

  it('says so in the warnings, under its own code', () => {
    const talk = circle();
    turnsUntilFailed(talk, { perSecond: 1_000, most: 100 });
    expect(talk.step({ ...FAILED, at: 1 }).warnings).to.deep.equal(['flow/endless-loop']);
  });

  it('begins to count anew with a message', () => {
    const talk = circle();
    expect(turnsUntilFailed(talk, { perSecond: 1_000, most: 100 })).to.equal(100);
    talk.step({ say: 'are you there?', at: 2 });
    expect(turnsUntilFailed(talk, { perSecond: 1_000, most: 200, from: 3 })).to.equal(101);
  });

  it('begins to count anew when an operator moves it on', () => {
    const talk = circle();
    expect(turnsUntilFailed(talk, { perSecond: 1_000, most: 100 })).to.equal(100);
    talk.step({ command: { command: 'move', args: { node: 'ask' } }, at: 2 });
    expect(turnsUntilFailed(talk, { perSecond: 1_000, most: 200, from: 3 })).to.equal(101);
  });

  it('goes on for ever where time passes between two turns', () => {
    const flow = aChain({ ask: ['http-request', { url: 'https://shop.example' }], nap: ['wait', { for: { value: 1, unit: 'seconds' } }] });
    const edges = [
      ...flow.edges.filter(({ from }) => from === 'start'),
      ...[
        { from: 'ask', port: 'failed', to: 'nap' },
        { from: 'nap', port: 'next', to: 'ask' },
      ],
    ];
    const talk = new ATalk([{ ...flow, edges }]);
    talk.step({ say: 'go', at: 0 });
    for (let at = 1; at <= 1_001; at += 1) {
      talk.step({ ...FAILED, at });
      expect(talk.step({ timeout: true, at: at + 1 }).kind).to.equal('resumed');
    }
  });
});
