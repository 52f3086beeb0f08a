import { expect } from 'chai';
import { adapters } from '../../adapters/index.js';
import { isRefused } from '../../src/contract/host/index.js';
import type { ChannelUse } from '../../src/contract/index.js';
import type { Store } from '../../src/contract/store/index.js';
import { reachPerson, type WantedContact } from '../../src/people/reach-person.js';
import type { KnownChannel } from '../../src/published/known-channel.js';
import { aSession, at } from '../support/builders.js';

const PHONE = 'whatsapp:4915112345678';
const VIBER = 'viber:vb:ada==';
const known = (id: string, type: string): KnownChannel => {
  const adapter = adapters.find((one) => one.type === type);
  if (!adapter) throw new Error(`there is no adapter ${type}`);
  return { channel: { id, adapter: type, name: id, config: {}, createdAt: at(0), updatedAt: at(0) }, adapter, config: {} };
};
const CHANNELS = new Map([known('wa', 'whatsapp'), known('wa2', 'whatsapp'), known('vb', 'viber')].map((one) => [one.channel.id, one]));
const heard = (address: string, second: number) => ({ address, lastInboundAt: at(second) });
const onPhone = (second: number) => heard('4915112345678', second);
const onViber = (second: number) => heard('ada==', second);
const sentTo = { address: '4915112345678' };

/** [what, who, the channels that the person was met on, the channel asked for, the channels of the flow, `channel address`, or the refusal] */
type Case = readonly [string, WantedContact, Record<string, ChannelUse>, string | undefined, readonly string[], string];
const identity = { identity: PHONE };
const id = { id: 's1' };
const CASES: readonly Case[] = [
  ['a new number on the only channel of the flow', identity, {}, undefined, ['wa'], 'wa 4915112345678'],
  ['a new number on the channel asked for, whatever the flow is bound to', identity, {}, 'wa2', ['wa'], 'wa2 4915112345678'],
  ['a new number where the flow has several channels', identity, {}, undefined, ['wa', 'wa2'], 'start/no-channel'],
  ['a new number where the flow has none', identity, {}, undefined, [], 'start/no-channel'],
  ['a channel that is not there', identity, {}, 'gone', ['wa'], 'channel/unknown'],
  ['an identity of another platform than the channel', { identity: VIBER }, {}, 'wa', ['wa'], 'contact/no-address'],
  ['an identity of another platform than the flow', { identity: VIBER }, {}, undefined, ['wa'], 'contact/no-address'],
  ['a number that is none', { identity: 'whatsapp:12345' }, {}, 'wa', ['wa'], 'contact/bad-number'],
  ['a number that is none, of somebody who has written', { identity: 'whatsapp:12345' }, { wa: heard('12345', 1) }, 'wa', [], 'wa 12345'],
  ['a number that is none, of somebody who was written to', { identity: 'whatsapp:12345' }, { wa: sentTo }, 'wa', [], 'contact/bad-number'],
  ['somebody who has written on one of several', identity, { wa2: onPhone(1) }, undefined, ['wa', 'wa2'], 'wa2 4915112345678'],
  ['where they wrote last', identity, { wa: onPhone(1), wa2: onPhone(2) }, undefined, [], 'wa2 4915112345678'],
  ['where they wrote last, whichever comes first', identity, { wa: onPhone(3), wa2: onPhone(2) }, undefined, [], 'wa 4915112345678'],
  ['somebody who was only written to', id, { wa: sentTo }, undefined, ['wa', 'wa2'], 'start/no-channel'],
  ['where they wrote, not where they were written to since', id, { wa: sentTo, vb: onViber(1) }, undefined, [], 'vb ada=='],
  [
    'a contact on the only channel of the flow, though heard elsewhere',
    id,
    { wa: sentTo, vb: onViber(9) },
    undefined,
    ['wa'],
    'wa 4915112345678',
  ],
  ['a contact where they wrote, if not known on the channel of the flow', id, { wa: onPhone(1) }, undefined, ['vb'], 'vb ada=='],
  [
    'the identity asked for, not where another of theirs was heard',
    identity,
    { vb: onViber(9), wa: onPhone(1) },
    undefined,
    [],
    'wa 4915112345678',
  ],
  ['a contact on a channel where they have no address left', id, { vb: { address: '' } }, 'vb', [], 'vb ada=='],
  ['a contact on a channel that is gone since', id, { gone: onPhone(9), wa: onPhone(1) }, undefined, [], 'wa 4915112345678'],
  ['a contact that is not known', { id: 's9' }, {}, 'wa', [], 'contact/unknown'],
];

describe('where a person is reached:', () => {
  const store = (channels: Record<string, ChannelUse>): Pick<Store, 'sessions' | 'contacts'> => {
    const contact = { identities: [PHONE, VIBER], language: 'de', fields: {} };
    const isKnown = Object.keys(channels).length > 0;
    const stored = { state: { ...aSession('s1'), contact, channels }, effects: [] };
    return {
      sessions: { load: async (one: string) => (one === 's1' && isKnown ? stored : undefined) },
      contacts: { find: async () => (isKnown ? 's1' : undefined) },
    } as unknown as Pick<Store, 'sessions' | 'contacts'>;
  };
  const reach = (
    met: Record<string, ChannelUse>,
    request: { readonly contact: WantedContact; readonly channel?: string },
    bound: readonly string[],
  ) => reachPerson({ store: store(met), channels: CHANNELS }, request, bound);

  for (const [what, contact, met, channel, bound, expected] of CASES)
    it(`${what}: ${expected}`, async () => {
      const reached = await reach(met, { contact, ...(channel === undefined ? {} : { channel }) }, bound);
      expect(isRefused(reached) ? reached.refused : `${reached.channel} ${reached.from.address}`).to.equal(expected);
    });

  it('a name that comes with an identity is told, and the language that is known', async () => {
    const named = { contact: { identity: PHONE, name: 'Ada' }, channel: 'wa' };
    const fresh = await reach({}, named, []);
    expect(fresh).to.have.deep.property('from', { identities: [PHONE, 'phone:+4915112345678'], address: '4915112345678', name: 'Ada' });
    const met = await reach({ wa: onPhone(1) }, named, []);
    expect(met).to.have.deep.nested.include({ 'from.name': 'Ada', 'from.language': 'de' });
  });
});
