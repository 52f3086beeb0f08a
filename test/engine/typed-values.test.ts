import { expect } from 'chai';
import type { JsonObject } from '../../src/contract/index.js';
import { ATalk, aChain, listens, says } from '../support/a-talk.js';
import { aFlow, at } from '../support/builders.js';

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

describe('what a flow is given', () => {
  const set = (values: JsonObject): readonly [string, JsonObject] => [
    'set-variables',
    { set: Object.entries(values).map(([name, value]) => ({ name, value })) },
  ];
  const told = (nodes: Parameters<typeof aChain>[0], settings = {}) => new ATalk([aChain(nodes, { settings })]).step({ say: 'go' }).says;

  it('fields of a contact are kept beside each other, and hide nothing of the contact itself', () => {
    const nodes = {
      one: set({ 'contact.size': 'M', 'contact.groups': 'vip' }),
      two: set({ 'contact.colour': 'red', 'contact.id': 'mine' }),
      told: says('{{ contact.size }} {{ contact.colour }} {{ contact.id }} {{ contact.groups | size }}'),
    };
    const talk = new ATalk([aChain(nodes)]);
    const { says: words } = talk.step({ say: 'go' });
    expect(words).to.deep.equal([`M red ${talk.state.id} 0`]);
  });

  it('groups of a contact are shown as codes', () => {
    const talk = new ATalk([aChain({ told: says('{{ contact.groups | join: ", " }} {{ contact.groups[0] }}') })]);
    const groups = ['vip', 'beta'].map((group) => ({ group, since: '2026-11-24T09:30:00.000Z' }));
    talk.at({ ...talk.state, contact: { ...talk.state.contact, groups } });
    expect(talk.step({ say: 'go' }).says).to.deep.equal(['vip, beta vip']);
  });

  it('what a node removes of a contact is as if it had never been set; a group that is left and joined again is a new membership', () => {
    const talk = new ATalk([
      aChain({
        all: [
          'set-contact',
          { name: 'Countess', language: 'de', fields: [{ name: 'plan', value: 'gold' }], optOut: { viber: true, whatsapp: true } },
        ],
        join: ['subscribe-to-group', { group: 'vip' }],
        one: listens('x'),
        none: ['set-contact', { name: '', language: null, fields: [{ name: 'plan', value: '' }], optOut: { whatsapp: false } }],
        again: ['subscribe-to-group', { group: 'vip' }],
        two: listens('x'),
        leave: ['unsubscribe-from-group', { all: true }],
        anew: ['subscribe-to-group', { group: 'vip' }],
        three: listens('x'),
      }),
    ]);
    const contactAfter = (say: string) => {
      talk.step({ say });
      return talk.state.contact;
    };
    const first = contactAfter('go');
    expect([first.name, first.language, first.fields]).to.deep.equal(['Countess', 'de', { plan: 'gold' }]);
    const out = { since: at(1), message: 'm0' };
    expect(first.optOut).to.deep.equal({ viber: out, whatsapp: out });
    const second = contactAfter('x');
    expect(second).to.not.have.any.keys('name', 'language');
    expect([second.fields, second.optOut]).to.deep.equal([{}, { viber: out }]);
    const groups = [first, second, contactAfter('x')].map((one) => one.groups);
    expect(groups).to.deep.equal([1, 1, 3].map((seconds) => [{ group: 'vip', since: at(seconds) }]));
  });

  it('a message shows neither its sender nor more than one time', () => {
    expect(told({ told: says('[{{ lastMessage.from.address }}{{ lastMessage.sentAt }}] {{ lastMessage.text }}') })).to.deep.equal([
      '[] go',
    ]);
  });

  it('hides variables of the same names, which a flow of an older version may have', () => {
    const given = ['contact.id', 'channel.id', 'lastMessage.text', 'now', 'link.viber'];
    const variables = given.map((path) => {
      const [name = '', member] = path.split('.');
      return member === undefined
        ? { name, type: 'text' as const, default: 'mine' }
        : { name, type: 'object' as const, default: { [member]: 'mine' } };
    });
    for (const path of given)
      expect(new ATalk([aChain({ told: says(`{{ ${path} }}`) }, { variables })]).step({ say: 'go' }).says, path).to.not.include('mine');
    const failure = [{ name: 'failure', type: 'object' as const, default: { code: 'mine' } }];
    expect(new ATalk([aChain({ told: says('{{ failure.code }}') }, { variables: failure })]).step({ say: 'go' }).says).to.deep.equal([
      'mine',
    ]);
  });

  it('a node knows the time zone of its flow', () => {
    const talk = new ATalk([
      aChain({ rest: ['wait', { until: { time: '20:00', zone: 'flow' } }] }, { settings: { timeZone: 'Asia/Tokyo' } }),
    ]);
    const { decision } = talk.step({ say: 'go' });
    const frame = decision.session.runs[0]?.stack[0];
    expect(frame?.kind === 'flow' && frame.wait?.until).to.match(/T11:00:00/);
  });

  it('a node that was left remembers nothing when the flow comes back to it', () => {
    const talk = new ATalk([aChain({ one: says('one', { notRead: { after: { value: 1, unit: 'hours' } } }), two: listens('two') })]);
    talk.step({ say: 'go' });
    const memory = () => {
      const frame = talk.state.runs[0]?.stack[0];
      return frame?.kind === 'flow' ? Object.keys(frame.memory) : [];
    };
    expect(memory()).to.deep.equal(['one']);
    talk.step({ receipt: 'read' });
    expect(memory()).to.deep.equal(['two']);
  });

  it('a node that waits for one receipt after the other hears of the same send', () => {
    const late = { after: { value: 1, unit: 'hours' } };
    const talk = new ATalk([aChain({ one: says('one', { notDelivered: late, notRead: late }), two: says('two') })]);
    talk.step({ say: 'go' });
    const heard = (['sent', 'delivered', 'read'] as const).map((receipt) => talk.step({ receipt }));
    expect(heard.map(({ says: words, warnings }) => [words, warnings])).to.deep.equal([
      [[], []],
      [[], []],
      [['two'], []],
    ]);
  });
});
