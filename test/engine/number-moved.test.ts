import { expect } from 'chai';
import type { Decision } from '../../src/contract/host/index.js';
import type { Contact } from '../../src/contract/index.js';
import { indexOf } from '../../src/engine/session-index.js';
import { Person, textsOf } from '../support/a-person.js';
import { aSession, at } from '../support/builders.js';

/** `instead`: the address that is left of a channel. */
function loses(person: Person, addresses: readonly string[], instead?: string): Decision {
  const identities = ['whatsapp:491'];
  return person.take({ type: 'numberMoved', identities, addresses, heir: 's9', ...(instead === undefined ? {} : { instead }) });
}
const tenMinutesLater = (person: Person) => person.take({ type: 'timeout', waitId: person.state.numberMoved?.id ?? '' }, 700);
const nobody: Contact = { ...aSession('s2').contact, identities: [] };

describe('a contact whose number is another person’s now', () => {
  it('loses that address on every channel; where another one is known it is used, and when the person wrote stays', () => {
    for (const [instead, channels] of [
      [undefined, { wb: { address: 'b-s1', lastInboundAt: at(0) } }],
      ['US.1', { wa: { address: 'US.1', lastInboundAt: at(0) }, wb: { address: 'b-s1', lastInboundAt: at(0) } }],
    ] as const) {
      const person = new Person('s1');
      person.state = { ...person.state, contact: { ...person.state.contact, identities: ['whatsapp:491', 'whatsapp:US.1'] } };
      loses(person, ['to-s1'], instead);
      expect(person.state.channels).to.deep.equal(channels);
      expect(person.state.contact.identities).to.deep.equal(['whatsapp:US.1']);
    }
  });

  it('stands still for ten minutes: what was begun waits, and what was to begin does not take its place', () => {
    const person = new Person('s1');
    person.begins('order');
    person.begins('choose', { onBusy: 'queue' });
    person.begins('later', { onBusy: 'background' });
    loses(person, ['to-s1']);
    expect([...person.places].sort()).to.deep.equal(['s1-choose queued', 's1-later queued', 's1-order queued']);
    expect(indexOf(person.state).wakeAt).to.equal(at(604));
    expect(textsOf(person.says('tea'))).to.deep.equal([]);
  });

  it('may begin and end another flow meanwhile, and what stands still goes on standing', () => {
    const person = new Person('s1');
    person.begins('later');
    loses(person, ['to-s1'], 'US.1');
    person.begins('order');
    expect(textsOf(person.says('tea'))).to.deep.equal(['You get tea']);
    expect(person.places).to.deep.equal(['s1-later queued']);
  });

  it('has none of its runs when nobody has told that both are one; what was to begin begins', () => {
    const person = new Person('s1');
    person.begins('order');
    person.begins('choose', { onBusy: 'queue' });
    person.begins('later', { onBusy: 'background' });
    loses(person, ['to-s1']);
    const ended = tenMinutesLater(person);
    expect(ended.warnings.map(({ code }) => code).filter((code) => code === 'run/number-moved')).to.have.length(2);
    expect(person.places).to.deep.equal(['s1-choose foreground']);
    expect(person.state.numberMoved).to.equal(undefined);
  });

  it('goes on in all of its runs when both turn out to be one', () => {
    const person = new Person('s1');
    person.begins('order');
    person.begins('later', { onBusy: 'background' });
    loses(person, ['to-s1'], 'US.1');
    const merged = person.take({ type: 'merge', loser: 's2', contact: nobody, channels: {} });
    expect([...person.places].sort()).to.deep.equal(['s1-later background', 's1-order foreground']);
    expect(textsOf(merged)).to.deep.equal(['What may it be?']);
    expect(person.state.numberMoved).to.equal(undefined);
  });
});
