import type { CallMeter } from '../contract/host/index.js';
import { type CallBody, type Effect, type FlowEvent, plusMillis, type SendBody, type TypingBody } from '../contract/index.js';
import type { Claim, Settlement } from '../contract/store/index.js';
import type { OutboxWork } from './outbox-work.js';
import { type CallRequest, performCall } from './perform-call.js';
import { performNotice } from './perform-notice.js';
import { performSend } from './perform-send.js';
import { performTyping } from './perform-typing.js';
import { putOff } from './put-off.js';
import { giveBack, settle, settleByTurn } from './settle-outcome.js';
import { settleSend } from './settle-send.js';
import type { Work } from './time-left.js';
import { unlessAborted } from './unless-aborted.js';

/** Performs a claimed effect and stores what became of it. Returns the claim of what is due next in its session. */
export function performAndSettle(work: OutboxWork, claimed: Work): Promise<Claim | undefined> {
  const { body } = claimed.claim.effect.effect;
  if (work.resting.signal.aborted) return giveBack(work, claimed);
  switch (body.kind) {
    case 'send':
      return send(work, claimed, body);
    case 'typing':
      return typing(work, claimed, body);
    case 'call':
      return body.notice ? notice(work, claimed, body) : call(work, claimed, body);
  }
}

async function typing(work: OutboxWork, claimed: Work, body: TypingBody): Promise<Claim | undefined> {
  return settle(work, claimed, await performTyping(work.sending, claimed.claim.effect, body));
}

async function send(work: OutboxWork, claimed: Work, body: SendBody): Promise<Claim | undefined> {
  const { claim } = claimed;
  const meter = work.meters.send(claim);
  const result = stillPaused(work, claim) ?? (await performSend(work.sending, { claim, timeLeft: claimed.timeLeft, meter }));
  meter.ended(result);
  const next = await settleSend(work, claimed, result);
  const identities = result.outcome === 'done' ? (result.receipt?.identities ?? []) : [];
  if (identities.length > 0) await work.learn?.({ identities, effect: claim.effect.effect.id, ...body });
  return next;
}

/** Puts a send off again that the wall clock has made due too early. One that is not sent any more is due at once. */
function stillPaused({ pauses, clock }: OutboxWork, { effect }: Claim): Settlement | undefined {
  if (effect.skip && !effect.inDoubt) return undefined;
  const left = pauses.left(effect.effect.id);
  return left > 0 ? putOff(effect, plusMillis(clock.now(), left), effect.reason ?? 'the clock was set') : undefined;
}

/** Calls a service, and takes the result as a turn of the session. */
async function call(work: OutboxWork, claimed: Work, body: CallBody): Promise<Claim | undefined> {
  const { id } = claimed.claim.effect.effect;
  const meter = work.meters.call(claimed.claim);
  const called = await unlessAborted(
    work.ending.signal,
    performCall(work.calling, { id, body, from: fromOf(claimed.claim.effect.effect), ...traceOf(meter) }),
  );
  meter.ended(called ? called.code : 'call/failed');
  if (!called) return giveBack(work, claimed);
  const { ok, value } = called;
  const result: Settlement = { effect: id, outcome: 'done' };
  const event: FlowEvent = { id: `${id}:result`, at: work.clock.now(), type: 'callResult', callId: id, ok, value };
  const outcome = await settleByTurn(work, claimed, { event, result });
  return outcome.kind === 'taken' ? undefined : settle(work, claimed, result);
}

/** Tells the operators' system what happens. Nobody waits for that, so it is no turn. Returns the claim of the next notice of the session. */
async function notice(work: OutboxWork, claimed: Work, body: CallBody): Promise<Claim | undefined> {
  const meter = work.meters.call(claimed.claim);
  const told = performNotice(work.noticing, claimed.claim.effect, { body, ...traceOf(meter) });
  const result = await unlessAborted(work.ending.signal, told);
  meter.ended(result?.outcome === 'done' ? undefined : result?.outcome === 'dead' ? result.error.code : 'call/failed');
  if (!result) return giveBack(work, claimed);
  if (result.outcome === 'retry') work.jobs.soon('effects', result.notBefore);
  return settle(work, claimed, result);
}

function fromOf({ flow, run, chain }: Effect): NonNullable<CallRequest['from']> {
  return { ...(flow === undefined ? {} : { flow }), ...(run === undefined ? {} : { run }), ...(chain === undefined ? {} : { chain }) };
}

function traceOf({ traceparent }: CallMeter): { readonly traceparent?: string } {
  return traceparent === undefined ? {} : { traceparent };
}
