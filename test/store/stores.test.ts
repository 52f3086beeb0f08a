import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { silentLog } from '../../src/contract/index.js';
import { openStore } from '../../src/store/open-store.js';
import { dropDatabase, ownDatabase } from '../support/both-stores.js';
import { aCommit, aSend } from '../support/builders.js';
import { storeContract } from './store-contract.js';

storeContract(
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
  storeContract('MongoDB', open, async (store) => {
    await store.close();
    await drop();
  });

  describe('the store: MongoDB, several hosts', () => {
    after(drop);

    it('a turn that a dead host left in the record stays known, whatever another host copies to the log', async () => {
      const [dead, other] = [await open(), await open()];
      await dead.sessions.commit(aCommit('two-hosts', 0, { effects: [aSend('two-hosts', 1, 1)] }));
      const done = { effect: 'two-hosts.1.1', outcome: 'done' } as const;
      await other.sessions.commit(aCommit('two-hosts', 1, { settles: { result: done } }));
      // Closing waits until what was to be copied is.
      await other.close();
      expect((await dead.turns.list('two-hosts', { limit: 10 })).map(({ turn }) => turn)).to.deep.equal([1, 2]);
      await dead.close();
    });
  });
}
