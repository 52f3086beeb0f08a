import type { Host } from './hosts.js';
import type { Model } from './model.js';
import type { Provider } from './provider.js';
import type { Chance } from './random.js';

/**
 * When a host is killed: while it starts, at any moment, when a provider has accepted a send and not responded yet, when a provider has
 * just revealed that two addresses belong to the same person, or when the language model is about to answer.
 */
export type Moment = 'while it started' | 'at any moment' | 'with a send at the provider' | 'with a merge' | 'with a call at the model';
const SHARES: readonly (readonly [Moment, number])[] = [
  ['while it started', 0.1],
  ['with a send at the provider', 0.35],
  ['with a merge', 0.5],
  ['with a call at the model', 0.65],
  ['at any moment', 1],
];
/** The minimum and maximum life of a host, from its start or from when it is ready, in milliseconds. */
const LIFE = {
  'while it started': [0, 500],
  'at any moment': [10, 900],
  'with a send at the provider': [10, 700],
  'with a merge': [10, 100],
  'with a call at the model': [10, 500],
} as const;
/** How long after the beginning of a merge the host is killed, in milliseconds. A merge takes several writes to the store. */
const MERGING = [0, 40] as const;
/** How long to wait for an event before killing the host anyway, in milliseconds: everybody may be waiting for a proof. */
const MAX_WAIT = 2_000;

/** Kills one host after another; each is restarted at once. Returns how often each moment was chosen. */
export async function killHosts(
  hosts: readonly Host[],
  how: {
    readonly kills: number;
    readonly chance: Chance;
    readonly provider: Provider;
    readonly model: Model;
    readonly isOver: () => boolean;
  },
): Promise<ReadonlyMap<Moment, number>> {
  const { kills, chance, provider, model, isOver } = how;
  const done = new Map<Moment, number>();
  for (let kill = 0; kill < kills && !isOver(); kill += 1) {
    const host = chance.oneOf(hosts);
    const drawn = chance.between(0, 1);
    const moment = SHARES.find(([, share]) => drawn < share)?.[0] ?? 'at any moment';
    if (moment !== 'while it started') await host.ready();
    const [min, max] = LIFE[moment];
    await pause(chance.between(min, max));
    if (moment === 'with a send at the provider') await killAt(host, provider.atNextSend);
    else if (moment === 'with a merge') await killAt(host, provider.atNextMerge, chance.between(...MERGING));
    else if (moment === 'with a call at the model') await killAt(host, model.atNextCall);
    else await host.kill();
    done.set(moment, (done.get(moment) ?? 0) + 1);
  }
  return done;
}

/** Kills a host `after` milliseconds from the next event of a kind, or if there is none for long. */
async function killAt(host: Host, atNext: (act: (() => void) | undefined) => void, after = 0): Promise<void> {
  let killed: Promise<void> | undefined;
  await new Promise<void>((go) => {
    const timer = setTimeout(go, MAX_WAIT);
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
