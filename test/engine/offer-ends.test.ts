import { expect } from 'chai';
import type { FlowDefinition } from '../../src/contract/index.js';
import { ATalk, aChain, listens, says } from '../support/a-talk.js';

const menu = {
  type: 'text',
  text: 'Which?',
  choices: [
    { id: 'a', title: 'Apple' },
    { id: 'b', title: 'Banana' },
  ],
};
const old = { tap: { id: 'a', title: 'Apple', of: 'menu' } };
const chain = {
  menu: says(menu),
  pick: listens('picked'),
  ask: says('And how many?'),
  count: listens('count', { notAccepted: 'That was before.' }),
  told: says('{{ picked }} {{ count }}'),
};
const begun = (flow: FlowDefinition = aChain(chain)) => {
  const talk = new ATalk([flow]);
  talk.step({ say: 'go' });
  return talk;
};

describe('an offer ends with its wait', () => {
  it('that was answered by something else', () => {
    const talk = begun();
    talk.step({ say: 'something else' });
    expect(talk.step(old).warnings).to.deep.equal(['choice/stale']);
    expect(talk.step({ say: 'apple' }).says).to.deep.equal(['something else apple']);
  });

  it('that ran out', () => {
    const talk = begun();
    talk.step({ timeout: true, at: 3601 });
    expect(talk.step(old).warnings).to.deep.equal(['choice/stale']);
  });

  for (const [to, command, heard] of [
    ['the next node', { command: 'resume', args: { port: 'replied' } }, ['And how many?']],
    ['another node', { command: 'move', args: { node: 'ask' } }, ['And how many?']],
    ['a node that only waits', { command: 'move', args: { node: 'count' } }, []],
  ] as const)
    it(`from which an operator took the run to ${to}`, () => {
      const talk = begun();
      expect(talk.step({ command }).says).to.deep.equal(heard);
      expect(talk.step(old).warnings).to.deep.equal(['choice/stale']);
    });

  it('in a flow that was called, and took too long', () => {
    const caller = aChain(
      {
        call: ['call-flow', { flow: 'inner', wait: true, timeout: { value: 10, unit: 'minutes' } }],
        ask: says('And how many?'),
        count: listens('count'),
      },
      {},
    );
    const inner = aChain({ menu: says(menu), pick: listens('picked') }, { code: 'inner', triggers: [{ type: 'TriggeredByFlow' }] });
    const talk = new ATalk([{ ...caller, edges: [...caller.edges, { from: 'call', port: 'timedOut', to: 'ask' }] }, inner]);
    talk.step({ say: 'go' });
    expect(talk.step({ timeout: true, at: 601 }).says).to.deep.equal(['And how many?']);
    expect(talk.step(old).warnings).to.deep.equal(['choice/stale']);
  });

  it('and a tap on it is told so once for each wait, also after a reminder', () => {
    const reminder = { after: { value: 10, unit: 'minutes' }, message: { type: 'text', text: 'Well?' } };
    const count = listens('count', { notAccepted: 'That was before.', reminders: [reminder] });
    const talk = begun(aChain({ ...chain, count }));
    talk.step({ say: 'other' });
    expect(talk.step(old).says).to.deep.equal(['That was before.']);
    expect(talk.step({ timeout: true, at: 610 }).says).to.deep.equal(['Well?']);
    expect(talk.step(old).says).to.deep.equal([]);
  });

  it('and before that a tap which came while a send was confirmed is dropped, not kept', () => {
    const flow = aChain({ menu: says(menu), pick: listens('picked'), ask: says('Sure?'), sure: listens('sure'), told: says('{{ sure }}') });
    const talk = begun({ ...flow, edges: [...flow.edges, { from: 'ask', port: 'failed', to: 'end' }] });
    talk.step({ tap: { id: 'b', title: 'Banana' } });
    expect(talk.step(old).kind).to.equal('held');
    expect(talk.step({ receipt: 'sent' }).warnings).to.deep.equal(['choice/stale']);
    expect(talk.state.held).to.deep.equal([]);
    expect(talk.step({ say: 'yes' }).says).to.deep.equal(['yes']);
  });

  it('but stays as long as nobody is waited for: ten messages of it at most', () => {
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`m${i}`, says(menu)]));
    const offer = begun(aChain({ ...many, pick: listens('picked') })).state.runs[0]?.offer ?? [];
    expect(offer.map(({ node }) => node)).to.deep.equal(Array.from({ length: 10 }, (_, i) => `m${i + 2}`));
  });
});

describe('a run that goes on over another channel', () => {
  it('takes `channelId` along, unless the flow has given it a value of its own', () => {
    const own = aChain({
      set: ['set-variables', { set: [{ name: 'channelId', value: 'mine' }] }],
      ask: says('Name?'),
      name: listens('name'),
      told: says('{{ channelId }}'),
    });
    const talk = begun(own);
    expect(talk.step({ say: 'Ada', on: 'vb' }).says).to.deep.equal(['mine']);
    const other = begun(aChain({ ask: says('Name?'), name: listens('name'), told: says('{{ channelId }}') }));
    expect(other.step({ say: 'Ada', on: 'vb' }).says).to.deep.equal(['vb']);
  });
});
