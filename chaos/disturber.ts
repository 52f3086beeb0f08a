import type { Host } from './hosts.js';
import type { Chance } from './random.js';

/** What happens to a host that goes on: it stands still, or somebody sets its clock and soon sets it right again. */
export type Disturbance = 'paused' | 'clock set';

const [MINUTE, HOUR, YEAR] = [60_000, 3_600_000, 365 * 86_400_000];
/** Not a year back: a wait that began then would rightly be over when the clock is right again. */
const STEPS = [MINUTE, -MINUTE, HOUR, -HOUR, YEAR];
/** Between two disturbances, how long a pause takes, and how long a clock is wrong; in milliseconds. */
const QUIET = [300, 2_500] as const;
const PAUSE = [50, 1_500] as const;
const WRONG = [50, 4_000] as const;

/**
 * Disturbs hosts one after another until it is over, and counts how often. Clocks are set where there is one host only: hosts that share
 * a store have to agree about the time.
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
