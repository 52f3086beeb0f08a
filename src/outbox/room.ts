import { isCallQueue, type Queue, readQueue } from '../contract/store/index.js';
import type { ChannelBook } from '../published/channel-book.js';
import { type Pacing, paceOf } from './pacing.js';

/**
 * Counts what is under way in each queue. What there is no room for stays in the store, so that a burst takes no memory here. A few more
 * than there is room for do no harm.
 */
export interface Room {
  enter(queue: Queue): void;
  leave(queue: Queue): void;
  /** Returns how many effects of the queue may begin. */
  free(queue: Queue): number;
  /** Returns how many have to be free before more are taken from the store: one, or a quarter of the room of a campaign. */
  batch(queue: Queue): number;
  /** Returns how much is under way in each queue. */
  used(): ReadonlyMap<Queue, number>;
}

/** Room for calls, altogether and of one service. */
const CALLS = 256;
const CALLS_OF_SERVICE = 64;
/**
 * Room for the sends of a channel: the replies of two seconds, and the campaign sends of one second. Each may take a connection to the
 * provider.
 */
const REPLIES = { seconds: 2, min: 100, max: 512 } as const;
const CAMPAIGN = { seconds: 1, min: 20, max: 512 } as const;
/** Messages a second of a channel without a pace. Such a provider answers at once, so more at a time would only delay other work. */
const NO_PACE = 50;
/** A campaign takes more when this share of its room is free. */
const CAMPAIGN_BATCH = 0.25;

export interface RoomParts {
  readonly channels: Pick<ChannelBook, 'get'>;
  readonly pacing: Pick<Pacing, 'perSecond'>;
}

export function createRoom({ channels, pacing }: RoomParts): Room {
  const used = new Map<Queue, number>();
  let calls = 0;

  function sizeOf(queue: Queue): number {
    const place = readQueue(queue);
    if ('service' in place) return CALLS_OF_SERVICE;
    const { channel, lane } = place;
    const known = channels.get(channel);
    const { seconds, min, max } = lane === 'reply' ? REPLIES : CAMPAIGN;
    const perSecond = (known && pacing.perSecond(channel, paceOf(known))) ?? NO_PACE;
    return Math.round(Math.min(max, Math.max(min, seconds * perSecond)));
  }

  function count(queue: Queue, change: 1 | -1): void {
    const now = (used.get(queue) ?? 0) + change;
    if (now > 0) used.set(queue, now);
    else used.delete(queue);
    if (isCallQueue(queue)) calls += change;
  }

  return {
    enter: (queue) => count(queue, 1),
    leave: (queue) => count(queue, -1),
    free(queue) {
      const own = sizeOf(queue) - (used.get(queue) ?? 0);
      return Math.max(0, isCallQueue(queue) ? Math.min(own, CALLS - calls) : own);
    },
    batch: (queue) => (queue.startsWith('campaign|') ? Math.ceil(sizeOf(queue) * CAMPAIGN_BATCH) : 1),
    used: () => used,
  };
}
