import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import { silentLog } from '../../src/contract/host/index.js';
import type { Store } from '../../src/contract/store/index.js';
import { openStore } from '../../src/store/open-store.js';

/** A store that only one test uses. */
export interface OwnStore {
  readonly store: Store;
  /** Opens the store as another host. The embedded store has only one host, so it is the same store. */
  other(): Promise<Store>;
  drop(): Promise<void>;
}

/** For tests that run on both stores. MongoDB is left out if MONGODB_URL is not set. */
export const bothStores: readonly { readonly name: string; readonly open: () => Promise<OwnStore> }[] = [
  { name: 'embedded', open: openEmbedded },
  ...(process.env['MONGODB_URL'] === undefined ? [] : [{ name: 'MongoDB', open: openMongo }]),
];

async function openEmbedded(): Promise<OwnStore> {
  const store = await openStore({ dataDir: '' }, silentLog);
  return { store, other: async () => store, drop: () => store.close() };
}

async function openMongo(): Promise<OwnStore> {
  const url = ownDatabase();
  const open = () => openStore({ mongodbUrl: url, dataDir: '' }, silentLog);
  const stores = [await open()];
  return {
    store: stores[0] as Store,
    async other() {
      const another = await open();
      stores.push(another);
      return another;
    },
    async drop() {
      await Promise.all(stores.map((one) => one.close()));
      await dropDatabase(url);
    },
  };
}

/** Returns the address of a database that nobody else uses. */
export function ownDatabase(): string {
  const url = process.env['MONGODB_URL'] ?? '';
  return url.replace(/\/[^/?]*(\?|$)/, `/parley_test_${randomBytes(6).toString('hex')}$1`);
}

export async function dropDatabase(url: string): Promise<void> {
  const connection = await mongoose.createConnection(url).asPromise();
  await connection.dropDatabase();
  await connection.close();
}
