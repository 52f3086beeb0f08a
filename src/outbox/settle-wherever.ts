import type { Claim, Clock, Settlement, Store } from '../contract/index.js';
import type { TakeTurn } from '../contract/take-turn.js';
import { finishMerge } from '../people/merge-contacts.js';

/** Settles an effect in the record where it is by now: of a session that was merged it has gone along to the other one. */
export async function settleWherever(
  parts: { readonly store: Store; readonly takeTurn: TakeTurn; readonly clock: Clock },
  claim: Claim,
  result: Settlement,
): Promise<Claim | undefined> {
  let held = claim;
  for (;;) {
    const next = await parts.store.sessions.settle(parts.clock.now(), held, [result]);
    if (next !== 'moved') return next;
    held = { ...held, session: await finishMerge(parts, held.session) };
  }
}
