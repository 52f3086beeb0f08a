import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { silentLog } from '../../src/contract/index.js';
import { openStore } from '../../src/store/open-store.js';
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
  storeContract(
    'MongoDB',
    () => openStore({ mongodbUrl: own, dataDir: '' }, silentLog),
    async (store) => {
      await store.close();
      const connection = await mongoose.createConnection(own).asPromise();
      await connection.dropDatabase();
      await connection.close();
    },
  );
}
