import type { Claim } from '../contract/store/index.js';
import type { OutboxWork } from './outbox-work.js';
import { performAndSettle } from './perform-and-settle.js';
import { timeLeftOf } from './time-left.js';

/** The effects that this host is performing. */
export interface InFlight {
  /** Performs a claimed effect, and then whatever is due next in its session. */
  begin(claim: Claim): void;
  /** The tokens of this host's own leases. They do not expire for it, whatever the wall clock says. */
  readonly held: ReadonlySet<string>;
  /** Returns true if a sweep must not begin more. Another sweep follows as soon as half of it is done. */
  isFull(): boolean;
  /** Resolves when nothing is in flight any more. */
  drained(): Promise<void>;
}

/** Most sessions whose effects a sweep keeps in flight at once. */
const MAX_IN_FLIGHT = 256;

export function createInFlight(work: OutboxWork): InFlight {
  const held = new Set<string>();
  const sessions = new Set<Promise<void>>();
  let isMoreDue = false;

  function begin(claim: Claim): void {
    const own: Promise<void> = follow(claim).finally(() => {
      sessions.delete(own);
      if (!isMoreDue || work.resting.signal.aborted || sessions.size > MAX_IN_FLIGHT / 2) return;
      isMoreDue = false;
      work.jobs.soon('effects');
    });
    sessions.add(own);
  }

  async function follow(first: Claim): Promise<void> {
    let claim: Claim | undefined = first;
    while (claim) {
      const { token } = claim;
      held.add(token);
      try {
        claim = await performAndSettle(work, { claim, timeLeft: timeLeftOf(claim, work.clock) });
      } catch (error) {
        // Its lease ends, and a sweep claims it again.
        work.log.warn(
          { session: first.session, error: error instanceof Error ? error.message : String(error) },
          'an effect could not be settled',
        );
        return;
      } finally {
        held.delete(token);
      }
    }
  }

  return {
    begin,
    held,
    isFull() {
      isMoreDue = sessions.size >= MAX_IN_FLIGHT;
      return isMoreDue;
    },
    async drained() {
      // What is in flight may begin more.
      while (sessions.size > 0) await Promise.all(sessions);
    },
  };
}
