import type { Host } from './hosts.js';
import type { Chance } from './random.js';

/** What happens to a running host: it is paused, or its clock is set wrong and soon corrected. */
export type Disturbance = 'paused' | 'clock set';

const [MINUTE, HOUR, YEAR] = [60_000, 3_600_000, 365 * 86_400_000];
/** Not a year back: a wait that begins then would rightly be over when the clock is corrected. */
const STEPS = [MINUTE, -MINUTE, HOUR, -HOUR, YEAR];
/** The time between two disturbances, in milliseconds. */
const QUIET = [300, 2_500] as const;
/** The length of a pause, in milliseconds. */
const PAUSE = [50, 1_500] as const;
/** How long a clock is wrong, in milliseconds. */
const WRONG = [50, 4_000] as const;

/**
 * Disturbs one host after another until `isOver`. Clocks are only set if there is a single host: hosts that share a store must have the same
 * time.
 *
 * @returns how often each disturbance happened.
 */
export async function disturbHosts(
  hosts: readonly Host[],
  { chance, isOver }: { readonly chance: Chance; readonly isOver: () => boolean },
): Promise<ReadonlyMap<Disturbance, number>> {
  const done = new Map<Disturbance, number>();
  while (!isOver()) {
    await pause(chance.between(...QUIET));
    const host = chance.oneOf(hosts);
    const what: Disturbance = hosts.length === 1 && chance.happens(0.6) ? 'clock set' : 'paused';
    if (what === 'paused') await host.pause(chance.between(...PAUSE));
    else {
      host.setClock(chance.oneOf(STEPS));
      await pause(chance.between(...WRONG));
      host.setClock(0);
    }
    done.set(what, (done.get(what) ?? 0) + 1);
  }
  return done;
}

function pause(millis: number): Promise<void> {
  return new Promise((done) => setTimeout(done, millis));
}
