import { mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Store } from '../contract/store/index.js';
import type { Caller } from './caller.js';
import type { Outcome } from './outcome.js';

export interface BackupParts {
  readonly store: Pick<Store, 'backup'>;
  /** A folder on the disk of the store; undefined if the store is not in a file. */
  readonly scratch: string | undefined;
}

/** A copy of the store, to be read once. */
export interface Backup {
  /** In bytes. */
  readonly size: number;
  readonly from: Readable;
}

const FOLDER = 'backup-fetched-';

/** Copies the embedded store while the host goes on. The copy has no name by the time it is read, so it goes with this process, however that ends. */
export async function copyStore({ store, scratch }: BackupParts, _caller: Caller): Promise<Outcome<Backup>> {
  if (!store.backup || scratch === undefined)
    return { refused: 'backup/not-embedded', detail: 'The host does not store its data in a file, so it has nothing to copy.' };
  const folder = await mkdtemp(join(scratch, FOLDER));
  try {
    const file = join(folder, 'parley.db');
    const copied = await store.backup(file);
    if (copied.kind === 'refused') return { refused: 'backup/refused', detail: `The store was not copied: ${copied.reason}.` };
    const handle = await open(file);
    const { size } = await handle.stat();
    return {
      done: { size, from: handle.createReadStream() },
      changed: { action: 'store.backup', target: 'store', after: { bytes: size } },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes copies that an earlier process left because it ended while it copied. To be called at the start, by the owner of the data folder. */
export async function removeLeftCopies(scratch: string): Promise<void> {
  const left = (await readdir(scratch)).filter((name) => name.startsWith(FOLDER));
  await Promise.all(left.map((name) => rm(join(scratch, name), { recursive: true, force: true })));
}
