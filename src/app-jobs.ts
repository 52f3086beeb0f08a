import type { AppBase } from './app-base.js';
import type { AppTurns } from './app-turns.js';
import { type Clock, plusMillis } from './contract/index.js';
import { logDegraded } from './published/find-degraded.js';
import { keepRetention } from './store/keep-retention.js';
import { type Grace, wakeSessions } from './turn/wake-sessions.js';

/** How often each job looks for work that no timer has announced, in milliseconds. */
const EVERY = {
  degraded: 60_000,
  upgrade: 3_600_000,
  wakes: 1_000,
  effects: 1_000,
  media: 5_000,
  online: 500,
  retention: 3_600_000,
} as const;
/** How long after the start of a host retention is kept for the first time, in milliseconds: the start itself keeps it busy. */
const FIRST_RETENTION = 60_000;

export function startJobs({ config, store, clock, jobs, log, metering }: AppBase, turns: AppTurns): void {
  const { channels, programs, takeTurn, outbox, steadyFor } = turns;
  const { meters } = metering;
  const grace = graceFrom(clock, config.RESTART_GRACE_SECONDS);
  jobs.look('upgrade', EVERY.upgrade, (stopping) => upgradeStore({ store, jobs }, stopping));
  jobs.look('degraded', EVERY.degraded, () => logDegraded({ store, programs, log }));
  jobs.look('wakes', EVERY.wakes, (stopping) => wakeSessions({ store, takeTurn, clock, jobs, log, meters, steadyFor, grace }, stopping));
  jobs.look('effects', EVERY.effects, () => outbox.sweep());
  jobs.look('media', EVERY.media, (stopping) => turns.media.look(stopping));
  jobs.look('retention', EVERY.retention, (stopping) =>
    keepRetention({ store, clock, jobs, days: config.RETENTION_DAYS, steadyFor, stopping }),
  );
  jobs.look('online', EVERY.online, async () => {
    await Promise.all([channels.refresh(), programs.refresh()]);
  });
}

/** Looks for what an earlier process has left. */
export async function lookForLeftWork({ store, clock, jobs }: AppBase): Promise<void> {
  // All of a small store is moved before anything else is done.
  if (await store.upgrade()) jobs.soon('upgrade');
  jobs.soon('wakes');
  jobs.soon('effects');
  jobs.soon('media');
  // A host may not live for an hour.
  jobs.soon('retention', plusMillis(clock.now(), FIRST_RETENTION));
}

function graceFrom(clock: Clock, seconds: number): Grace {
  const end = clock.monotonic() + seconds * 1_000;
  return { before: clock.now(), left: () => end - clock.monotonic() };
}

/** Moves what an earlier release has stored to the form of today. A host of that release may still write. */
async function upgradeStore({ store, jobs }: Pick<AppBase, 'store' | 'jobs'>, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted && (await store.upgrade())) await new Promise((done) => void setImmediate(done));
  // What was due in the old form is found only now.
  jobs.soon('effects');
}
