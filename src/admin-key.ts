import { randomBytes } from 'node:crypto';
import type { Store } from './contract/store/index.js';
import { hashOfKey } from './manage/find-caller.js';

/** The admin key of an installation. Only its hash is stored. */
export interface AdminKey {
  readonly hash: string;
  /** The key itself, if it was given or made by this start. */
  readonly known?: string;
  /** True if it was made by this start: nobody can see it again. */
  readonly isNew: boolean;
}

/** Returns the key in the settings, else the one that the first start has made. */
export async function openAdminKey({ meta }: Pick<Store, 'meta'>, given: string | undefined): Promise<AdminKey> {
  if (given !== undefined) return { hash: hashOfKey(given), known: given, isNew: false };
  const made = `pk_${randomBytes(24).toString('hex')}`;
  const hash = await meta.putIfAbsent('adminKeyHash', hashOfKey(made));
  return hash === hashOfKey(made) ? { hash, known: made, isNew: true } : { hash, isNew: false };
}
