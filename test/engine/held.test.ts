import { expect } from 'chai';
import { ATalk, aChain, says } from '../support/a-talk.js';

const waits = aChain({ wait: ['wait', { for: { value: 1, unit: 'minutes' } }], over: says('Over') });
const listener = (onBusy?: 'background') =>
  aChain(
    { hello: says('Heard') },
    { code: 'hears', triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['well'] }, ...(onBusy ? { onBusy } : {}) }] },
  );

describe('a message that is held while the running flow lets time pass', () => {
  it('starts the flow that listens to it when the running one has ended', () => {
    const talk = new ATalk([waits, listener()]);
    talk.step({ say: 'go' });
    expect(talk.step({ say: 'well' }).says).to.deep.equal([]);
    expect(talk.step({ timeout: true, at: 61 }).says).to.deep.equal(['Over', 'Heard']);
  });

  it('starts it once: not again if it has begun in the background', () => {
    const talk = new ATalk([waits, listener('background')]);
    talk.step({ say: 'go' });
    expect(talk.step({ say: 'well' }).says).to.deep.equal(['Heard']);
    const over = talk.step({ timeout: true, at: 61 });
    expect([over.says, over.warnings]).to.deep.equal([['Over'], []]);
  });
});
