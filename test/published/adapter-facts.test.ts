import { expect } from 'chai';
import whatsapp from '../../adapters/whatsapp/index.js';
import type { OutboundMessage } from '../../src/contract/index.js';
import { adapterFacts } from '../../src/published/adapter-facts.js';

const choices = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `c${i}`, title: `Choice ${i}` }));

describe('what the engine knows of an adapter', () => {
  const { platform, limits } = whatsapp;
  const silent = adapterFacts({ platform, limits });
  const cases: readonly [what: string, message: OutboundMessage, shown: string | undefined][] = [
    ['a text', { type: 'text', text: 'Hi' }, undefined],
    ['three choices', { type: 'text', text: 'Hi', choices: choices(3) }, 'buttons'],
    ['four choices', { type: 'text', text: 'Hi', choices: choices(4) }, 'list'],
    ['eleven choices', { type: 'text', text: 'Hi', choices: choices(11) }, 'numbers'],
    ['numbers as a text', { type: 'text', text: 'Hi', choicesAs: 'text', choices: [{ id: 'a', title: '2' }] }, 'titles'],
    ['a carousel', { type: 'carousel', text: 'Hi', cards: [{ imageUrl: 'u', text: 't', choices: choices(1) }] }, 'buttons'],
    ['a template', { type: 'template', name: 'n', language: 'en' }, 'any'],
    ['a location', { type: 'location', latitude: 1, longitude: 1 }, undefined],
  ];
  for (const [what, message, shown] of cases)
    it(`of one that does not say what can be tapped: ${what} is ${shown ?? 'nothing to tap'}`, () =>
      expect(silent.tappable?.(message)?.shown).to.equal(shown));

  it('what an adapter says itself counts, whole', () => {
    const buttons = { shown: 'buttons', choices: [] } as const;
    const facts = adapterFacts({ platform, limits, replacesButtons: true, tappable: () => buttons });
    expect([facts.tappable?.({ type: 'text', text: 'Hi' }), facts.replacesButtons]).to.deep.equal([buttons, true]);
    expect(silent).to.not.have.property('replacesButtons');
  });
});
