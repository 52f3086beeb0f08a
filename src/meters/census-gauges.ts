import type { Log } from '../contract/host/index.js';
import type { Clock } from '../contract/index.js';
import type { Census } from '../contract/store/index.js';
import type { Metrics } from './metrics.js';

/** Counts are good for so long, in milliseconds; and for so many times as long as the counting took, so that it never costs more than a share. */
const FRESH = 10_000;
const SHARE = 4;
/** A scrape waits so long for a counting that is under way, in milliseconds; then it shows the one before. */
const PATIENCE = 1_000;

/**
 * Figures of the store, counted when somebody looks. While the store is away there are none: an old figure would be a lie.
 */
export function createCensusGauges({
  metrics,
  count,
  clock,
  log,
  now = () => performance.now(),
}: {
  readonly metrics: Metrics;
  readonly count: () => Promise<Census>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  /** What the counting takes is measured by it, in milliseconds. */
  readonly now?: () => number;
}): { refresh(): Promise<void> } {
  let counted: { readonly at: number; readonly until: number } | undefined;
  let counting: Promise<void> | undefined;

  async function countAgain(): Promise<void> {
    const began = now();
    try {
      const census = await count();
      const at = now();
      counted = { at, until: at + Math.max(FRESH, SHARE * (at - began)) };
      show(metrics, census, clock.now());
    } catch (error) {
      counted = undefined;
      forget(metrics);
      log.debug({ error: error instanceof Error ? error.message : String(error) }, 'the store could not be counted');
    }
    counting = undefined;
  }

  return {
    async refresh() {
      if (!counted || now() >= counted.until) counting ??= countAgain();
      if (counting) await Promise.race([counting, pause(PATIENCE)]);
      if (counted) metrics.censusAge.set((now() - counted.at) / 1_000);
    },
  };
}

function show(metrics: Metrics, { sessions, outbox }: Census, at: string): void {
  forget(metrics);
  for (const status of ['idle', 'waiting'] as const) metrics.sessions.set({ status }, sessions[status]);
  for (const { channel, lane, depth, dueSince } of outbox) {
    metrics.outboxDepth.set({ channel, lane }, depth);
    metrics.outboxAge.set({ channel, lane }, Math.max(0, Date.parse(at) - Date.parse(dueSince)) / 1_000);
  }
}

function forget(metrics: Metrics): void {
  for (const gauge of [metrics.sessions, metrics.outboxDepth, metrics.outboxAge]) gauge.reset();
  metrics.censusAge.remove();
}

function pause(millis: number): Promise<void> {
  return new Promise((done) => setTimeout(done, millis).unref());
}
