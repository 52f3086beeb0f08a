import { expect } from 'chai';
import { ATalk, aChain, listens, says } from '../support/a-talk.js';

const thumb = { sends: { type: 'reaction', text: '', emoji: '👍' } };
const takenBack = { sends: { type: 'reaction', text: '', emoji: '' } };
const asks = (more = {}) => aChain({ ask: says('Name?'), name: listens('name', more), told: says('{{ lastMessage.type }} {{ name }}') });

describe('what is no answer', () => {
  it('a reaction, unless the question accepts it; one that was taken back never', () => {
    const talk = new ATalk([asks()]);
    talk.step({ say: 'go' });
    for (const step of [thumb, takenBack]) {
      const heard = talk.step(step);
      expect([heard.kind, heard.says, heard.decision.decision.reason]).to.have.deep.members([
        'ignored',
        [],
        step === thumb ? 'a reaction cannot answer here' : 'a reaction was removed',
      ]);
    }
    expect(talk.state.runs[0]?.lastMessage?.text).to.equal('go');
    expect(talk.step({ say: 'Ada' }).says).to.deep.equal(['text Ada']);

    const named = new ATalk([asks({ accept: ['reaction'] })]);
    named.step({ say: 'go' });
    expect(named.step(takenBack).kind).to.equal('ignored');
    expect(named.step(thumb).says).to.deep.equal(['reaction 👍']);
  });

  const late = { after: { value: 1, unit: 'hours' } };
  for (const [what, first] of [
    ['the time', ['wait', { for: { value: 1, unit: 'hours' } }]],
    ['a message to be delivered', says('one', { notDelivered: late })],
    ['a message to be read', says('one', { notRead: late })],
  ] as const)
    it(`a reaction while a run waits for ${what}: it neither goes on, nor is the reaction kept for later`, () => {
      const talk = new ATalk([aChain({ first, ask: says('Name?'), name: listens('name', { accept: ['reaction'] }), told: says('told') })]);
      talk.step({ say: 'go' });
      const wait = talk.state.runs[0]?.stack.at(-1);
      const heard = talk.step(thumb);
      expect([heard.kind, heard.says, talk.state.held]).to.deep.equal(['ignored', [], []]);
      expect(talk.state.runs[0]?.stack.at(-1)).to.deep.equal(wait);
    });

  it('starts nothing either: only a trigger that names reactions hears them', () => {
    const any = aChain({ hello: says('any') }, { triggers: [{ type: 'TriggeredByWhatsApp' }] });
    expect(new ATalk([any]).step(thumb)).to.deep.include({ kind: 'ignored', says: [] });
    const all = aChain({ hello: says('regex') }, { triggers: [{ type: 'TriggeredByWhatsApp', match: { regex: '.*' } }] });
    expect(new ATalk([all]).step(thumb).says).to.deep.equal([]);
    const named = aChain({ hello: says('named') }, { triggers: [{ type: 'TriggeredByWhatsApp', match: { messageTypes: ['reaction'] } }] });
    expect(new ATalk([named]).step(thumb).says).to.deep.equal(['named']);
    expect(new ATalk([named]).step(takenBack).says).to.deep.equal([]);
  });

  for (const [type, reason] of [
    ['edit', 'a message was edited; the original was taken already'],
    ['revoke', 'a message was deleted; it was taken already'],
    ['unsupported', 'a message of a type that cannot be read'],
  ] as const)
    it(`what is of type ${type} leaves its reason in the log, and nothing else`, () => {
      const any = aChain({ ask: says('Name?'), name: listens('name') }, { triggers: [{ type: 'TriggeredByWhatsApp' }] });
      const talk = new ATalk([any]);
      expect(talk.step({ sends: { type, text: '' } }).decision.decision).to.deep.equal({ kind: 'ignored', reason, tried: [] });
      talk.step({ say: 'hi' });
      expect(talk.step({ sends: { type, text: '' } }).decision.decision).to.deep.include({ kind: 'ignored', reason });
      expect(talk.state.runs).to.have.length(1);
    });

  it('what was held for more than an hour starts nothing; what is younger does', () => {
    const rest = aChain({ rest: ['wait', { for: { value: 2, unit: 'hours' } }] });
    const late = aChain(
      { hello: says('late') },
      { code: 'late', triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['late'] } }] },
    );
    const played = (at: number) => {
      const talk = new ATalk([rest, late]);
      talk.step({ say: 'go', at: 0 });
      talk.step({ say: 'late', at });
      return talk.step({ timeout: true, at: 7200 });
    };
    expect(played(3599)).to.deep.include({ says: [], warnings: ['message/early'] });
    expect(played(3600)).to.deep.include({ says: ['late'], warnings: [] });
  });
});
