import { expect } from 'chai';
import type { JsonObject } from '../../src/contract/index.js';
import { ATalk, aChain, says } from '../support/a-talk.js';

const CALL = ['http-request', { url: 'https://shop.example', save: [{ name: 'status', from: 'body.status' }] }] as const;
const TOLD = says('{{ status }}|{{ failure.node }}|{{ failure.code }}|{{ failure.reason }}|{{ failure.status }}');

/** Asks a shop, and tells what came of it; asks again where it failed. */
function asking(more: JsonObject = {}): ATalk {
  const flow = aChain({ ask: [CALL[0], { ...CALL[1], ...more }], told: TOLD, again: CALL, end2: TOLD });
  const failed = ['ask', 'again'].map((from) => ({ from, port: 'failed', to: from === 'ask' ? 'told' : 'end2' }));
  const talk = new ATalk([{ ...flow, edges: [...flow.edges, ...failed] }]);
  talk.step({ say: 'go' });
  return talk;
}
const came = (status: number, body: JsonObject) => ({ answer: { ok: true, value: { status, body, isJson: true } } });

describe('what a flow learns of a failure', () => {
  it('is the node, the code, the reason and the status, at the way out and after it', () => {
    const talk = asking();
    expect(talk.step(came(404, {})).says).to.deep.equal(['|ask|request/status|the answer was 404|404']);
    expect(talk.step(came(200, { status: 'here' })).says).to.deep.equal(['here|ask|request/status|the answer was 404|404']);
  });

  it('is that of the newest one', () => {
    const talk = asking();
    talk.step(came(404, {}));
    const timeout = { ok: false, value: { code: 'call/timeout', reason: 'no answer' } };
    expect(talk.step({ answer: timeout }).says).to.deep.equal(['|again|call/timeout|no answer|']);
  });

  it('is nothing while nothing has failed', () => {
    expect(asking().step(came(200, { status: 'here' })).says).to.deep.equal(['here||||']);
  });
});

describe('what a call saves', () => {
  it('is never the value of an earlier call: a time-out leaves it empty', () => {
    const talk = asking();
    expect(talk.step(came(200, { status: 'sent' })).says).to.deep.equal(['sent||||']);
    const timeout = { ok: false, value: { code: 'call/timeout', reason: 'no answer' } };
    expect(talk.step({ answer: timeout }).says).to.deep.equal(['|again|call/timeout|no answer|']);
  });

  it('is what an answer with an error has of it', () => {
    const talk = asking();
    talk.step(came(200, { status: 'sent' }));
    expect(talk.step(came(500, { status: 'broken' })).says).to.deep.equal(['broken|again|request/status|the answer was 500|500']);
  });

  it('is empty where the answer is too large to be kept', () => {
    const talk = asking();
    talk.step(came(200, { status: 'sent' }));
    expect(talk.step(came(200, { status: 'x'.repeat(70_000) })).says[0]).to.match(/^\|again\|flow\/over-budget\|/);
  });
});

describe('the last word of a run that fails', () => {
  it('is that of the flow that failed; where it has none, of the one that called it', () => {
    const lastWord = (own: object) => {
      const call = ['call-flow', { flow: 'inner', wait: true }] as const;
      const outer = aChain({ call }, { settings: { onError: 'The outer one.' } });
      const broken = aChain({ bug: ['test-throw', {}] }, { code: 'inner', triggers: [{ type: 'TriggeredByFlow' }], settings: own });
      return new ATalk([outer, broken]).step({ say: 'go' }).says;
    };
    expect(lastWord({ onError: 'The inner one.' })).to.deep.equal(['The inner one.']);
    expect(lastWord({})).to.deep.equal(['The outer one.']);
  });
});

describe('the steps of a turn', () => {
  it('may be as many as the flow says, and one more fails the run', () => {
    const said = (maxSteps: number) =>
      new ATalk([aChain({ a: says('One'), b: says('Two') }, { settings: { maxSteps } })]).step({ say: 'go' });
    expect([said(4).says, said(4).warnings]).to.deep.equal([['One', 'Two'], []]);
    expect([said(3).says, said(3).warnings]).to.deep.equal([['One', 'Two'], ['flow/too-many-steps']]);
  });
});
