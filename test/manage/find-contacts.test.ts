import { expect } from 'chai';
import * as fc from 'fast-check';
import type { ContactFilter } from '../../src/contract/contact-filter.js';
import { findContacts } from '../../src/manage/find-contacts.js';
import { bothStores, type OwnStore } from '../support/both-stores.js';
import { aCommit, aSession } from '../support/builders.js';

/** Texts that are folded, cut into words or read as digits, and some that are parts of others. */
const TEXTS = [
  'Ada',
  'ada löwe',
  'LÖWE',
  '王小明',
  '4915112345678',
  '0151 123',
  'a@b.example',
  '*x* y',
  'x*',
  '.*',
  '',
  ' ',
  'ﬁne',
  '1٢3',
  'İi',
];
const text = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.string({ maxLength: 6 }),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.string({ unit: fc.constantFrom('a', 'b', '1', ' '), maxLength: 4 }),
);
const value = fc.oneof(
  { weight: 5, arbitrary: text },
  fc.array(text, { maxLength: 2 }),
  fc.integer({ max: 99 }),
  fc.boolean(),
  fc.constant(null),
);
const fields = fc.dictionary(fc.constantFrom('city', 'City', 'note', 'a'), value, { maxKeys: 3 });
const codes = fc.uniqueArray(fc.constantFrom('vip', 'beta', 'a'), { maxLength: 2 });
const person = fc.record({
  name: fc.option(text, { nil: undefined }),
  identities: fc.array(
    fc.oneof(
      fc.nat().map((n) => `whatsapp:49151${n}`),
      text.map((id) => `viber:vb1:${id}`),
    ),
    { maxLength: 2 },
  ),
  fields: fc.oneof(
    { weight: 9, arbitrary: fields },
    fields.map((some) => ({ long: 'lang '.repeat(500), ...some })),
  ),
  codes,
});
const asked = fc.record(
  {
    text,
    group: fc.constantFrom('vip', 'beta', 'a', 'other'),
    fields: fc.dictionary(fc.constantFrom('city', 'note'), text, { maxKeys: 1 }),
  },
  { requiredKeys: [] },
);

const idOf = (n: number) => `s${String(n).padStart(3, '0')}`;

for (const { name, open } of bothStores)
  describe(`the search for contacts without their index: ${name}`, () => {
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
        findContacts: async () => undefined,
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

for (const { name, open } of bothStores)
  describe(`the search for contacts by their index: ${name}`, () => {
    it('finds the same as a look at all contacts, page by page', async function () {
      this.timeout(120_000);
      const own = await open();
      const { sessions, contacts } = own.store;
      while (await own.store.upgrade());
      const plain = { list: sessions.list, findContacts: async () => undefined };
      const idsOf = async (by: Pick<typeof sessions, 'list' | 'findContacts'>, filter: ContactFilter, limit: number) => {
        const ids: string[] = [];
        let after: string | undefined;
        do {
          const page = await findContacts(
            { store: { sessions: by, contacts } },
            { ...filter, limit, ...(after === undefined ? {} : { after }) },
          );
          ids.push(...page.items.map(({ state }) => state.id));
          after = page.next;
        } while (after !== undefined);
        return ids;
      };
      const base = new Map<string, number>();
      const save = async (n: number, { name: called, codes: groups, ...known }: (typeof people)[number]) => {
        const { contact, ...rest } = aSession(idOf(n));
        const turn = (base.get(idOf(n)) ?? 0) + 1;
        base.set(idOf(n), turn);
        const memberships = groups.map((group) => ({ group, since: contact.createdAt }));
        const state = {
          ...rest,
          contact: { ...contact, ...known, ...(called === undefined ? {} : { name: called }), groups: memberships },
          turn,
        };
        expect(await sessions.commit(aCommit(idOf(n), turn - 1, { state }))).to.have.property('revision', turn);
      };
      const people = fc.sample(person, { seed: 16, numRuns: 60 });
      for (const [n, one] of people.entries()) await save(n % 40, one);
      await fc.assert(
        fc.asyncProperty(asked, fc.integer({ min: 1, max: 30 }), async (filter, limit) => {
          expect(await idsOf(sessions, filter, limit)).to.deep.equal(await idsOf(plain, filter, limit));
        }),
        { numRuns: 150 },
      );
      await own.drop();
    });
  });
