import type { TurnOutcome } from '../contract/host/index.js';
import type { FlowEvent } from '../contract/index.js';
import type { Claim, Settlement } from '../contract/store/index.js';
import { finishMerge } from '../people/merge-contacts.js';
import type { OutboxWork } from './outbox-work.js';
import { stopped } from './put-off.js';
import { retryUntilLeaseEnds } from './retry-until-lease-ends.js';
import type { Work } from './time-left.js';

/** Settles an effect, and returns the claim of what is due next in its session. */
export function settle(work: OutboxWork, { claim, timeLeft }: Work, result: Settlement): Promise<Claim | undefined> {
  return retryUntilLeaseEnds(work, timeLeft, () => settleWhereItIs(work, claim, result));
}

/** Takes an event as a turn whose commit also settles the effect. */
export function settleByTurn(
  work: OutboxWork,
  { claim, timeLeft }: Work,
  how: { event: FlowEvent; result: Settlement },
): Promise<TurnOutcome> {
  const { event, result } = how;
  return retryUntilLeaseEnds(work, timeLeft, () => work.takeTurn(claim.session, event, { settles: { result, claim } }));
}

/** Returns an effect to the queue, because the host stops. */
export function giveBack(work: OutboxWork, claimed: Work): Promise<Claim | undefined> {
  return settle(work, claimed, stopped(claimed.claim.effect, work.clock));
}

/** If the session was merged into another one meanwhile, the effect went along, and is settled there. */
async function settleWhereItIs(work: OutboxWork, claim: Claim, result: Settlement): Promise<Claim | undefined> {
  let held = claim;
  for (;;) {
    const next = await work.store.sessions.settle(work.clock.now(), held, [result]);
    if (next !== 'moved') return next;
    held = { ...held, session: await finishMerge(work, held.session) };
  }
}
