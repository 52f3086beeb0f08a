import { type Claim, queueOf } from '../contract/store/index.js';
import type { OutboxWork } from './outbox-work.js';
import { performAndSettle } from './perform-and-settle.js';
import { timeLeftOf } from './time-left.js';

/** The effects that this host is performing. */
export interface InFlight {
  /** Performs a claimed effect, and then whatever is due next in its session. */
  begin(claim: Claim): void;
  /** The tokens of this host's own leases. They do not expire for it, whatever the wall clock says. */
  readonly held: ReadonlySet<string>;
  /** Resolves when nothing is in flight any more. */
  drained(): Promise<void>;
}

/** `ended` is called when an effect has left its room. */
export function createInFlight(work: OutboxWork, ended: () => void): InFlight {
  const held = new Set<string>();
  const sessions = new Set<Promise<void>>();

  function begin(claim: Claim): void {
    const own: Promise<void> = follow(claim).finally(() => sessions.delete(own));
    sessions.add(own);
  }

  async function follow(first: Claim): Promise<void> {
    for (let claim: Claim | undefined = first; claim; ) claim = await perform(claim);
  }

  /** Returns the claim of what is due next in the session. */
  async function perform(claim: Claim): Promise<Claim | undefined> {
    const { token, session } = claim;
    const queue = queueOf(claim.effect.effect);
    held.add(token);
    work.room.enter(queue);
    try {
      return await performAndSettle(work, { claim, timeLeft: timeLeftOf(claim, work.clock) });
    } catch (error) {
      // Its lease ends, and a sweep claims it again.
      work.log.warn({ session, error: error instanceof Error ? error.message : String(error) }, 'an effect could not be settled');
      return undefined;
    } finally {
      held.delete(token);
      work.room.leave(queue);
      ended();
    }
  }

  return {
    begin,
    held,
    async drained() {
      // What is in flight may begin more.
      while (sessions.size > 0) await Promise.all(sessions);
    },
  };
}
