import type { Registry as RegistryType } from 'prom-client';
import Counter from 'prom-client/lib/counter.js';
import Gauge from 'prom-client/lib/gauge.js';
import Histogram from 'prom-client/lib/histogram.js';
import Registry from 'prom-client/lib/registry.js';
import { processMetrics } from './process-metrics.js';

/** In seconds, 0.1 ms to 10 s: a decision is at the low end, a provider's answer at the high one. */
const TIMES = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** A wake is late by a timer's grain, or by as long as no host was there. */
const LATENESS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600];

export type Metrics = ReturnType<typeof createMetrics>;

/**
 * All figures of a host, in a registry of its own. Label values are bounded by what is configured, never by who writes: no ids of
 * people, no texts.
 */
export function createMetrics() {
  const registers: RegistryType[] = [new Registry()];
  const counter = <T extends string = never>(name: string, help: string, labelNames: readonly T[] = []) =>
    new Counter({ name, help, labelNames, registers });
  const gauge = <T extends string = never>(name: string, help: string, labelNames: readonly T[] = []) =>
    new Gauge({ name, help, labelNames, registers });
  const times = <T extends string = never>(name: string, help: string, labelNames: readonly T[] = [], buckets = TIMES) =>
    new Histogram({ name, help, labelNames, buckets, registers });
  return {
    registers,
    turns: counter(
      'parley_turns_total',
      'Turns by what came of them: the kind of the decision; bug where a decision threw; duplicate, moved, gone where there was nothing to do; away where the store was.',
      ['outcome'],
    ),
    conflicts: counter('parley_turn_conflicts_total', 'Decisions made again because another host was faster.'),
    decision: times('parley_turn_decision_seconds', 'From the loaded state to the decision.'),
    commit: times('parley_turn_commit_seconds', 'From the decision to its being stored.'),
    webhooks: counter(
      'parley_webhooks_total',
      'Deliveries of providers by the status of our answer; the channel is empty where there is none of that name.',
      ['channel', 'status'],
    ),
    webhookTime: times('parley_webhook_seconds', 'From a delivery to our answer, everything stored.'),
    requests: counter(
      'parley_api_requests_total',
      'Calls of the API by the pattern of their path, which is empty where no route was reached.',
      ['method', 'route', 'status'],
    ),
    sends: counter(
      'parley_sends_total',
      'Tries to send: sent; retry; put-off, not tried now (the pace, a held channel, a stop); failed for good; skipped, never to be tried (a closed window). With the code of the refusal.',
      ['channel', 'outcome', 'code'],
    ),
    sendTime: times(
      'parley_send_seconds',
      "A send that was tried, to the provider's answer; waiting for the provider's pace is part of it.",
      ['channel'],
    ),
    calls: counter('parley_calls_total', 'Services asked: ok or failed.', ['service', 'outcome']),
    callTime: times('parley_call_seconds', 'A service asked, with its tries and the pauses between them.', ['service']),
    wakesLate: times('parley_wakes_late_seconds', 'How late waits that had run out were taken up.', [], LATENESS),
    clockJumps: counter('parley_clock_jumps_total', 'How often the wall clock jumped by more than ten minutes.', []),
    outboxDepth: gauge(
      'parley_outbox_depth',
      'Sessions whose next send waits or is under way; of the store, the same on each of its hosts.',
      ['channel', 'lane'],
    ),
    outboxAge: gauge('parley_outbox_oldest_age_seconds', 'For how long the send that is longest due has been due; of the store.', [
      'channel',
      'lane',
    ]),
    sessions: gauge('parley_sessions', 'Sessions, waiting in a flow or idle; of the store.', ['status']),
    censusAge: gauge('parley_census_age_seconds', 'How old the figures of the store are.'),
  };
}

/** Everything as Prometheus reads it, the process's own figures too. */
export async function writeMetrics({ registers }: Metrics): Promise<{ readonly contentType: string; readonly text: string }> {
  const all = Registry.merge([...registers, processMetrics()]);
  return { contentType: all.contentType, text: await all.metrics() };
}

/** One of our own figures, for the documentation; those of the process differ from system to system. */
export interface DescribedMetric {
  readonly name: string;
  readonly type: string;
  readonly labels: readonly string[];
  readonly help: string;
}

export function describeMetrics(): readonly DescribedMetric[] {
  const all = createMetrics().registers.flatMap((one) => one.getMetricsAsArray());
  // The types leave out the names of the labels, which are there.
  return (all as unknown as readonly (Omit<DescribedMetric, 'labels'> & { readonly labelNames?: readonly string[] })[]).map(
    ({ name, type, help, labelNames = [] }) => ({ name, type, labels: labelNames.filter((one) => one !== 'le'), help }),
  );
}
