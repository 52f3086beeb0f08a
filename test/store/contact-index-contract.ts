import { expect } from 'chai';
import type { ContactFilter } from '../../src/contract/contact-filter.js';
import type { Contact, SessionState } from '../../src/contract/index.js';
import type { Store } from '../../src/contract/store/index.js';
import { aCommit, aSend, aSession, at } from '../support/builders.js';

/** What both stores must do to find contacts by what is known of them. */
export function contactIndexContract(name: string, open: () => Promise<Store>, close: (store: Store) => Promise<void>): void {
  describe(`the store finds contacts: ${name}`, () => {
    let store: Store;
    const prefix = name.replace(/\W/g, '').toLowerCase();
    const idOf = (id: string) => `${prefix}-${id}`;
    before(async () => {
      store = await open();
      while (await store.upgrade());
    });
    after(() => store && close(store));

    const save = (id: string, base: number, contact: Partial<Contact>, more: Partial<SessionState> = {}) => {
      const state = aSession(idOf(id), { turn: base + 1, ...more });
      const { mergedInto } = state;
      const index = { status: 'idle' as const, positions: [], ...(mergedInto === undefined ? {} : { mergedInto }) };
      return store.sessions.commit(aCommit(idOf(id), base, { state: { ...state, contact: { ...state.contact, ...contact } }, index }));
    };
    const found = async (filter: ContactFilter, page: { readonly after?: string; readonly limit?: number } = {}) =>
      (await store.sessions.findContacts({ limit: 50, ...page, ...filter }))?.map(({ state }) => state.id.slice(prefix.length + 1));
    const groupsOf = async () => (await store.sessions.countGroups({ limit: 50 }))?.map(({ code, members }) => `${code}: ${members}`);
    const inGroups = (...groups: readonly string[]) => ({ groups: groups.map((group) => ({ group, since: at(0) })) });

    it('by parts of words, digits, fields and groups, as soon as they are committed', async () => {
      const fields = { city: 'Berlin', size: 42, tags: ['red', 'Dark Blue'], mail: 'ada@example.com' };
      await save('a', 0, { name: 'Ada Löwe', identities: ['whatsapp:4915112345678'], fields, ...inGroups('vip') });
      await save('b', 0, { name: '王小明 (VIP)', identities: ['viber:vb2:01+49A='], fields: { note: '100% .* $1 | ^' } });
      for (const [filter, ids] of [
        [{ text: 'löw' }, ['a']],
        [{ text: 'öwe ad' }, ['a']],
        [{ text: 'example ada' }, ['a']],
        [{ text: '0151 1234' }, ['a']],
        [{ text: '小明' }, ['b']],
        [{ text: '20149' }, ['b']],
        [{ text: '.*' }, ['b']],
        [{ text: '100% |' }, ['b']],
        [{ text: '(' }, ['b']],
        [{ text: 'nobody' }, []],
        [{ text: '\u0000' }, []],
        [{ text: ' ' }, ['a', 'b']],
        [{ text: idOf('b') }, ['b']],
        [{ fields: { city: 'BERLIN' } }, ['a']],
        [{ fields: { city: 'Berl' } }, []],
        [{ fields: { other: 'Berlin' } }, []],
        [{ fields: { tags: 'dark blue', size: '42' } }, ['a']],
        [{ text: 'city' }, []],
        [{ group: 'vip' }, ['a']],
        [{ group: 'vip', text: '小明' }, []],
        [{ group: 'vip', text: 'ada', fields: { tags: 'red' } }, ['a']],
        [{ group: 'vi' }, []],
      ] as const)
        expect(await found(filter), JSON.stringify(filter)).to.deep.equal(ids);
      expect(await groupsOf()).to.deep.equal(['vip: 1']);
    });

    it('by what they are now', async () => {
      await save('c', 0, { name: 'Grace', ...inGroups('beta', 'vip') });
      await save('c', 1, { name: 'Hopper', ...inGroups('beta', 'beta', 'staff') });
      expect([await found({ text: 'grace' }), await found({ text: 'hopper' })]).to.deep.equal([[], ['c']]);
      expect([await found({ group: 'vip' }), await found({ group: 'staff' })]).to.deep.equal([['a'], ['c']]);
      expect(await groupsOf()).to.deep.equal(['beta: 1', 'staff: 1', 'vip: 1']);
      const committed = await store.sessions.commit(aCommit(idOf('d'), 0, { effects: [aSend(idOf('d'), 1, 1)] }));
      const [claim] = typeof committed === 'string' ? [] : committed.claims;
      if (!claim) throw new Error('nothing was claimed');
      await store.sessions.settle(at(2), claim, [{ effect: `${idOf('d')}.1.1`, outcome: 'done' }]);
      expect(await found({ text: 'whatsapp:491' })).to.deep.equal(['a', 'c', 'd']);
    });

    it('by what they are now, however quickly one change follows another', async () => {
      const ids = Array.from({ length: 60 }, (_, i) => `q${i}`);
      const groups = ['first', 'second', 'third', 'last'];
      for (const [turn, group] of groups.entries())
        await Promise.all(ids.map((id) => save(id, turn, { name: 'Quick', ...inGroups(group) })));
      for (const group of groups) expect(await found({ group, text: 'quick' }), group).to.have.length(group === 'last' ? 50 : 0);
      for (const id of ids) await store.sessions.forget(idOf(id), at(5));
    });

    it('page by page, in the order of their ids', async () => {
      for (const id of ['p3', 'p1', 'p4', 'p2', 'p0']) await save(id, 0, { name: 'Pat', ...inGroups('pats') });
      const ids = ['p0', 'p1', 'p2', 'p3', 'p4'];
      for (const filter of [{ text: 'pat' }, { group: 'pats' }, { group: 'pats', text: 'pa' }]) {
        expect(await found(filter, { limit: 2 })).to.deep.equal(ids.slice(0, 2));
        expect(await found(filter, { limit: 2, after: idOf('p1') })).to.deep.equal(ids.slice(2, 4));
        expect(await found(filter, { limit: 2, after: idOf('p3') })).to.deep.equal(ids.slice(4));
      }
      expect(await store.sessions.countGroups({ limit: 2 })).to.deep.equal([
        { code: 'beta', members: 1 },
        { code: 'pats', members: 5 },
      ]);
      expect(await store.sessions.countGroups({ limit: 1, after: 'pats' })).to.deep.equal([{ code: 'staff', members: 1 }]);
      expect(await store.sessions.countGroups({ limit: 1, after: 'vip' })).to.deep.equal([]);
    });

    it('not if they were merged into others', async () => {
      await save('m', 0, { name: 'Merge', ...inGroups('merging') });
      await save('m', 1, { name: 'Merge', ...inGroups('merging') }, { mergedInto: idOf('a') });
      expect([await found({ text: 'merge' }), await found({ group: 'merging' })]).to.deep.equal([[], []]);
      expect(await groupsOf()).to.not.include('merging: 1');
    });

    it('not if they were forgotten', async () => {
      await save('f', 0, { name: 'Forget', ...inGroups('forgetting') });
      expect(await found({ text: 'forget' })).to.deep.equal(['f']);
      await save('f', 1, { name: 'Forget Me', ...inGroups('forgetting') });
      await store.sessions.forget(idOf('f'), at(5));
      await save('f', 2, { name: 'Forget Me Not', ...inGroups('forgetting') });
      expect([await found({ text: 'forget' }), await found({ group: 'forgetting' })]).to.deep.equal([[], []]);
      expect(await groupsOf()).to.not.include('forgetting: 1');
    });

    it('if more is known of them than the index holds', async () => {
      const fields = { long: 'x'.repeat(10_000), last: 'Zanzibar' };
      await save('l', 0, { name: 'Long', fields });
      expect(await found({ text: 'zanzibar' })).to.deep.equal(['l']);
      expect(await found({ fields: { last: 'zanzibar' } })).to.deep.equal(['l']);
      await save('l', 1, { name: 'Short' });
      expect(await found({ text: 'zanzibar' })).to.deep.equal([]);
    });

    it('and says nothing of what a failed commit would have changed', async () => {
      await save('k', 0, { name: 'Kept' });
      expect(await save('k', 5, { name: 'Lost' })).to.equal('conflict');
      expect([await found({ text: 'kept' }), await found({ text: 'lost' })]).to.deep.equal([['k'], []]);
    });
  });
}
