import { AsyncLocalStorage } from 'node:async_hooks';
import { type Attributes, type Context, ROOT_CONTEXT, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import { LRUCache } from 'lru-cache';
import type { Log } from '../contract/host/index.js';
import { effectSession, type FlowEvent } from '../contract/index.js';
import type { Claim } from '../contract/store/index.js';
import { logFailures } from './log-failures.js';
import type { MeasuredSend, MeasuredTurn } from './measured.js';
import { OpenDoor } from './span-door.js';
import type { SpanDoor, SpanOfCall, Spans } from './spans.js';
import { readTraceparent, writeTraceparent } from './trace-context.js';

/** Where spans are exported to. */
export interface SpanSettings {
  /** Spans are posted to `<endpoint>/v1/traces`. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly service: string;
  /** Which share of the traces that begin here is kept, 0 to 1. */
  readonly share: number;
}

/** Turns whose effects may still be performed. Their spans become children of the turn's. */
const MAX_TURNS = 10_000;
/** How long exporting the remaining spans may take when the host stops, in milliseconds. */
const STOPPING = 1_000;
/** Events that come in with a request. Others may occur while a request is handled, but do not belong to it. */
const IN_REQUESTS: ReadonlySet<FlowEvent['type']> = new Set([
  'message',
  'subscription',
  'start',
  'receipt',
  'command',
  'operator',
  'linked',
  'merge',
  'merged',
  'identities',
]);

/** Writes spans with OpenTelemetry, exported as OTLP/JSON. It registers nothing globally; the context is in an AsyncLocalStorage. */
export function openSpans(settings: SpanSettings, log: Log): Spans {
  const provider = openProvider(settings, log);
  const tracing: Tracing = {
    tracer: provider.getTracer('parley'),
    turns: new LRUCache<string, Context>({ max: MAX_TURNS }),
  };
  const { tracer } = tracing;
  const doors = new AsyncLocalStorage<OpenDoor>();
  const doorTo = (door: OpenDoor): SpanDoor => ({
    within: (work) => doors.run(door, work),
    answered: (status, route) => door.close(status, route),
  });
  return {
    webhook: (channel = '') =>
      doorTo(new OpenDoor(tracer, { name: 'webhook', attributes: { 'parley.channel': channel }, parent: undefined })),
    request(method, traceparent) {
      const parent = readTraceparent(traceparent);
      return doorTo(new OpenDoor(tracer, { name: method, attributes: { 'http.request.method': method }, parent }));
    },
    parentOf(event) {
      if (event.type === 'callResult') return turnOf(tracing, event.callId);
      return IN_REQUESTS.has(event.type) ? doors.getStore()?.context() : undefined;
    },
    turn: (measured, parent) => writeTurn(tracing, measured, parent as Context | undefined),
    send: (measured) => writeSend(tracing, measured),
    call: (claim) => beginCall(tracing, claim),
    async stop() {
      const late = new Promise<void>((done) => void setTimeout(done, STOPPING).unref());
      await Promise.race([provider.shutdown().catch(() => {}), late]);
    },
  };
}

interface Tracing {
  readonly tracer: Tracer;
  /** The contexts of turns whose effects may still be performed, by `<session>.<turn>`. */
  readonly turns: LRUCache<string, Context>;
}

function openProvider({ endpoint, headers, service, share }: SpanSettings, log: Log): TracerProvider {
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/(?<!\/)\/+$/, '')}/v1/traces`,
    headers: { ...headers },
    timeoutMillis: 5_000,
  });
  return new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: logFailures(exporter, log),
        scheduledDelayMillis: 1_000,
        maxQueueSize: 8_192,
        exportTimeoutMillis: 10_000,
      }),
    ],
  });
}

function writeTurn({ tracer, turns }: Tracing, measured: MeasuredTurn, parent: Context = ROOT_CONTEXT): void {
  const { session, outcome, began, ended, deciding, committing, decision } = measured;
  const span = tracer.startSpan('turn', { startTime: began, attributes: turnAttributes(measured) }, parent);
  if (outcome === 'away' || outcome === 'bug') span.setStatus({ code: SpanStatusCode.ERROR });
  const context = trace.setSpan(ROOT_CONTEXT, span);
  if (decision) {
    tracer.startSpan('decide', { startTime: deciding }, context).end(committing);
    tracer.startSpan('commit', { startTime: committing }, context).end(ended);
  }
  if (decision && decision.effects.length > 0) turns.set(`${session}.${decision.session.turn}`, context);
  span.end(ended);
}

function writeSend(tracing: Tracing, measured: MeasuredSend): void {
  const { id } = measured.claim.effect.effect;
  const options = { kind: SpanKind.CLIENT, startTime: measured.began, attributes: sendAttributes(measured) };
  const span = tracing.tracer.startSpan('send', options, turnOf(tracing, id));
  if (measured.outcome === 'failed') span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(measured.ended);
}

function beginCall(tracing: Tracing, { effect: { effect } }: Claim): SpanOfCall {
  const service = effect.body.kind === 'call' ? effect.body.service : '';
  const attributes = { ...effectAttributes(effect.id), 'parley.service': service };
  const span = tracing.tracer.startSpan('call', { kind: SpanKind.CLIENT, attributes }, turnOf(tracing, effect.id));
  return {
    traceparent: writeTraceparent(span),
    ended({ code, ended }) {
      if (code !== undefined) span.setAttribute('parley.code', code).setStatus({ code: SpanStatusCode.ERROR });
      span.end(ended);
    },
  };
}

/** Returns the context of the turn that has decided an effect. */
function turnOf({ turns }: Tracing, effect: string): Context {
  return turns.get(effect.slice(0, effect.lastIndexOf('.'))) ?? ROOT_CONTEXT;
}

function turnAttributes({ session, event, outcome, decision }: MeasuredTurn): Attributes {
  return {
    'parley.session': session,
    // The id of `identities` consists of addresses.
    ...(event.type === 'identities' ? {} : { 'parley.event': event.id }),
    'parley.event_type': event.type,
    'parley.outcome': outcome,
    ...(event.type === 'message' ? { 'parley.channel': event.message.channel, 'parley.message': event.message.id } : {}),
    ...(decision ? { 'parley.turn': decision.session.turn, 'parley.effects': decision.effects.map(({ id }) => id) } : {}),
  };
}

function sendAttributes({ claim, outcome, code, messages }: MeasuredSend): Attributes {
  const { id, body } = claim.effect.effect;
  return {
    ...effectAttributes(id),
    ...(body.kind === 'send' ? { 'parley.channel': body.channel } : {}),
    'parley.outcome': outcome,
    ...(code === '' ? {} : { 'parley.code': code }),
    ...(messages.length > 0 ? { 'parley.messages': [...messages] } : {}),
  };
}

function effectAttributes(id: string): Attributes {
  return { 'parley.session': effectSession(id), 'parley.turn': Number(id.split('.')[1]), 'parley.effect': id };
}
