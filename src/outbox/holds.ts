import type { Channel, Clock } from '../contract/index.js';

/**
 * Channels whose sends are held back, because the provider has refused something that no single message can mend: a token, or the account
 * for hours. When a hold has run out, one send tries, and the others wait for what becomes of it.
 */
export interface Holds {
  /** How long sends of the channel are still held, in milliseconds. With 0 the caller tries, and is expected to tell what came of it. */
  left(channel: HeldChannel): number;
  /** The channel is held from now on. False where others were taken since the same effect was refused: then it is the effect's own fault. */
  refused(channel: HeldChannel, refusal: Refusal): boolean;
  /** A send was taken: nothing of the channel is held any more. */
  taken(channel: HeldChannel): void;
}
/** A change of the channel by somebody ends its hold. */
export type HeldChannel = Pick<Channel, 'id' | 'updatedAt'>;
export interface Refusal {
  readonly effect: string;
  /** How long to hold, in milliseconds. */
  readonly millis: number;
}

/** The one that tries has so long until another one does, in milliseconds. */
const TRYING = 30_000;
const MOST_REMEMBERED = 1_000;

interface Hold {
  readonly updatedAt: string;
  until: number;
  isOn: boolean;
  /** Refused while the channel was held. */
  refused: Set<string>;
  /** Refused before another send was taken. */
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
      if (hold.refused.size < MOST_REMEMBERED) hold.refused.add(effect);
      return true;
    },
    taken(channel) {
      const hold = holdOf(channel);
      if (!hold?.isOn) return;
      hold.isOn = false;
      hold.suspects = hold.refused;
      hold.refused = new Set();
    },
  };
}
