import { expect } from 'chai';
import { BUDGET, type Json } from '../../src/contract/index.js';
import { jsonSize } from '../../src/contract/json/json-size.js';
import { ATalk, aChain, listens, says } from '../support/a-talk.js';
import { aFlow } from '../support/builders.js';

const keep = (size: number) => ['test-keep', { size }] as const;
const kept = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`keep${i}`, keep(50_000)]));
const sizeOf = (talk: ATalk) => jsonSize(talk.state as unknown as Json);

describe('what is kept of a person', () => {
  it('is bounded as a whole: a node that keeps more has failed, and the flow says its own words', () => {
    const flow = aChain({ ...kept(12), ask: says('done'), listen: listens('x') }, { settings: { onError: 'Sorry.' } });
    const { says: said, kind, warnings } = new ATalk([flow]).step({ say: 'go' });
    expect([said, kind]).to.deep.equal([['Sorry.'], 'failed']);
    expect(warnings).to.include('flow/over-budget');
  });

  it('leaves by failed where that is drawn, and what was kept before stays', () => {
    const flow = aChain({ ...kept(12), ask: says('done'), sorry: says('{{ failure.code }}'), listen: listens('x') });
    const talk = new ATalk([{ ...flow, edges: [...flow.edges, { from: 'keep8', port: 'failed', to: 'sorry' }] }]);
    expect(talk.step({ say: 'go' }).says).to.deep.equal(['flow/over-budget']);
    expect(sizeOf(talk)).to.be.greaterThan(400_000).and.at.most(BUDGET.record);
  });

  it('is replaced, not added, where a node keeps something else', () => {
    const flow = aChain({ ...kept(7), back: ['jump', { limit: 30 }], listen: listens('x') });
    const edges = [...flow.edges, { from: 'back', port: 'jump', to: 'keep0' }];
    const talk = new ATalk([{ ...flow, edges, settings: { maxSteps: 1_000 } }]);
    expect(talk.step({ say: 'go' }).kind).to.equal('started');
    expect(sizeOf(talk)).to.be.at.most(400_000);
  });

  for (const [what, node, reason] of [
    [
      "a contact's fields",
      ['set-variables', { set: [1, 2].map((i) => ({ name: `contact.a${i}`, value: '{{ big }}' })) }],
      /the contact's fields/,
    ],
    ['a message', says('{{ big }}{{ big }}'), /a message or a request is larger/],
    ['a value', ['test-big', { size: BUDGET.savedValue + 1 }], /the value of "big" is larger/],
    ['all variables', ['set-variables', { set: [{ name: 'other', value: '{{ big }}' }] }], /the variables of the run are larger/],
  ] as const)
    it(`has a bound for ${what}`, () => {
      const talk = new ATalk([aChain({ big: ['test-big', { size: 40_000 }], node })]);
      const { kind, warnings, decision } = talk.step({ say: 'go' });
      expect([kind, new Set(warnings)]).to.deep.equal(['failed', new Set(['flow/over-budget'])]);
      expect(decision.decision.reason).to.match(reason);
    });

  it('has a bound for messages that are held, which drops those that do not fit', () => {
    const nap = ['wait', { for: { value: 1, unit: 'hours' } }] as const;
    const talk = new ATalk([aChain({ ...kept(8), nap })]);
    talk.step({ say: 'go' });
    const heard = Array.from({ length: 6 }, () => talk.step({ say: 'y'.repeat(20_000) }));
    expect(heard.map(({ kind, warnings }) => [kind, ...warnings])).to.deep.equal([
      ...Array.from({ length: 5 }, () => ['held']),
      ['early', 'message/early'],
    ]);
    expect(talk.state.held).to.have.length(5);
  });

  it('has a bound for all sends of one turn, which the next turn does not inherit', () => {
    const long = says('x'.repeat(4_000));
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`long${i}`, long]));
    const rest = { rest: listens('x') };
    const again = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`again${i}`, long]));
    const settings = { maxSteps: 200 };
    const two = new ATalk([aChain({ ...many, ...rest, ...again }, { settings })]);
    expect([two.step({ say: 'go' }).says.length, two.step({ say: 'on' }).says.length]).to.deep.equal([40, 40]);
    const { kind, says: words, warnings } = new ATalk([aChain({ ...many, ...again }, { settings })]).step({ say: 'go' });
    expect([kind, new Set(warnings)]).to.deep.equal(['failed', new Set(['flow/over-budget'])]);
    expect(words.length * 4_000).to.be.within(BUDGET.turnEffects - 8_000, BUDGET.turnEffects);
  });

  it('grows over its bound by no sequence of starts, messages and commands', () => {
    const wait = ['wait', { for: { value: 1, unit: 'hours' } }] as const;
    const drawn = Object.entries({ ...kept(4), nap: wait }).map(([id, [type, params]]) => ({ id, type, version: 1, params }));
    const ids = ['start', ...drawn.map(({ id }) => id)];
    const heavy = aFlow('heavy', {
      nodes: [{ id: 'start', type: 'start', version: 1, params: {} }, ...drawn],
      edges: ids.slice(1).map((to, i) => ({ from: ids[i] ?? '', port: 'next', to })),
      settings: { onError: 'Sorry. '.repeat(1_000) },
    });
    const talk = new ATalk([aChain({ ...kept(3), ask: says('?'), listen: listens('x') }), heavy]);
    talk.step({ say: 'go' });
    for (let i = 0; i < 12; i += 1) {
      talk.step({ start: { flow: 'heavy', onBusy: i % 2 ? 'background' : 'queue', data: { a: 'x'.repeat(3_000) } } });
      expect(sizeOf(talk)).to.be.at.most(BUDGET.record);
      talk.step({ say: 'y'.repeat(4_000) });
      expect(sizeOf(talk)).to.be.at.most(BUDGET.record);
    }
  });
});
