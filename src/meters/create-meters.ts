import type { CallMeter, Decision, Door, Meters, SendMeter, TurnMeter } from '../contract/host/index.js';
import type { ChannelId, FlowEvent, SendError } from '../contract/index.js';
import type { Claim, Settlement } from '../contract/store/index.js';
import type { Listener, MeasuredCall, MeasuredSend, MeasuredTurn } from './measured.js';
import type { SpanDoor, Spans } from './spans.js';

/** Takes the times of what the parts tell, and hands each thing on when it is over. */
export function createMeters(listeners: readonly Listener[], spans?: Spans): Meters {
  const tell: Tell = (what) => {
    for (const listener of listeners) what(listener);
  };
  return {
    webhook: (channel) => webhookDoor(tell, channel, spans?.webhook(channel)),
    request: (method, traceparent) => requestDoor(tell, method, spans?.request(method, traceparent)),
    turn: (session, event) => turnMeter(tell, { session, event }, spans),
    send: (claim) => sendMeter(tell, claim, spans),
    call: (claim) => callMeter(tell, claim, spans),
    wake: (lateMillis) => tell((listener) => listener.wake(lateMillis)),
    clockJump: () => tell((listener) => listener.clockJump()),
  };
}

type Tell = (what: (listener: Listener) => void) => void;

function webhookDoor(tell: Tell, channel: ChannelId | undefined, span: SpanDoor | undefined): Door {
  const began = performance.now();
  return {
    within: (work) => (span ? span.within(work) : work()),
    answered(status) {
      span?.answered(status);
      const measured = { began, ended: performance.now(), status, ...(channel === undefined ? {} : { channel }) };
      tell((listener) => listener.webhook(measured));
    },
  };
}

function requestDoor(tell: Tell, method: string, span: SpanDoor | undefined): Door {
  const began = performance.now();
  return {
    within: (work) => (span ? span.within(work) : work()),
    answered(status, route = '') {
      span?.answered(status, route);
      const measured = { began, ended: performance.now(), method, status, route };
      tell((listener) => listener.request(measured));
    },
  };
}

function turnMeter(tell: Tell, { session, event }: { readonly session: string; readonly event: FlowEvent }, spans?: Spans): TurnMeter {
  const began = performance.now();
  // Asked for now: where the turn is taken, others may be in between.
  const parent = spans?.parentOf(event);
  let deciding = 0;
  let committing = 0;
  let conflicts = 0;
  // Written out, as copies cost more than all the rest here.
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
    tell((listener) => listener.turn(measured));
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

function sendMeter(tell: Tell, claim: Claim, spans: Spans | undefined): SendMeter {
  const began = performance.now();
  let error: SendError | undefined;
  return {
    refused(why) {
      error = why;
    },
    ended(result) {
      const measured: MeasuredSend = { claim, began, ended: performance.now(), ...whatBecame(result, error) };
      spans?.send(measured);
      tell((listener) => listener.send(measured));
    },
  };
}

function whatBecame(result: Settlement, error: SendError | undefined): Pick<MeasuredSend, 'outcome' | 'code' | 'messages'> {
  if (result.outcome === 'done') return { outcome: 'sent', code: '', messages: result.receipt?.providerIds ?? [] };
  if (result.outcome === 'dead') return { outcome: 'failed', code: result.error.code, messages: [] };
  return { outcome: result.untried ? 'put-off' : 'retry', code: error?.code ?? '', messages: result.providerIds };
}

function callMeter(tell: Tell, claim: Claim, spans: Spans | undefined): CallMeter {
  const began = performance.now();
  const span = spans?.call(claim);
  return {
    ...(span ? { traceparent: span.traceparent } : {}),
    ended(code) {
      const measured: MeasuredCall = { claim, began, ended: performance.now(), ...(code === undefined ? {} : { code }) };
      span?.ended(measured);
      tell((listener) => listener.call(measured));
    },
  };
}
