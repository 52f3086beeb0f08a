import { expect } from 'chai';
import { type ContactFilter, findContacts } from '../../src/manage/find-contacts.js';
import { bothStores, type OwnStore } from '../support/both-stores.js';
import { aCommit, aSession } from '../support/builders.js';

const idOf = (n: number) => `s${String(n).padStart(3, '0')}`;

for (const { name, open } of bothStores)
  describe(`the search for contacts: ${name}`, () => {
    let own: OwnStore;
    let listed = 0;
    const page = async (query: ContactFilter & { readonly limit: number; readonly after?: string }, maxRead: number) => {
      const { sessions } = own.store;
      const counted = {
        list: async (wanted: Parameters<typeof sessions.list>[0]) => {
          const views = await sessions.list(wanted);
          listed += views.length;
          return views;
        },
      };
      const { items, next } = await findContacts({ store: { sessions: counted, contacts: own.store.contacts } }, query, maxRead);
      return { found: items.map(({ state }) => state.id), next };
    };
    before(async () => {
      own = await open();
      for (let n = 0; n < 30; n += 1) {
        const { contact, ...rest } = aSession(idOf(n));
        const group = n % 10 === 9 ? [{ group: 'vip', since: contact.createdAt }] : [];
        const state = { ...rest, contact: { ...contact, name: n === 25 ? 'Zoë' : 'Ada', groups: group }, turn: 1 };
        await own.store.sessions.commit(aCommit(idOf(n), 0, { state }));
      }
    });
    after(() => own.drop());

    it('looks at a part of the contacts for each page, and goes on after an empty one', async () => {
      const found: string[] = [];
      const pages: number[] = [];
      let after: string | undefined;
      do {
        listed = 0;
        const { found: some, next } = await page({ text: 'zoe', limit: 5, ...(after === undefined ? {} : { after }) }, 8);
        expect(listed).to.be.at.most(8);
        found.push(...some);
        pages.push(some.length);
        after = next;
      } while (after !== undefined);
      expect(found).to.deep.equal([idOf(25)]);
      expect(pages).to.deep.equal([0, 0, 0, 1]);
    });

    it('begins with the contact who has the phone number, and has them once', async () => {
      const number = '4915112345678';
      await own.store.contacts.resolve([`whatsapp:${number}`, `phone:+${number}`], idOf(27));
      const { state } = (await own.store.sessions.list({ contact: idOf(27), limit: 1 }))[0] ?? {};
      if (!state) throw new Error('there is no such contact');
      const contact = { ...state.contact, identities: [`whatsapp:${number}`, `phone:+${number}`] };
      await own.store.sessions.commit(aCommit(idOf(27), 1, { state: { ...state, contact, turn: 2 } }));
      for (const limit of [1, 5]) {
        const found: string[] = [];
        const first = await page({ text: '+49 151 12345678', limit }, 8);
        expect(first.found).to.deep.equal([idOf(27)]);
        for (let after = first.next; after !== undefined; ) {
          const more = await page({ text: '+49 151 12345678', limit, after }, 8);
          found.push(...more.found);
          after = more.next;
        }
        expect(found).to.deep.equal([]);
      }
      expect((await page({ text: '+49 151 12345678', limit: 5 }, 1_000)).next).to.equal(undefined);
      expect((await page({ text: '+49 151 12345678', group: 'vip', limit: 5 }, 8)).found).to.deep.equal([]);
    });

    it('ends a page when it is full', async () => {
      const first = await page({ group: 'vip', limit: 2 }, 1_000);
      expect(first).to.deep.equal({ found: [idOf(9), idOf(19)], next: idOf(19) });
      expect(await page({ group: 'vip', limit: 2, after: idOf(19) }, 1_000)).to.deep.equal({ found: [idOf(29)], next: undefined });
      expect((await page({ limit: 30 }, 1_000)).next).to.equal(undefined);
      expect((await page({ limit: 29 }, 1_000)).next).to.equal(idOf(28));
    });
  });
