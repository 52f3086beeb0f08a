import type { Channel, Clock } from '../contract/index.js';

/**
 * Channels whose sends are held back, because the provider has refused something that concerns all of them: a token, or the account for
 * hours. When a hold ends, one send tries, and the others wait for its outcome.
 */
export interface Holds {
  /** Returns how long sends of the channel are still held, in milliseconds. With 0 the caller sends, and reports the outcome here. */
  left(channel: HeldChannel): number;
  /**
   * Holds the channel. Returns false if the same effect was refused before while others were accepted since: then the effect itself is at
   * fault, and nothing is held.
   */
  refused(channel: HeldChannel, refusal: Refusal): boolean;
  /** Ends the hold: a send of the channel was accepted. */
  accepted(channel: HeldChannel): void;
}
/** A change of the channel ends its hold. */
export type HeldChannel = Pick<Channel, 'id' | 'updatedAt'>;
export interface Refusal {
  readonly effect: string;
  /** How long to hold, in milliseconds. */
  readonly millis: number;
}

/** How long the send that tries may take before another one tries, in milliseconds. */
const TRYING = 30_000;
const MAX_REFUSED = 1_000;

interface Hold {
  readonly updatedAt: string;
  until: number;
  isOn: boolean;
  /** Effects that were refused during this hold. */
  refused: Set<string>;
  /** Effects that were refused during the hold before, after which another send was accepted. */
  suspects: Set<string>;
}

export function createHolds(clock: Pick<Clock, 'monotonic'>): Holds {
  const holds = new Map<string, Hold>();

  function holdOf({ id, updatedAt }: HeldChannel): Hold | undefined {
    const hold = holds.get(id);
    return hold?.updatedAt === updatedAt ? hold : undefined;
  }

  return {
    left(channel) {
      const hold = holdOf(channel);
      if (!hold?.isOn) return 0;
      const left = hold.until - clock.monotonic();
      if (left > 0) return left;
      hold.until = clock.monotonic() + TRYING;
      return 0;
    },
    refused(channel, { effect, millis }) {
      const hold = holdOf(channel) ?? { updatedAt: channel.updatedAt, until: 0, isOn: false, refused: new Set(), suspects: new Set() };
      holds.set(channel.id, hold);
      if (hold.suspects.delete(effect)) return false;
      hold.isOn = true;
      hold.until = clock.monotonic() + millis;
      if (hold.refused.size < MAX_REFUSED) hold.refused.add(effect);
      return true;
    },
    accepted(channel) {
      const hold = holdOf(channel);
      if (!hold?.isOn) return;
      hold.isOn = false;
      hold.suspects = hold.refused;
      hold.refused = new Set();
    },
  };
}
