import {
  type CallBody,
  CallError,
  type Claim,
  type Clock,
  type Effect,
  type IsoTime,
  isDeeper,
  type Json,
  type Log,
  MOST_LEVELS,
  type OutboundAsk,
  partId,
  plusMillis,
  SEND_DEADLINE,
  type SendBody,
  type SendError,
  type SendFailure,
  type SendMeter,
  type Service,
  type Settlement,
  type Store,
  type WaitingEffect,
} from '../contract/index.js';
import type { ChannelBook, KnownChannel } from '../turn/channel-book.js';
import { LONGEST_PAUSE, verdictOn } from './backoff.js';
import type { HealthBook } from './channel-health.js';
import { deliverMessage } from './deliver-message.js';
import type { HttpClient } from './http-client.js';
import type { Outbound } from './outbound-request.js';
import type { Pacing } from './pacing.js';
import { blacken, type Secrets, unseal } from './unseal.js';
import { closedWindow } from './window.js';

export interface PerformParts {
  readonly store: Store;
  readonly channels: ChannelBook;
  readonly services: ReadonlyMap<string, Service>;
  /** Put in just before a call; never stored or logged. */
  readonly secrets: Secrets;
  readonly outbound: Outbound;
  readonly client: HttpClient;
  readonly pacing: Pacing;
  readonly health: HealthBook;
  readonly clock: Clock;
  readonly log: Log;
  /** Until when sends of a channel are held after its settings were refused, by the channel's `updatedAt`. */
  readonly holds: Map<string, { readonly until: IsoTime; readonly updatedAt: IsoTime }>;
}

/** Sends of a channel whose token was refused are held so long, in milliseconds, unless the channel is changed. */
const HOLD = 60_000;
/** How often a held send looks whether the channel was changed, in milliseconds. */
const HOLD_LOOK = 10_000;
/** What is left of a lease must hold a whole request. */
const LAST_MOMENT = SEND_DEADLINE * 1.5;
const LONGEST_REASON = 500;

/** Performs a send, and says what came of it. Rejects only when the store is away. */
export async function performSend(parts: PerformParts, claim: Claim, meter: SendMeter): Promise<Settlement> {
  const { effect } = claim.effect;
  if (effect.body.kind !== 'send') throw new Error(`${effect.id} is no send`);
  const { body } = effect;
  const known = parts.channels.get(body.channel);
  if (!known) return dead(effect.id, { kind: 'config', code: 'send/no-channel', message: `there is no channel "${body.channel}"` });
  const waiting = claim.effect.inDoubt ? await resolveDoubt(parts, claim.effect, known) : claim.effect;
  if ('outcome' in waiting) return waiting;
  const closed = await closedWindow(parts.store, waiting, { known, now: parts.clock.now() });
  if (closed) return dead(effect.id, closed);
  const put = await findPlace(parts, waiting, { known, body });
  if (put) return put;
  const { channel, ...to } = known;
  const hasTime = () => parts.clock.now() < plusMillis(claim.until, -LAST_MOMENT);
  const { accepted, providerIds, identities, error } = await deliverMessage(parts.client, { ...to, body, waiting, hasTime });
  const now = parts.clock.now();
  if (!error) {
    parts.health.noteSent(channel.id, now);
    return { effect: effect.id, outcome: 'done', receipt: { ok: true, providerIds, identities } };
  }
  meter.refused(error);
  noteFailure(parts, known, { error, effect: effect.id, now });
  const verdict = verdictOn(error, waiting, now);
  if ('dead' in verdict) return dead(effect.id, verdict.dead);
  return {
    effect: effect.id,
    outcome: 'retry',
    notBefore: verdict.retryAt,
    reason: `${error.kind}: ${error.code}`,
    accepted,
    providerIds,
    // An earlier try stays in doubt, whatever became of this one: its receipt may still come.
    ...(verdict.inDoubt || waiting.inDoubt ? { inDoubt: true } : {}),
  };
}

/** Receipts may have shown by now what the provider has taken; else the channel says whether to send again. */
async function resolveDoubt(
  { store }: PerformParts,
  waiting: WaitingEffect,
  { config }: KnownChannel,
): Promise<WaitingEffect | Settlement> {
  const { effect, accepted, providerIds } = waiting;
  const ids = [...partsOf(effect), effect.id];
  const proofs = await store.deliveries.of(ids);
  const refused = proofs.get(effect.id);
  if (refused?.status === 'failed' && refused.error) return dead(effect.id, refused.error);
  const proven = ids.flatMap((id) => proofs.get(id)?.providerIds ?? []).filter((id) => !providerIds.includes(id));
  if (proven.length > 0) {
    const { inDoubt: _, ...known } = waiting;
    return { ...known, accepted: accepted + proven.length, providerIds: [...providerIds, ...proven] };
  }
  const onUnknown = config !== null && typeof config === 'object' && 'onUnknown' in config ? config.onUnknown : 'repeat';
  if (onUnknown !== 'fail') return waiting;
  return dead(effect.id, { kind: 'unknown', code: 'send/unknown', message: 'it is not known whether the provider has taken it' });
}

/** Under which ids the earlier parts of a send are known. */
function partsOf({ id, body }: Effect): readonly string[] {
  return body.kind === 'send' ? (body.before ?? []).map((_, i) => partId(id, i + 1)) : [];
}

/** Waits for the send's place at the provider's pace; or puts it off, because it would wait long or its channel is held. */
async function findPlace(
  { clock, holds, pacing }: PerformParts,
  waiting: WaitingEffect,
  { known, body }: { readonly known: KnownChannel; readonly body: SendBody },
): Promise<Settlement | undefined> {
  const hold = holds.get(body.channel);
  const left = hold?.updatedAt === known.channel.updatedAt ? Date.parse(hold.until) - Date.parse(clock.now()) : 0;
  if (left > 0) return putOff(waiting, plusMillis(clock.now(), Math.min(left, HOLD_LOOK)), 'the settings of the channel were refused');
  const pace = known.adapter.pace ? known.adapter.pace(known.config) : known.adapter.limits.pace;
  const place = pacing.take(body, pace);
  if ('askIn' in place)
    return place.askIn > LONGEST_PAUSE
      ? dead(waiting.effect.id, { kind: 'throttled', code: 'send/too-fast', message: 'more was sent than the provider allows' })
      : putOff(waiting, plusMillis(clock.now(), place.askIn), 'the provider allows no more in this time');
  if (place.goIn > 0) await new Promise<void>((go) => void clock.after(place.goIn, go));
  return undefined;
}

function noteFailure(
  { health, holds, log }: PerformParts,
  { channel }: KnownChannel,
  { error, effect, now }: { readonly error: SendError; readonly effect: string; readonly now: IsoTime },
): void {
  const { kind, code, message } = error;
  health.noteError(channel.id, { kind, code, message }, now);
  log.warn({ channel: channel.id, effect, kind, code }, 'a message was not taken');
  if (kind === 'config') holds.set(channel.id, { until: plusMillis(now, HOLD), updatedAt: channel.updatedAt });
}

/** Back into the queue as it was, without having been tried. */
export function putOff({ effect, accepted, providerIds, inDoubt }: WaitingEffect, notBefore: IsoTime, reason: string): Settlement {
  return { effect: effect.id, outcome: 'retry', notBefore, reason, accepted, providerIds, untried: true, ...(inDoubt ? { inDoubt } : {}) };
}

function dead(effect: string, error: SendFailure): Settlement {
  return { effect, outcome: 'dead', error };
}

/** Asks a service; its value, or why there is none. Total. */
export async function performCall(
  parts: PerformParts,
  { id, body, traceparent }: { readonly id: string; readonly body: CallBody; readonly traceparent?: string },
): Promise<Called> {
  const service = parts.services.get(body.service);
  if (!service) return failed('call/unknown-service', `there is no service "${body.service}"`);
  const over = new AbortController();
  const late = new Promise<never>((_, reject) => {
    over.signal.addEventListener('abort', () => reject(new CallError('call/timeout', 'the deadline is over')));
  });
  const cancel = parts.clock.after(body.deadline, () => over.abort());
  let used: readonly string[] = [];
  const ask = async (): Promise<Called> => {
    const opened = unseal(body.input, parts.secrets);
    used = opened.used;
    const { value: input, error } = service.input.validate(opened.value);
    if (error) return failed('call/bad-input', `"${body.service}" cannot be asked that`);
    const pause = (millis: number) => Promise.race([new Promise<void>((done) => void parts.clock.after(millis, done)), late]);
    const request = (wish: OutboundAsk) => parts.outbound.request(traced(wish, traceparent), over.signal);
    const answer = await service.call(input, { id, signal: over.signal, request, pause });
    // It could not be stored, and the call would be made again and again.
    if (isDeeper(answer)) return failed('call/too-deep', `the answer is nested more than ${MOST_LEVELS} levels deep`);
    return { ok: true, value: blacken(answer, used) };
  };
  try {
    return await Promise.race([ask(), late]);
  } catch (error) {
    const reason = String(blacken(error instanceof Error ? error.message : String(error), used)).slice(0, LONGEST_REASON);
    return failed(error instanceof CallError ? error.code : 'call/failed', reason);
  } finally {
    cancel();
  }
}

/** The words of whoever asks go first. */
function traced(wish: OutboundAsk, traceparent: string | undefined): OutboundAsk {
  return traceparent === undefined ? wish : { ...wish, headers: { traceparent, ...wish.headers } };
}

type Called = { readonly ok: boolean; readonly value: Json; readonly code?: string };

function failed(code: string, reason: string): Called {
  return { ok: false, value: { code, reason }, code };
}
