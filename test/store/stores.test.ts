import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { silentLog } from '../../src/contract/host/index.js';
import { openStore } from '../../src/store/open-store.js';
import { dropDatabase, ownDatabase } from '../support/both-stores.js';
import { aCommit, aSend, at } from '../support/builders.js';
import { contactIndexContract } from './contact-index-contract.js';
import { forgettingContract } from './forgetting-contract.js';
import { mediaContract } from './media-contract.js';
import { mergeContract } from './merge-contract.js';
import { retentionContract } from './retention-contract.js';
import { storeContract } from './store-contract.js';

for (const contract of [storeContract, contactIndexContract, forgettingContract, mediaContract, mergeContract, retentionContract])
  contract(
    'embedded, in memory',
    () => openStore({ dataDir: '' }, silentLog),
    (store) => store.close(),
  );

const folder = mkdtempSync(join(tmpdir(), 'parley-store-'));
storeContract(
  'embedded, in a file',
  () => openStore({ dataDir: folder }, silentLog),
  async (store) => {
    await store.close();
    rmSync(folder, { recursive: true });
  },
);

const url = process.env['MONGODB_URL'];
if (url === undefined) process.stdout.write('the store on MongoDB is not tested: MONGODB_URL is not set\n');
else {
  const own = ownDatabase();
  const open = () => openStore({ mongodbUrl: own, dataDir: '' }, silentLog);
  const drop = () => dropDatabase(own);
  for (const contract of [storeContract, contactIndexContract, forgettingContract, mediaContract, mergeContract, retentionContract])
    contract('MongoDB', open, async (store) => {
      await store.close();
      await drop();
    });

  describe('the store: MongoDB, several hosts', () => {
    after(drop);

    it('a turn that a dead host has not copied to the log is not lost when another host copies others', async () => {
      const [dead, other] = [await open(), await open()];
      await dead.sessions.commit(aCommit('two-hosts', 0, { effects: [aSend('two-hosts', 1, 1)] }));
      const done = { effect: 'two-hosts.1.1', outcome: 'done' } as const;
      await other.sessions.commit(aCommit('two-hosts', 1, { settles: { result: done } }));
      // Closing waits until everything is copied.
      await other.close();
      expect((await dead.turns.list('two-hosts', { limit: 10 })).map(({ turn }) => turn)).to.deep.equal([1, 2]);
      await dead.close();
    });

    it('a person forgotten on one host is forgotten on another that was about to write, and leaves no turn behind', async () => {
      const [busy, other] = [await open(), await open()];
      const first = await busy.sessions.commit(aCommit('left', 0, { effects: [aSend('left', 1, 1)] }));
      await busy.sessions.commit(aCommit('left', 1));
      await other.sessions.forget('left', at(5));
      await other.turns.forget('left');
      const [claim] = typeof first === 'string' ? [] : first.claims;
      if (!claim) throw new Error('nothing is claimed');
      expect(await busy.sessions.settle(at(6), claim, [{ effect: 'left.1.1', outcome: 'done' }])).to.equal(undefined);
      expect(await busy.sessions.commit(aCommit('left', 2))).to.equal('forgotten');
      expect(await other.deliveries.of(['left.1.1'])).to.deep.equal(new Map());
      await busy.close();
      expect(await other.turns.list('left', { limit: 5 })).to.deep.equal([]);
      await other.close();
    });

    it('turns that are being copied when a person is forgotten do not stay in the log', async () => {
      const [busy, other] = [await open(), await open()];
      // No effect waits after this turn, so it is copied at once.
      await busy.sessions.commit(aCommit('on-the-way', 0));
      await other.sessions.forget('on-the-way', at(5));
      await other.turns.forget('on-the-way');
      await busy.close();
      expect(await other.turns.list('on-the-way', { limit: 5 })).to.deep.equal([]);
      await other.close();
    });
  });
}
