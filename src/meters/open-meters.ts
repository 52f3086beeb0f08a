import { type Log, type Meters, silentMeters } from '../contract/host/index.js';
import type { Clock } from '../contract/index.js';
import type { Census } from '../contract/store/index.js';
import { createLogLines } from './log-lines.js';
import type { Listener } from './measured.js';

export interface MeterSettings {
  /** False: no figures are kept. */
  readonly figures: boolean;
  /** Log lines of each turn, send and call, with or without what was written. */
  readonly lines?: { readonly texts: boolean };
  /** Where spans go, by OTLP over HTTP; absent: nowhere. */
  readonly spans?: SpanSettings;
}
export interface SpanSettings {
  /** Spans are posted to `<endpoint>/v1/traces`. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly service: string;
  /** Of the traces that begin here, 0 to 1. */
  readonly share: number;
}

interface MeterParts {
  /** Asks the store how much there is. */
  readonly count: () => Promise<Census>;
  readonly clock: Clock;
  readonly log: Log;
}
export interface OpenedMeters {
  readonly meters: Meters;
  /** What /metrics shows; absent where no figures are kept. */
  readonly show?: ShowMetrics;
  /** Sends the spans that are left, for a second at most. */
  stop(): Promise<void>;
}
export type ShowMetrics = () => Promise<{ readonly contentType: string; readonly text: string }>;

/** Opens what is configured, and loads nothing else: start-up and memory are a promise. */
export async function openMeters(settings: MeterSettings, parts: MeterParts): Promise<OpenedMeters> {
  const figures = settings.figures ? await openFigures(parts) : undefined;
  const spans = settings.spans ? (await import('./open-spans.js')).openSpans(settings.spans, parts.log) : undefined;
  const lines = settings.lines && createLogLines(parts.log, settings.lines);
  const listeners: readonly Listener[] = [...(figures ? [figures.listener] : []), ...(lines ? [lines] : [])];
  const { createMeters } = await import('./create-meters.js');
  return {
    meters: listeners.length > 0 || spans ? createMeters(listeners, spans) : silentMeters,
    ...(figures ? { show: figures.show } : {}),
    stop: async () => spans?.stop(),
  };
}

async function openFigures(parts: MeterParts): Promise<{ readonly listener: Listener; readonly show: ShowMetrics }> {
  const [{ createMetrics, writeMetrics }, { createFigures }, { createCensusGauges }] = await Promise.all([
    import('./metrics.js'),
    import('./figures.js'),
    import('./census-gauges.js'),
  ]);
  const metrics = createMetrics();
  const census = createCensusGauges({ metrics, ...parts });
  return {
    listener: createFigures(metrics),
    async show() {
      await census.refresh();
      return writeMetrics(metrics);
    },
  };
}
