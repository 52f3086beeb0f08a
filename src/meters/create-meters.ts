import type { CallMeter, Decision, Door, Meters, SendMeter, TurnMeter } from '../contract/host/index.js';
import type { ChannelId, FlowEvent, SendError } from '../contract/index.js';
import type { Claim, Settlement } from '../contract/store/index.js';
import type { Listener, MeasuredCall, MeasuredSend, MeasuredTurn } from './measured.js';
import type { SpanDoor, Spans } from './spans.js';

/** Creates the meters of a host. They take the times, and pass each turn, send, call and request on when it has ended. */
export function createMeters(listeners: readonly Listener[], spans?: Spans): Meters {
  const report: Report = (to) => {
    for (const listener of listeners) to(listener);
  };
  return {
    webhook: (channel) => webhookDoor(report, channel, spans?.webhook(channel)),
    request: (method, traceparent) => requestDoor(report, method, spans?.request(method, traceparent)),
    turn: (session, event) => turnMeter(report, { session, event }, spans),
    send: (claim) => sendMeter(report, claim, spans),
    call: (claim) => callMeter(report, claim, spans),
    wake: (lateMillis) => report((listener) => listener.wake(lateMillis)),
    clockJump: () => report((listener) => listener.clockJump()),
  };
}

/** Calls every listener. */
type Report = (to: (listener: Listener) => void) => void;

function webhookDoor(report: Report, channel: ChannelId | undefined, span: SpanDoor | undefined): Door {
  const began = performance.now();
  return {
    within: (work) => (span ? span.within(work) : work()),
    answered(status) {
      span?.answered(status);
      const measured = { began, ended: performance.now(), status, ...(channel === undefined ? {} : { channel }) };
      report((listener) => listener.webhook(measured));
    },
  };
}

function requestDoor(report: Report, method: string, span: SpanDoor | undefined): Door {
  const began = performance.now();
  return {
    within: (work) => (span ? span.within(work) : work()),
    answered(status, route = '') {
      span?.answered(status, route);
      const measured = { began, ended: performance.now(), method, status, route };
      report((listener) => listener.request(measured));
    },
  };
}

function turnMeter(report: Report, { session, event }: { readonly session: string; readonly event: FlowEvent }, spans?: Spans): TurnMeter {
  const began = performance.now();
  // Read now: when the turn is taken, other requests may be in between.
  const parent = spans?.parentOf(event);
  let deciding = 0;
  let committing = 0;
  let conflicts = 0;
  // Written out instead of spread, which would cost more than everything else here.
  const over = (outcome: string, decision?: Decision, isUnlogged = false) => {
    const measured: MeasuredTurn = {
      session,
      event,
      outcome,
      decision,
      isUnlogged,
      began,
      deciding,
      committing,
      conflicts,
      ended: performance.now(),
    };
    spans?.turn(measured, parent);
    report((listener) => listener.turn(measured));
  };
  return {
    deciding() {
      deciding = performance.now();
    },
    committing() {
      committing = performance.now();
    },
    conflicted() {
      conflicts += 1;
    },
    taken: (decision, isUnlogged) => over(decision.bug === undefined ? decision.decision.kind : 'bug', decision, isUnlogged),
    ended: (outcome) => over(outcome),
  };
}

function sendMeter(report: Report, claim: Claim, spans: Spans | undefined): SendMeter {
  const began = performance.now();
  let error: SendError | undefined;
  return {
    refused(reason) {
      error = reason;
    },
    ended(result) {
      const measured: MeasuredSend = { claim, began, ended: performance.now(), ...outcomeOf(result, error) };
      spans?.send(measured);
      report((listener) => listener.send(measured));
    },
  };
}

function outcomeOf(result: Settlement, error: SendError | undefined): Pick<MeasuredSend, 'outcome' | 'code' | 'messages'> {
  if (result.outcome === 'done') return { outcome: 'sent', code: '', messages: result.receipt?.providerIds ?? [] };
  if (result.outcome === 'dead') return { outcome: 'failed', code: result.error.code, messages: [] };
  if (result.outcome === 'skipped') return { outcome: 'skipped', code: result.error.code, messages: [] };
  return { outcome: result.untried ? 'put-off' : 'retry', code: error?.code ?? '', messages: result.providerIds };
}

function callMeter(report: Report, claim: Claim, spans: Spans | undefined): CallMeter {
  const began = performance.now();
  const span = spans?.call(claim);
  return {
    ...(span ? { traceparent: span.traceparent } : {}),
    ended(code) {
      const measured: MeasuredCall = { claim, began, ended: performance.now(), ...(code === undefined ? {} : { code }) };
      span?.ended(measured);
      report((listener) => listener.call(measured));
    },
  };
}
