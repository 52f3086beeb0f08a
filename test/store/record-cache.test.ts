import { expect } from 'chai';
import { createRecordCache } from '../../src/store/record-cache.js';
import type { SessionRecord } from '../../src/store/session-record.js';

describe('the cache of records', () => {
  const record = (id: string, state: string): SessionRecord => ({
    ...{ id, rev: 1, revision: 1, state, seen: [], oldestRemembered: '', effects: [], updatedAt: '' },
    index: { status: 'idle', positions: [] },
  });

  it('holds a number of records and of characters, and drops those that were not used for longest', () => {
    const cache = createRecordCache(3, 1_000);
    for (const id of ['a', 'b', 'c', 'd']) cache.set(id, record(id, '{}'));
    expect([...cache.keys()]).to.deep.equal(['d', 'c', 'b']);
    cache.set('e', record('e', 'x'.repeat(995)));
    expect([...cache.keys()]).to.deep.equal(['e', 'd']);
    cache.set('f', record('f', 'x'.repeat(1_000)));
    expect(cache.get('f')).to.equal(undefined);
  });
});
