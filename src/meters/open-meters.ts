import { type Log, type Meters, type OutboxUse, silentMeters } from '../contract/host/index.js';
import type { Clock } from '../contract/index.js';
import type { Census } from '../contract/store/index.js';
import { createLogLines } from './log-lines.js';
import type { Listener } from './measured.js';
import type { SpanSettings } from './open-spans.js';

export interface MeterSettings {
  /** Whether metrics are kept. */
  readonly figures: boolean;
  /** Logs a line for each turn, send and call, with or without texts. */
  readonly lines?: { readonly texts: boolean };
  /** Where spans are exported to. Default: nowhere. */
  readonly spans?: SpanSettings;
}

interface MeterParts {
  /** Counts the sessions and waiting sends of the store. */
  readonly count: () => Promise<Census>;
  readonly clock: Clock;
  readonly log: Log;
}
export interface OpenedMeters {
  readonly meters: Meters;
  /** Returns the response of /metrics. Absent if no metrics are kept. */
  readonly show?: ShowMetrics;
  /** Shows in /metrics how much caches hold. `counts` is called for each scrape. */
  watch(counts: CacheCounts): void;
  /** Exports the remaining spans, for a second at most. */
  stop(): Promise<void>;
}
/** Returns how many entries caches hold, by the cache's name. */
export type CacheCounts = () => Readonly<Record<string, number>>;
export type ShowMetrics = (outbox: OutboxUse) => Promise<{ readonly contentType: string; readonly text: string }>;

/** Opens what is configured. It loads nothing else, as that would cost memory and start-up time. */
export async function openMeters(settings: MeterSettings, parts: MeterParts): Promise<OpenedMeters> {
  const caches: CacheCounts[] = [];
  const figures = settings.figures ? await openFigures(parts, caches) : undefined;
  const spans = settings.spans ? (await import('./open-spans.js')).openSpans(settings.spans, parts.log) : undefined;
  const lines = settings.lines && createLogLines(parts.log, settings.lines);
  const listeners: readonly Listener[] = [...(figures ? [figures.listener] : []), ...(lines ? [lines] : [])];
  const isHeard = listeners.length > 0 || spans !== undefined;
  return {
    meters: isHeard ? (await import('./create-meters.js')).createMeters(listeners, spans) : silentMeters,
    ...(figures ? { show: figures.show } : {}),
    watch: (counts) => void caches.push(counts),
    stop: async () => spans?.stop(),
  };
}

async function openFigures(
  parts: MeterParts,
  caches: readonly CacheCounts[],
): Promise<{ readonly listener: Listener; readonly show: ShowMetrics }> {
  const [{ createMetrics, writeMetrics }, { createFigures }, { createCensusGauges }, { showOutbox }] = await Promise.all([
    import('./metrics.js'),
    import('./figures.js'),
    import('./census-gauges.js'),
    import('./outbox-gauges.js'),
  ]);
  const metrics = createMetrics();
  const census = createCensusGauges({ metrics, ...parts });
  return {
    listener: createFigures(metrics),
    async show(outbox) {
      await census.refresh();
      showOutbox(metrics, outbox);
      for (const counts of caches) for (const [what, count] of Object.entries(counts())) metrics.cached.set({ what }, count);
      return writeMetrics(metrics);
    },
  };
}
