import { existsSync } from 'node:fs';
import type { Log } from '../contract/host/index.js';
import type { IsoTime } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';
import { openEmbeddedStore } from './embedded/open.js';
import { dataFile } from './migrate-store.js';

export interface StoreSettings {
  /** Without it the embedded store is opened. */
  readonly mongodbUrl?: string;
  /** Folder of the embedded store's file; '' keeps everything in memory. */
  readonly dataDir: string;
  readonly synchronous?: 'FULL' | 'NORMAL';
  /** The time at which an earlier host counts as lost; by default the machine's time. */
  readonly now?: IsoTime;
}

/** Opens the configured store. Mongoose is loaded only for MongoDB: it would cost every other host memory and start-up time. */
export async function openStore({ mongodbUrl, dataDir, synchronous, now }: StoreSettings, log: Log): Promise<Store> {
  const file = dataDir === '' ? ':memory:' : dataFile(dataDir);
  if (mongodbUrl !== undefined) {
    if (existsSync(file))
      log.warn({ file }, 'this host uses MongoDB and ignores the data file: copy it with `parley migrate`, then move it away');
    const { openMongoStore } = await import('./mongo/open.js');
    return openMongoStore(mongodbUrl, log);
  }
  return openEmbeddedStore({ file, ...(synchronous ? { synchronous } : {}), ...(now === undefined ? {} : { now }) }, log);
}
