import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { silentLog } from '../../src/contract/index.js';
import { openStore } from '../../src/store/open-store.js';
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
  const own = url.replace(/\/[^/?]*(\?|$)/, `/parley_test_${randomBytes(6).toString('hex')}$1`);
  const open = () => openStore({ mongodbUrl: own, dataDir: '' }, silentLog);
  const drop = async () => {
    const connection = await mongoose.createConnection(own).asPromise();
    await connection.dropDatabase();
    await connection.close();
  };
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
