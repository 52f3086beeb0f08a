import { existsSync } from 'node:fs';
import type { IsoTime, Log, Store } from '../contract/index.js';
import { openEmbeddedStore } from './embedded/open.js';
import { dataFile } from './migrate-store.js';

export interface StoreSettings {
  /** Absent: the embedded store. */
  readonly mongodbUrl?: string;
  /** The folder of the embedded store's file; '' keeps everything in memory. */
  readonly dataDir: string;
  readonly synchronous?: 'FULL' | 'NORMAL';
  /** The time of the start, for what an earlier host has left; the machine's when absent. */
  readonly now?: IsoTime;
}

/** Opens the store that is configured. Mongoose is loaded only where MongoDB is used: start-up and memory are a promise. */
export async function openStore({ mongodbUrl, dataDir, synchronous, now }: StoreSettings, log: Log): Promise<Store> {
  const file = dataDir === '' ? ':memory:' : dataFile(dataDir);
  if (mongodbUrl !== undefined) {
    if (existsSync(file))
      log.warn({ file }, 'this host uses MongoDB and does not read the data file; `parley migrate` copies it, then move it away');
    const { openMongoStore } = await import('./mongo/open.js');
    return openMongoStore(mongodbUrl, log);
  }
  return openEmbeddedStore({ file, ...(synchronous ? { synchronous } : {}), ...(now === undefined ? {} : { now }) }, log);
}
