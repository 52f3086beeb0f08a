import type { Host } from './hosts.js';
import type { Provider } from './provider.js';
import type { Chance } from './random.js';

/**
 * When a host is killed: while it starts, at any moment, just when the provider has taken a send and not answered yet, or when it has just
 * told that two addresses are one person's.
 */
export type Moment = 'while it started' | 'at any moment' | 'with a send at the provider' | 'with a merge';
const SHARES: readonly (readonly [Moment, number])[] = [
  ['while it started', 0.1],
  ['with a send at the provider', 0.35],
  ['with a merge', 0.5],
  ['at any moment', 1],
];
/** How long a host lives at least and at most, from its start or from being ready, in milliseconds. */
const LIFE = {
  'while it started': [0, 500],
  'at any moment': [10, 900],
  'with a send at the provider': [10, 700],
  'with a merge': [10, 100],
} as const;
/** How long after a merge was told its host dies: it takes some writes to the store, in milliseconds. */
const MERGING = [0, 40] as const;
/** Nothing may happen for that long when everybody waits for a proof, in milliseconds. */
const NOTHING = 2_000;

/** Kills hosts one after another, each started again at once. Gives how many died when. */
export async function killHosts(
  hosts: readonly Host[],
  how: { readonly kills: number; readonly chance: Chance; readonly provider: Provider; readonly isOver: () => boolean },
): Promise<ReadonlyMap<Moment, number>> {
  const { kills, chance, provider, isOver } = how;
  const done = new Map<Moment, number>();
  for (let kill = 0; kill < kills && !isOver(); kill += 1) {
    const host = chance.oneOf(hosts);
    const drawn = chance.between(0, 1);
    const moment = SHARES.find(([, share]) => drawn < share)?.[0] ?? 'at any moment';
    if (moment !== 'while it started') await host.ready();
    const [least, most] = LIFE[moment];
    await pause(chance.between(least, most));
    if (moment === 'with a send at the provider') await killAt(host, provider.atNextSend);
    else if (moment === 'with a merge') await killAt(host, provider.atNextMerge, chance.between(...MERGING));
    else await host.kill();
    done.set(moment, (done.get(moment) ?? 0) + 1);
  }
  return done;
}

/** Kills a host at the next event of a kind, and so many milliseconds after it; or when there is none for long. */
async function killAt(host: Host, atNext: (act: (() => void) | undefined) => void, after = 0): Promise<void> {
  let killed: Promise<void> | undefined;
  await new Promise<void>((go) => {
    const timer = setTimeout(go, NOTHING);
    atNext(() => {
      killed = after === 0 ? host.kill() : pause(after).then(() => host.kill());
      clearTimeout(timer);
      go();
    });
  });
  atNext(undefined);
  await (killed ?? host.kill());
}

function pause(millis: number): Promise<void> {
  return new Promise((done) => setTimeout(done, millis));
}
