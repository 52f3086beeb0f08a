import type { Clock, IsoTime } from '../contract/index.js';

/**
 * The pauses of what this host has put off, by the clock that never goes back. The store keeps when they end by the wall clock, which
 * somebody may set: forwards, and a send would go out before its receipt had time to come; back, and it would wait for hours.
 */
export interface Pauses {
  note(pause: PausedEffect): void;
  /** How long an effect has still to wait, in milliseconds; 0 where its pause is over, or not known here. */
  left(effect: string): number;
  /** It need not wait any longer. */
  forget(effect: string): void;
  /** Those that are over, although the wall clock says later; each once. */
  overdue(): Iterable<PausedEffect>;
}
export interface PausedEffect {
  readonly session: string;
  readonly effect: string;
  /** As the store has it. */
  readonly notBefore: IsoTime;
}

const MOST_REMEMBERED = 50_000;

export function createPauses(clock: Pick<Clock, 'now' | 'monotonic'>): Pauses {
  const pauses = new Map<string, PausedEffect & { readonly at: number }>();
  return {
    note(pause) {
      pauses.delete(pause.effect);
      const [oldest] = pauses.size >= MOST_REMEMBERED ? pauses.keys() : [];
      if (oldest !== undefined) pauses.delete(oldest);
      pauses.set(pause.effect, { ...pause, at: clock.monotonic() + Date.parse(pause.notBefore) - Date.parse(clock.now()) });
    },
    left(effect) {
      return Math.max(0, (pauses.get(effect)?.at ?? 0) - clock.monotonic());
    },
    forget: (effect) => void pauses.delete(effect),
    *overdue() {
      const [now, wall] = [clock.monotonic(), clock.now()];
      for (const { at, ...pause } of pauses.values()) {
        if (at > now) continue;
        pauses.delete(pause.effect);
        if (pause.notBefore > wall) yield pause;
      }
    },
  };
}
