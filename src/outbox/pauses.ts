import { LRUCache } from 'lru-cache';
import type { Clock, IsoTime } from '../contract/index.js';

/**
 * The pauses of effects that this host has put off, on the monotonic clock. The store has them on the wall clock, which somebody may set:
 * forwards, and a send would go out before its receipt could come; back, and it would wait for hours.
 */
export interface Pauses {
  note(pause: PausedEffect): void;
  /** Returns how long an effect still has to wait, in milliseconds; 0 if its pause is over or not known here. */
  left(effect: string): number;
  /** Ends a pause. */
  forget(effect: string): void;
  /** Returns the pauses that are over although the wall clock says otherwise, each one once. */
  overdue(): readonly PausedEffect[];
  /** How many pauses are kept. */
  readonly size: number;
}
export interface PausedEffect {
  readonly session: string;
  readonly effect: string;
  /** As the store has it. */
  readonly notBefore: IsoTime;
}
interface Pause extends PausedEffect {
  /** When it ends, on the monotonic clock. */
  readonly at: number;
}

/** Given to the cache as `maxSize`, because it would allocate memory for `max` entries at once. */
const MAX_PAUSES = 50_000;

export function createPauses(clock: Pick<Clock, 'now' | 'monotonic'>): Pauses {
  const pauses = new LRUCache<string, Pause>({ maxSize: MAX_PAUSES, sizeCalculation: () => 1 });
  return {
    get size() {
      return pauses.size;
    },
    note: (pause) =>
      void pauses.set(pause.effect, { ...pause, at: clock.monotonic() + Date.parse(pause.notBefore) - Date.parse(clock.now()) }),
    left: (effect) => Math.max(0, (pauses.peek(effect)?.at ?? 0) - clock.monotonic()),
    forget: (effect) => void pauses.delete(effect),
    overdue() {
      const [now, wall] = [clock.monotonic(), clock.now()];
      const over: Pause[] = [];
      for (const pause of pauses.rvalues()) if (pause && pause.at <= now) over.push(pause);
      for (const { effect } of over) pauses.delete(effect);
      return over.filter(({ notBefore }) => notBefore > wall);
    },
  };
}
