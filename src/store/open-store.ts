import { join } from 'node:path';
import type { Log, Store } from '../contract/index.js';
import { openEmbeddedStore } from './embedded/open.js';

export interface StoreSettings {
  /** Absent: the embedded store. */
  readonly mongodbUrl?: string;
  /** The folder of the embedded store's file; '' keeps everything in memory. */
  readonly dataDir: string;
  readonly synchronous?: 'FULL' | 'NORMAL';
}

/** Opens the store that is configured. Mongoose is loaded only where MongoDB is used: start-up and memory are a promise. */
export async function openStore({ mongodbUrl, dataDir, synchronous }: StoreSettings, log: Log): Promise<Store> {
  if (mongodbUrl !== undefined) {
    const { openMongoStore } = await import('./mongo/open.js');
    return openMongoStore(mongodbUrl, log);
  }
  const file = dataDir === '' ? ':memory:' : join(dataDir, 'parley.db');
  return openEmbeddedStore({ file, ...(synchronous ? { synchronous } : {}) }, log);
}
