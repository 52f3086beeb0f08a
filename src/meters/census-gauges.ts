import type { Log } from '../contract/host/index.js';
import type { Clock } from '../contract/index.js';
import type { Census } from '../contract/store/index.js';
import type { Metrics } from './metrics.js';

/**
 * How long counts are used, in milliseconds, and in multiples of the time that counting took: so it never takes more than a fifth of the
 * time.
 */
const FRESH = 10_000;
const SHARE = 4;
/** How long a scrape waits for a count that is running, in milliseconds. Then it shows the counts before. */
const PATIENCE = 1_000;

/** Keeps the figures of the store, which are counted when somebody scrapes. While the store is away, there are none: old ones would mislead. */
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
  /** The clock by which counting is timed, in milliseconds. */
  readonly now?: () => number;
}): { refresh(): Promise<void> } {
  let counted: { readonly at: number; readonly until: number } | undefined;
  let counting: Promise<void> | undefined;

  async function refreshCounts(): Promise<void> {
    const began = now();
    try {
      const census = await count();
      const at = now();
      counted = { at, until: at + Math.max(FRESH, SHARE * (at - began)) };
      show(metrics, census, clock.now());
    } catch (error) {
      counted = undefined;
      clear(metrics);
      log.debug({ error: error instanceof Error ? error.message : String(error) }, 'counting sessions and sends failed');
    }
    counting = undefined;
  }

  return {
    async refresh() {
      if (!counted || now() >= counted.until) counting ??= refreshCounts();
      if (counting) await Promise.race([counting, pause(PATIENCE)]);
      if (counted) metrics.censusAge.set((now() - counted.at) / 1_000);
    },
  };
}

function show(metrics: Metrics, { sessions, outbox }: Census, at: string): void {
  clear(metrics);
  for (const status of ['idle', 'waiting'] as const) metrics.sessions.set({ status }, sessions[status]);
  for (const { channel, lane, depth, dueSince } of outbox) {
    metrics.outboxDepth.set({ channel, lane }, depth);
    metrics.outboxAge.set({ channel, lane }, Math.max(0, Date.parse(at) - Date.parse(dueSince)) / 1_000);
  }
}

function clear(metrics: Metrics): void {
  for (const gauge of [metrics.sessions, metrics.outboxDepth, metrics.outboxAge]) gauge.reset();
  metrics.censusAge.remove();
}

function pause(millis: number): Promise<void> {
  return new Promise((done) => setTimeout(done, millis).unref());
}
