import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { Log } from '../contract/host/index.js';

/** A receiver that is away is told of at most so often, in milliseconds. */
const EVERY = 60_000;

/** Says in the log when spans do not arrive; OpenTelemetry itself keeps silent. They are lost, and nothing else is held up. */
export function complaining(exporter: SpanExporter, log: Log): SpanExporter {
  let last = Number.NEGATIVE_INFINITY;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        if (result.error && performance.now() - last > EVERY) {
          last = performance.now();
          log.warn({ spans: spans.length, error: wordsOf(result.error) }, 'spans do not arrive where they are sent');
        }
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
  };
}

/** The code, as messages of the network name hosts. */
function wordsOf(error: Error & { readonly code?: unknown }): string {
  return typeof error.code === 'string' || typeof error.code === 'number' ? String(error.code) : error.message;
}
