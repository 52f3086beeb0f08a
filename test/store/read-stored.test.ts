import { expect } from 'chai';
import type { Contact } from '../../src/contract/index.js';
import { readState, readTurn } from '../../src/store/read-stored.js';
import { aSession } from '../support/builders.js';

const CODES = { ...aSession().contact, groups: ['vip'], optOut: { whatsapp: true, viber: false } };
const MEMBERS = [{ group: 'vip', since: CODES.createdAt }];

/** Returns a turn as it is stored. */
const stored = (more: object): string => JSON.stringify({ turn: 1, event: { type: 'message' }, ...more });

describe('what is stored', () => {
  it('may have groups as codes, as earlier releases wrote them', () => {
    expect(readState(JSON.stringify({ ...aSession(), contact: CODES })).contact.groups).to.deep.equal(MEMBERS);
    const { before } = readTurn(stored({ before: { ...aSession(), contact: CODES } }));
    expect(before?.contact.groups).to.deep.equal(MEMBERS);
    const { event } = readTurn(stored({ event: { type: 'merge', contact: CODES } }));
    expect((event as unknown as { readonly contact: Contact }).contact.groups).to.deep.equal(MEMBERS);
  });

  it('may have opt-outs without their time', () => {
    expect(readState(JSON.stringify({ ...aSession(), contact: CODES })).contact.optOut).to.deep.equal({ whatsapp: {} });
  });

  it('is read as it is in the form of today', () => {
    const state = { ...aSession(), contact: { ...aSession().contact, groups: MEMBERS } };
    expect(readState(JSON.stringify(state))).to.deep.equal(state);
    const turn = { before: state };
    expect(readTurn(stored(turn))).to.deep.equal(JSON.parse(stored(turn)));
  });
});
