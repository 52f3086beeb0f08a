import { mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Store, UserError } from '../contract/index.js';

const FOLDER = 'backup-fetched-';

/** A copy of the store, to be read once. */
export interface FetchedBackup {
  readonly size: number;
  readonly from: Readable;
}

/** Copies the store into `scratch` and opens the copy, which has no name from then on: it goes with this process, however that ends. */
export async function fetchBackup(backup: NonNullable<Store['backup']>, scratch: string): Promise<FetchedBackup> {
  const folder = await mkdtemp(join(scratch, FOLDER));
  try {
    const file = join(folder, 'parley.db');
    const copied = await backup(file);
    if (copied.kind === 'refused') throw new UserError(409, 'backup/refused', `There is no backup: ${copied.reason}.`);
    const handle = await open(file);
    const { size } = await handle.stat();
    return { size, from: handle.createReadStream() };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a process left that ended while it copied. For the start of whoever owns the data folder. */
export async function removeLeftCopies(scratch: string): Promise<void> {
  const left = (await readdir(scratch)).filter((name) => name.startsWith(FOLDER));
  await Promise.all(left.map((name) => rm(join(scratch, name), { recursive: true, force: true })));
}
