import { expect } from 'chai';
import mongoose from 'mongoose';
import { silentLog } from '../../src/contract/host/index.js';
import type { Store } from '../../src/contract/store/index.js';
import { openStore } from '../../src/store/open-store.js';
import { dropDatabase, ownDatabase } from '../support/both-stores.js';
import { aCommit, aSession, at } from '../support/builders.js';

/** A turn that names a contact. */
function named(id: string, base: number, name: string) {
  const { contact, ...state } = aSession(id, { turn: base + 1 });
  return aCommit(id, base, { state: { ...state, contact: { ...contact, name, groups: [{ group: 'g', since: at(0) }] } } });
}

if (process.env['MONGODB_URL'] !== undefined)
  describe('the index of contacts on MongoDB', () => {
    const url = ownDatabase();
    let store: Store;
    let connection: mongoose.Connection;
    const sessions = () => connection.collection<{ _id: string }>('sessions');
    const entries = () => connection.collection<{ _id: string }>('contactEntries');
    const found = async (text: string) => (await store.sessions.findContacts({ text, limit: 10 }))?.map(({ state }) => state.id);
    const members = async () => (await store.sessions.countGroups({ limit: 10 }))?.[0]?.members;
    /** Leaves a session as a host does that dies before it has stored the entry. */
    const unlist = (id: string, rev: number) => sessions().updateOne({ _id: id }, { $set: { unlisted: rev } });

    before(async () => {
      store = await openStore({ mongodbUrl: url, dataDir: '' }, silentLog);
      while (await store.upgrade());
      connection = await mongoose.createConnection(url).asPromise();
      await store.sessions.commit(named('a', 0, 'Ada'));
      await store.sessions.commit(named('b', 0, 'Bob'));
      await settled();
    });
    after(async () => {
      await connection.close();
      await store.close();
      await dropDatabase(url);
    });

    /** Closing waits until all entries are stored. */
    async function settled(): Promise<void> {
      await store.close();
      store = await openStore({ mongodbUrl: url, dataDir: '' }, silentLog);
      expect(await sessions().countDocuments({ unlisted: { $exists: true } })).to.equal(0);
    }

    it('has an entry for each contact, and sessions do not wait for it any more', async () => {
      expect(await entries().countDocuments({ groups: 'g' })).to.equal(2);
    });

    it('is not touched by turns that leave the contact as it is', async () => {
      const before = await entries().find().toArray();
      await store.sessions.commit(named('b', 1, 'Bob'));
      expect(await sessions().findOne({ _id: 'b' })).to.not.have.property('unlisted');
      await settled();
      expect(await entries().find().toArray()).to.deep.equal(before);
    });

    it('finds what a dead host has not listed, and lists it with the next upgrade', async () => {
      await store.sessions.commit(named('a', 1, 'Grace'));
      await settled();
      await entries().updateOne({ _id: 'a' }, { $set: { rev: 1, text: '\nada\n', groups: ['old'] } });
      await unlist('a', 2);
      for (const _ of ['before', 'after']) {
        expect([await found('grace'), await found('ada'), await members()]).to.deep.equal([['a'], [], 2]);
        expect(await store.upgrade()).to.equal(false);
      }
      expect(await sessions().findOne({ _id: 'a' })).to.not.have.property('unlisted');
    });

    it('does not put an older entry over a newer one', async () => {
      await entries().updateOne({ _id: 'a' }, { $set: { rev: 9, text: '\nnewer\n' } });
      await unlist('a', 2);
      await store.upgrade();
      expect(await found('newer')).to.deep.equal(['a']);
    });

    it('is not asked while very many sessions are not listed yet', async () => {
      const many = Array.from({ length: 501 }, (_, i) => named(`c${i}`, 0, 'Crowd'));
      await Promise.all(many.map((turn) => store.sessions.commit(turn)));
      await settled();
      await sessions().updateMany({ _id: /^c/ }, { $set: { unlisted: 1 } });
      expect([await found('crowd'), await members()]).to.deep.equal([undefined, undefined]);
      expect(await store.upgrade()).to.equal(true);
      expect(await store.upgrade()).to.equal(false);
      expect([await found('crowd'), await members()]).to.deep.equal([
        Array.from({ length: 501 }, (_, i) => `c${i}`)
          .sort()
          .slice(0, 10),
        503,
      ]);
    });

    it('loses what a host lists after the person was forgotten, or has left when it died', async () => {
      await store.sessions.forget('b', at(5));
      await entries().insertOne({ _id: 'b', rev: 1, text: '\nbob\n', isCut: false, groups: ['g'] } as never);
      await store.contacts.forget('b');
      expect(await entries().findOne({ _id: 'b' })).to.equal(null);
      const late = [store.sessions.commit(named('d', 0, 'Dora')), store.sessions.forget('d', at(5))];
      await Promise.all(late);
      await settled();
      expect(await entries().findOne({ _id: 'd' })).to.equal(null);
      expect(await found('dora')).to.deep.equal([]);
    });
  });
