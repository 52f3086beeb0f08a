import type { Effect } from '../contract/index.js';
import { type Queue, queueOf } from '../contract/store/index.js';
import type { InFlight } from './in-flight.js';
import type { OutboxWork } from './outbox-work.js';

/** The queues in which something may be due that there was no room for. It is taken from the store as soon as there is. */
export interface Backlog {
  /** Returns true if an effect may be claimed with its turn. If not, its queue belongs to the backlog from now on. */
  hasRoom(effect: Effect): boolean;
  /** Takes what is due in these queues while there is room. */
  take(queues: readonly Queue[]): Promise<void>;
  /** Call it when something has ended: there may be room. */
  ended(): void;
}

/** Replies come before calls, and calls before campaigns. */
const RANKS: readonly string[] = ['reply', 'call', 'campaign'];

export function createBacklog(work: OutboxWork, inFlight: InFlight): Backlog {
  const { room, log } = work;
  const waiting = new Set<Queue>();
  const taking = new Set<Queue>();

  /** Claims in batches. While the store looks, new turns may claim as well; if more is left than was taken, they wait again. */
  async function takeFrom(queue: Queue): Promise<void> {
    if (taking.has(queue)) return;
    taking.add(queue);
    try {
      while (waiting.has(queue) && room.free(queue) >= room.batch(queue) && !work.resting.signal.aborted) {
        const max = room.free(queue);
        waiting.delete(queue);
        const claims = await claimFrom(queue, max);
        for (const claim of claims) inFlight.begin(claim);
        if (claims.length === max) waiting.add(queue);
      }
    } finally {
      taking.delete(queue);
    }
  }

  async function claimFrom(queue: Queue, max: number) {
    try {
      return await work.store.sessions.claimMany(work.clock.now(), { queue, max, held: inFlight.held });
    } catch (error) {
      waiting.add(queue);
      throw error;
    }
  }

  async function takeAll(): Promise<void> {
    await Promise.all([...waiting].sort(byRank).map(takeFrom));
  }

  return {
    hasRoom(effect) {
      const queue = queueOf(effect);
      if (!work.resting.signal.aborted && !waiting.has(queue) && room.free(queue) > 0) return true;
      waiting.add(queue);
      return false;
    },
    take(queues) {
      for (const queue of queues) waiting.add(queue);
      return takeAll();
    },
    ended() {
      if (waiting.size === 0) return;
      // The next regular sweep tries again.
      takeAll().catch((error) => log.warn({ error: error instanceof Error ? error.message : String(error) }, 'nothing could be claimed'));
    },
  };
}

function byRank(one: Queue, other: Queue): number {
  return rankOf(one) - rankOf(other);
}

function rankOf(queue: Queue): number {
  return RANKS.indexOf(queue.split('|', 1)[0] ?? '');
}
