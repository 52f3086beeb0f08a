import { expect } from 'chai';
import type { JsonObject } from '../../src/contract/index.js';
import { ATalk, aChain, listens, says } from '../support/a-talk.js';

const fruits = [
  { id: 'a', title: 'Apple' },
  { id: 'b', title: 'Banana' },
];
const answers = [
  { id: 'y', title: 'Yes' },
  { id: 'n', title: 'No' },
];
const order: JsonObject = { type: 'text', text: 'Is there any?', choices: answers };
/** Sends a message to somebody of the staff, who is not the person in the talk. */
const tells = (channel: 'wa' | 'vb', message: JsonObject, more: JsonObject = {}) =>
  ['send-message', { action: 'send', channel, to: channel === 'wa' ? '+4915112345679' : 'staff==', message, ...more }] as const;

describe('what a run sends to somebody else', () => {
  for (const channel of ['wa', 'vb'] as const) {
    const asked = () => {
      const ask = says({ type: 'text', text: 'Which?', choices: fruits });
      const talk = new ATalk([
        aChain({ link: says('{{ link.viber }}'), ask, tell: tells(channel, order), pick: listens('picked'), told: says('{{ picked }}') }),
      ]);
      return { talk, begin: talk.step({ say: 'go', on: channel }) };
    };

    it(`is not part of the question that is open on ${channel}: its choices are nobody’s answer here`, () => {
      const { talk, begin } = asked();
      const [, ask, told] = begin.decision.effects;
      expect(talk.state.runs[0]?.offer?.map(({ effectId }) => effectId)).to.deep.equal([ask?.id]);
      expect(talk.state.runs[0]?.question?.effectId).to.equal(ask?.id);
      expect(told?.body.kind === 'send' && told.body.message).to.deep.equal(order);
      expect(talk.step({ say: 'banana', on: channel }).says).to.deep.equal(['Banana']);
    });
  }

  it('does not wait until the person in the talk subscribes', () => {
    const opened = aChain(
      { hello: says('Hello'), tell: tells('vb', { type: 'text', text: 'Somebody new' }) },
      { triggers: [{ type: 'TriggeredByViber', match: { events: ['conversation_started'] } }] },
    );
    const { effects } = new ATalk([opened]).step({ subscribes: 'started', on: 'vb' }).decision;
    expect(effects.map(({ parked }) => parked)).to.deep.equal([true, undefined]);
  });

  it('quotes nothing: the message was written in another chat', () => {
    const flow = (more: JsonObject) => aChain({ tell: tells('wa', { type: 'text', text: 'Look' }, more) });
    const [effect] = new ATalk([flow({ replyToLast: true })]).step({ say: 'go' }).decision.effects;
    expect(effect?.body.kind === 'send' && effect.body.message).to.deep.equal({ type: 'text', text: 'Look' });
  });

  it('opens no channel for answers of the person in the talk', () => {
    const talk = new ATalk([aChain({ tell: tells('vb', { type: 'text', text: 'Look' }), ask: says('Name?'), name: listens('name') })]);
    talk.step({ say: 'go' });
    expect(Object.keys(talk.state.runs[0]?.sentAt ?? {})).to.deep.equal(['wa']);
  });
});
