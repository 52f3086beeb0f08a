import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { Log } from '../contract/host/index.js';

/** Shortest time between two log lines, in milliseconds. */
const EVERY = 60_000;

/** Logs when spans cannot be exported, at most once a minute. OpenTelemetry itself drops them silently. */
export function logFailures(exporter: SpanExporter, log: Log): SpanExporter {
  let last = Number.NEGATIVE_INFINITY;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        if (result.error && performance.now() - last > EVERY) {
          last = performance.now();
          log.warn({ spans: spans.length, error: reasonOf(result.error) }, 'spans could not be exported');
        }
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
  };
}

/** Prefers the code, because messages of network errors name hosts. */
function reasonOf(error: Error & { readonly code?: unknown }): string {
  return typeof error.code === 'string' || typeof error.code === 'number' ? String(error.code) : error.message;
}
