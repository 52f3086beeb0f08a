import { expect } from 'chai';
import { storedSession } from '../../src/store/record-view.js';
import { aSession } from '../support/builders.js';

describe('a stored session', () => {
  const record = {
    ...{ id: 's1', rev: 1, revision: 1, seen: [{ id: 'wa:1', at: '' }], oldestRemembered: '', effects: [], updatedAt: '' },
    index: { status: 'idle' as const, positions: [] },
  };
  const state = aSession();

  it('is frozen in this suite: whoever changes a state throws', () => {
    const { contact } = storedSession({ ...record, state: JSON.stringify(state) }).state as { contact: { name?: string } };
    expect(() => {
      contact.name = 'Ada';
    }).to.throw(TypeError);
  });

  it('is what was written, without parsing it again', () => {
    expect(storedSession({ ...record, state: JSON.stringify(state), parsed: state }).state).to.equal(state);
  });

  it('remembers events by their whole id', () => {
    const { hasSeen } = storedSession({ ...record, state: JSON.stringify(state) });
    expect(['wa:1', 'wa:2', 'vb:1', 'a:1', ''].map(hasSeen)).to.deep.equal([true, false, false, false, false]);
  });
});
