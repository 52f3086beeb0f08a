import { expect } from 'chai';
import mongoose, { type mongo } from 'mongoose';
import { silentLog } from '../../src/contract/host/index.js';
import type { JournalEntry } from '../../src/store/mongo/journal-entry.js';
import { createJournals, type Journals } from '../../src/store/mongo/journals.js';
import { openMongoStore } from '../../src/store/mongo/open.js';
import type { SessionDocument } from '../../src/store/mongo/session-document.js';
import { dropDatabase, ownDatabase } from '../support/both-stores.js';
import { aCommit, aSend, at } from '../support/builders.js';
import { eventually } from '../support/eventually.js';

const entry = (turn: number, size = 100): JournalEntry => ({ turn, event: `e${turn}`, record: 'x'.repeat(size) });

describe('turns that wait to be copied to the turn log', () => {
  const copied: string[] = [];
  let journals: Journals;
  beforeEach(() => {
    copied.length = 0;
    const turns = {
      has: async () => false,
      copy: (session: string, entries: readonly JournalEntry[]) => void copied.push(`${session}:${entries.length}`),
      flushed: async () => {},
      failures: () => 0,
    };
    journals = createJournals({ sessions: {} as mongo.Collection<SessionDocument>, turns, log: silentLog, maxCharacters: 1_000 });
  });
  afterEach(() => journals.stop());

  it('take no more memory than allowed: those of the oldest sessions are copied first', () => {
    for (let i = 0; i < 100; i += 1) {
      journals.note(`s${i}`, entry(1));
      expect(journals.size).to.be.at.most(1_000);
    }
    expect(copied.slice(0, 2)).to.deep.equal(['s0:1', 's1:1']);
    expect(copied).to.have.length(90);
  });

  it('are copied when a session has many, or on request, and are dropped when the person is forgotten', () => {
    for (let turn = 1; turn <= 21; turn += 1) journals.note('many', entry(turn, 10));
    expect([copied, journals.size]).to.deep.equal([['many:21'], 0]);
    journals.note('asked', entry(1));
    journals.copy('asked');
    journals.note('gone', entry(1));
    journals.drop('gone');
    journals.copy('gone');
    expect([copied, journals.size]).to.deep.equal([['many:21', 'asked:1'], 0]);
  });
});

if (process.env['MONGODB_URL'] !== undefined)
  describe('turns in the documents of sessions', () => {
    const url = ownDatabase();
    after(() => dropDatabase(url));

    it('are copied to the log although a send of the person is parked', async () => {
      const store = await openMongoStore(url, silentLog);
      const parked = { ...aSend('parked', 1, 1), parked: true as const };
      await store.sessions.commit(aCommit('parked', 0, { effects: [parked] }));
      await store.turns.forget('nobody');
      expect(await journalOf(url, 'parked')).to.equal(0);
      expect(await store.turns.list('parked', { limit: 5 })).to.have.length(1);
      await store.close();
    });

    it('that were removed while their results are read are left out of these', async () => {
      const connection = await mongoose.createConnection(url).asPromise();
      await connection.collection('ended').insertOne({ _id: `shop/${at(1)}/gone/1`, session: 'gone' } as never);
      await connection.close();
      const store = await openMongoStore(url, silentLog);
      expect(await store.turns.results({ flow: 'shop', limit: 5 })).to.deep.equal([]);
      await store.close();
    });

    it('that a dead host has left are all copied at the next start', async () => {
      const connection = await mongoose.createConnection(url).asPromise();
      const left = Array.from({ length: 450 }, (_, i) => ({
        _id: `left${i}`,
        status: 'idle',
        journal: [{ turn: 1, event: 'e1', record: JSON.stringify(aCommit(`left${i}`, 0).journal) }],
      }));
      await connection.collection('sessions').insertMany(left as never);
      await connection.close();
      const store = await openMongoStore(url, silentLog);
      for (const id of ['left0', 'left449']) {
        await eventually(async () => expect(await journalOf(url, id)).to.equal(0));
        expect(await store.turns.list(id, { limit: 5 })).to.have.length(1);
      }
      await store.close();
    });
  });

async function journalOf(url: string, id: string): Promise<number | undefined> {
  const connection = await mongoose.createConnection(url).asPromise();
  const found = await connection.collection('sessions').findOne({ _id: id as never });
  await connection.close();
  return found?.['journal'].length;
}
