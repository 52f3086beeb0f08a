import type { Registry as RegistryType } from 'prom-client';
import Counter from 'prom-client/lib/counter.js';
import Gauge from 'prom-client/lib/gauge.js';
import Histogram from 'prom-client/lib/histogram.js';
import Registry from 'prom-client/lib/registry.js';

/** In seconds, from 0.1 ms for a decision to 10 s for a provider's answer. */
const TIMES = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** In seconds. A wait is taken up late by a timer's resolution, or by the time for which no host was running. */
const LATENESS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600];

export type Metrics = ReturnType<typeof createMetrics>;

/** All metrics of a host, in a registry of its own. Labels have a bounded number of values: no ids of people, no texts. */
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
      'Turns by outcome: the kind of the decision; bug: the decision threw; duplicate, moved, gone: there was nothing to do; away: the store was.',
      ['outcome'],
    ),
    conflicts: counter('parley_turn_conflicts_total', 'Decisions made again because another host had changed the session.'),
    decision: times('parley_turn_decision_seconds', 'Time from the loaded state to the decision.'),
    commit: times('parley_turn_commit_seconds', 'Time from the decision until it was stored.'),
    webhooks: counter(
      'parley_webhooks_total',
      'Webhooks of providers by the status of the response; the channel is empty if there is none with that id.',
      ['channel', 'status'],
    ),
    webhookTime: times('parley_webhook_seconds', 'Time from a webhook to the response, when everything is stored.'),
    requests: counter('parley_api_requests_total', 'API calls by the pattern of their path, which is empty if there is no such route.', [
      'method',
      'route',
      'status',
    ]),
    sends: counter(
      'parley_sends_total',
      'Attempts to send: sent; retry; put-off: not attempted now (pace, held channel, stop); failed: given up; skipped: never attempted (closed window). code is the error code.',
      ['channel', 'outcome', 'code'],
    ),
    sendTime: times(
      'parley_send_seconds',
      "Time of an attempt to send, to the provider's answer, including the wait for the provider's pace.",
      ['channel'],
    ),
    calls: counter('parley_calls_total', 'Calls of services: ok or failed.', ['service', 'outcome']),
    callTime: times('parley_call_seconds', 'Time of a call of a service, including its retries and the pauses between them.', ['service']),
    modelTokens: counter('parley_model_tokens_total', 'Tokens that language models have read (input) and written (output), by flow.', [
      'flow',
      'direction',
    ]),
    modelCost: counter(
      'parley_model_cost_total',
      'Cost of answers of language models by flow, in the currency of the prices that their nodes have.',
      ['flow'],
    ),
    optOutWords: counter(
      'parley_opt_out_words_total',
      'STOP words, by which people opt out of a platform, and START words, by which they come back.',
      ['platform', 'word'],
    ),
    wakesLate: times('parley_wakes_late_seconds', 'Time between the end of a wait and its timeout.', [], LATENESS),
    clockJumps: counter('parley_clock_jumps_total', 'How often the wall clock jumped by more than ten minutes.', []),
    outboxDepth: gauge(
      'parley_outbox_depth',
      'Sessions whose next send is waiting or in flight. A figure of the store: the same on each of its hosts.',
      ['channel', 'lane'],
    ),
    outboxAge: gauge('parley_outbox_oldest_age_seconds', 'How long the oldest due send has been due. A figure of the store.', [
      'channel',
      'lane',
    ]),
    roomUsed: gauge(
      'parley_room_used',
      'Sends under way on this host, including those that wait for their place at the pace of the account.',
      ['channel', 'lane'],
    ),
    pace: gauge(
      'parley_pace_per_second',
      'Messages a second that the account is used for. Lower for a while after the provider has refused a send as one too many. Absent without a limit.',
      ['channel'],
    ),
    sessions: gauge('parley_sessions', 'Sessions that are waiting in a flow, or idle. A figure of the store.', ['status']),
    censusAge: gauge('parley_census_age_seconds', 'Age of the figures of the store.'),
    cached: gauge('parley_cached', 'How much each cache of the process holds. docs/internals.md has the maximum of each.', ['what']),
  };
}

/** Returns all metrics in the text format of Prometheus. Those of the process are loaded and begin with the first scrape. */
export async function writeMetrics({ registers }: Metrics): Promise<{ readonly contentType: string; readonly text: string }> {
  const { processMetrics } = await import('./process-metrics.js');
  const all = Registry.merge([...registers, processMetrics()]);
  return { contentType: all.contentType, text: await all.metrics() };
}

/** A metric for the documentation. Those of the process differ between systems and are left out. */
export interface DescribedMetric {
  readonly name: string;
  readonly type: string;
  readonly labels: readonly string[];
  readonly help: string;
}

export function describeMetrics(): readonly DescribedMetric[] {
  const all = createMetrics().registers.flatMap((one) => one.getMetricsAsArray());
  // The types of prom-client lack `labelNames`.
  return (all as unknown as readonly (Omit<DescribedMetric, 'labels'> & { readonly labelNames?: readonly string[] })[]).map(
    ({ name, type, help, labelNames = [] }) => ({ name, type, labels: labelNames.filter((one) => one !== 'le'), help }),
  );
}
