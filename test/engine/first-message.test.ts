import { expect } from 'chai';
import { ATalk, aChain, says } from '../support/a-talk.js';

const HOUR = { value: 1, unit: 'hours' };
const first = (more: object = {}) => ['wait-for-response', { timeout: HOUR, saveAs: 'first', takeFirst: true, ...more }] as const;

describe('the message that started a flow', () => {
  it('is the answer to a node that takes it, once', () => {
    const talk = new ATalk([aChain({ one: first(), two: first({ saveAs: 'second' }), told: says('{{ first }}, {{ second }}') })]);
    expect(talk.step({ say: 'go there' }).says).to.deep.equal([]);
    expect(talk.step({ say: 'now' }).says).to.deep.equal(['go there, now']);
  });

  it('may be taken after messages, and not after another wait', () => {
    const after = aChain({ hello: says('Hello!'), one: first(), told: says('{{ first }}') });
    expect(new ATalk([after]).step({ say: 'go' }).says).to.deep.equal(['Hello!', 'go']);
    const later = new ATalk([aChain({ wait: ['wait-for-response', { timeout: HOUR }], one: first(), told: says('{{ first }}') })]);
    later.step({ say: 'go' });
    expect(later.step({ say: 'well' }).says).to.deep.equal([]);
    expect(later.step({ say: 'here' }).says).to.deep.equal(['here']);
  });

  it('is not an answer of a type that is not accepted', () => {
    const talk = new ATalk([aChain({ one: first({ accept: ['image'], notAccepted: 'A picture, please.' }), told: says('Thanks!') })]);
    expect(talk.step({ say: 'go' }).says).to.deep.equal(['A picture, please.']);
    expect(talk.step({ sends: { type: 'image', mediaId: '1' } }).says).to.deep.equal(['Thanks!']);
  });

  it('is the answer to a question, which is asked only if it is not', () => {
    const flow = aChain({
      ask: ['ask-question', { message: { type: 'text', text: 'How many?' }, answer: { type: 'number' }, saveAs: 'n', takeFirst: true }],
      told: says('{{ n }}'),
    });
    expect(new ATalk([flow]).step({ say: 'go 7' }).says).to.deep.equal(['7']);
    const talk = new ATalk([flow]);
    expect(talk.step({ say: 'go' }).says).to.deep.equal(['How many?']);
    expect(talk.step({ say: '3, please' }).says).to.deep.equal(['3']);
  });
});
