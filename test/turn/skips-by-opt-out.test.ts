import { expect } from 'chai';
import viber from '../../adapters/viber/index.js';
import whatsapp from '../../adapters/whatsapp/index.js';
import type { Contact } from '../../src/contract/index.js';
import type { ChannelBook } from '../../src/published/channel-book.js';
import { skipsByOptOut } from '../../src/turn/skips-by-opt-out.js';
import { aSession, at } from '../support/builders.js';

const channel = { name: '', config: {}, createdAt: at(0), updatedAt: at(0) };
const channels: Pick<ChannelBook, 'all'> = {
  all: [
    { channel: { ...channel, id: 'wa', adapter: 'whatsapp' }, adapter: whatsapp, config: {} },
    { channel: { ...channel, id: 'vb', adapter: 'viber' }, adapter: viber, config: {} },
  ],
};
const session = (optOut: Contact['optOut'] = {}) => {
  const state = aSession();
  const identities = ['whatsapp:491', 'whatsapp:4917099', 'viber:vb:abc='];
  return { ...state, contact: { ...state.contact, identities, optOut }, channels: { wa: { address: '491' }, vb: { address: 'abc=' } } };
};
const skipped = (before: Contact['optOut'], after: Contact['optOut'], isMerge = false) => {
  const skips = skipsByOptOut(channels, { before: session(before), after: session(after), isMerge });
  return skips && [skips.addresses, skips.until];
};

describe('the sends that an opt-out takes out of the queue', () => {
  it('are those to all addresses of the person on the platform', () => {
    expect(skipped({}, { whatsapp: { since: at(1) } })).to.deep.equal([['491', '4917099'], undefined]);
    expect(skipped({ whatsapp: { since: at(1) } }, { whatsapp: { since: at(1) }, viber: { since: at(2) } })).to.deep.equal([
      ['abc='],
      undefined,
    ]);
    expect(skipped({ whatsapp: { since: at(1) } }, { whatsapp: { since: at(2) } })).to.deep.equal([['491', '4917099'], undefined]);
  });

  it('are none if nothing has changed, or an opt-out was lifted', () => {
    const out = { whatsapp: { since: at(1) } };
    expect(skipped(out, out)).to.equal(undefined);
    expect(skipped(out, {})).to.equal(undefined);
    expect(skipped({}, {}, true)).to.equal(undefined);
  });

  it('are in a merge those that were decided before the opt-out, on each platform', () => {
    const until = { '491': at(1), '4917099': at(1), 'abc=': at(9) };
    expect(skipped({ whatsapp: { since: at(1) } }, { whatsapp: { since: at(1) }, viber: { since: at(9) } }, true)).to.deep.equal([
      ['491', '4917099', 'abc='],
      until,
    ]);
    expect(skipped({ whatsapp: {} }, { whatsapp: {} }, true)).to.deep.equal([['491', '4917099'], {}]);
  });
});
