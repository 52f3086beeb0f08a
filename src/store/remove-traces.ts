import type { Store } from '../contract/store/index.js';

/** Removes all that is left of forgotten sessions in the other stores, in case a crash or a late write left something. */
export async function removeTraces(
  stores: Pick<Store, 'contacts' | 'turns' | 'deliveries' | 'starts' | 'media'>,
  session: string,
): Promise<void> {
  const { contacts, turns, deliveries, starts, media } = stores;
  await Promise.all([contacts, turns, deliveries, starts, media].map((store) => store.forget(session)));
}
