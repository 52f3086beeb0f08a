import { expect } from 'chai';
import type { JsonObject } from '../../src/contract/index.js';
import { ATalk, aChain, listens, says } from '../support/a-talk.js';
import { aFlow } from '../support/builders.js';

const typed = (name: string, value: string, type = 'number'): readonly [string, JsonObject] => [
  'set-variables',
  { set: [{ name, value, type }] },
];
const speaks = (language: string): readonly [string, JsonObject] => [
  'set-variables',
  { set: [{ name: 'contact.language', value: language }] },
];
const asking = { ask: says('How much?'), listen: listens('said') };
const TOLD = says('{{ n }}');

/** What a flow makes of a number that the person types. */
function told(said: string, nodes: Parameters<typeof aChain>[0], locale?: string) {
  const talk = new ATalk([aChain(nodes, locale === undefined ? {} : { settings: { locale } })]);
  talk.step({ say: 'go' });
  const { says: words, warnings } = talk.step({ say: said });
  return { words, warnings };
}

describe('a number that a person types in a flow', () => {
  const plain = { ...asking, set: typed('n', '{{ said }}'), told: TOLD };

  it("is read in the flow's language where the person's is not known", () => {
    expect(told('1.000', plain, 'de')).to.deep.equal({ words: ['1000'], warnings: [] });
    expect(told('1.000', plain, 'en')).to.deep.equal({ words: ['1'], warnings: [] });
  });

  it("is read in the person's language where that is known", () => {
    expect(told('1.000', { tongue: speaks('en'), ...plain }, 'de')).to.deep.equal({ words: ['1'], warnings: [] });
    expect(told('1.000', { tongue: speaks('de-AT'), ...plain }, 'en')).to.deep.equal({ words: ['1000'], warnings: [] });
  });

  it('is read as in English where no language is known, and the turn warns', () => {
    expect(told('1.000', plain)).to.deep.equal({ words: ['1'], warnings: ['number/ambiguous'] });
    expect(told('3,5', plain)).to.deep.equal({ words: ['3.5'], warnings: [] });
  });

  it('is rounded with a warning where it has more digits than a number keeps', () => {
    expect(told('12345678901234567', plain).warnings).to.deep.equal(['number/inexact']);
    expect(told('12345678901234567', { ...asking, set: typed('n', '{{ said }}', 'text'), told: TOLD })).to.deep.equal({
      words: ['12345678901234567'],
      warnings: [],
    });
  });

  it('is read in the same way by a flow that is called with it', () => {
    const called = aFlow('called', {
      triggers: [{ type: 'TriggeredByFlow' }],
      variables: [{ name: 'count', type: 'number', input: true }],
    });
    const end = { id: 'end', type: 'end', version: 1, params: { outputs: [{ name: 'count', value: '{{ count }}' }] } };
    const call: readonly [string, JsonObject] = [
      'call-flow',
      { flow: 'called', input: [{ name: 'count', value: '{{ said }}' }], save: [{ name: 'n', from: 'count' }] },
    ];
    const words = (language: string | undefined) => {
      const tongue = language === undefined ? {} : { tongue: speaks(language) };
      const talk = new ATalk([
        aChain({ ...tongue, ...asking, call, told: TOLD }),
        { ...called, nodes: called.nodes.map((node) => (node.id === 'end' ? end : node)) },
      ]);
      talk.step({ say: 'go' });
      const heard = talk.step({ say: '1.000' });
      return [heard.says, heard.warnings];
    };
    expect(words('de')).to.deep.equal([['1000'], []]);
    expect(words(undefined)).to.deep.equal([['1'], ['number/ambiguous']]);
  });

  it('is no number where it stands in the flow file with more than the point', () => {
    const talk = new ATalk([
      aChain(
        { told: says('{{ a }} {{ b }}') },
        {
          settings: { locale: 'de' },
          variables: [
            { name: 'a', type: 'number', default: '1.000' },
            { name: 'b', type: 'number', default: '1 000' },
          ],
        },
      ),
    ]);
    expect(talk.step({ say: 'go' }).says).to.deep.equal(['1 ']);
  });

  it('is no coordinate: those have the point alone in every language', () => {
    const place = says({ type: 'location', latitude: '{{ said }}', longitude: '13.405', name: 'Here' });
    const talk = new ATalk([aChain({ tongue: speaks('de'), ...asking, place })]);
    talk.step({ say: 'go' });
    const [effect] = talk.step({ say: '52.520' }).decision.effects;
    expect(effect?.body).to.have.deep.nested.property('message.latitude', 52.52);
  });
});

describe('what the person is called', () => {
  it('is what the next message tells, where nobody could see the name that was kept', () => {
    const talk = new ATalk([aChain({ told: says('{{ contact.name }}, {{ customerName }}') })]);
    talk.step({ say: 'go' });
    const known = talk.state;
    talk.at({ ...known, contact: { ...known.contact, name: '\u3164 ' } });
    expect(talk.step({ say: 'go' }).says).to.deep.equal(['Ada, Ada']);
    talk.at({ ...talk.state, contact: { ...talk.state.contact, name: 'Grace' } });
    expect(talk.step({ say: 'go' }).says).to.deep.equal(['Grace, Ada']);
  });
});
