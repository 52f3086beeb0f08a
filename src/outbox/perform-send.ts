import { type Log, SEND_DEADLINE, type SendMeter } from '../contract/host/index.js';
import { type Clock, effectSession, plusMillis, type SendBody, type SendError, type SendFailure } from '../contract/index.js';
import type { Claim, Settlement, Store, WaitingEffect } from '../contract/store/index.js';
import { livingSession } from '../people/living-session.js';
import { hasOptedOut, OPTED_OUT } from '../people/opted-out.js';
import type { ChannelBook } from '../published/channel-book.js';
import type { KnownChannel } from '../published/known-channel.js';
import { verdictOn } from './backoff.js';
import type { HealthBook } from './channel-health.js';
import { type Delivered, deliverMessage } from './deliver-message.js';
import type { Holds } from './holds.js';
import type { HttpClient } from './http-client.js';
import { type Pacing, paceOf } from './pacing.js';
import { dead, doubtOf, putOff, skipped, stopped } from './put-off.js';
import { resolveDoubt } from './resolve-doubt.js';
import type { TimeLeft } from './time-left.js';
import { unlessAborted } from './unless-aborted.js';
import { closedWindow, mayHaveClosed } from './window.js';

export interface SendParts {
  readonly store: Store;
  readonly channels: ChannelBook;
  readonly client: HttpClient;
  readonly pacing: Pacing;
  readonly holds: Holds;
  readonly health: HealthBook;
  readonly clock: Clock;
  /** Aborted when the outbox begins nothing new any more. */
  readonly resting: AbortController;
  /** When this host began to receive receipts, on the monotonic clock. */
  readonly startedAt: number;
  /** Returns for how long nobody has set the wall clock, in milliseconds. */
  readonly steadyFor: () => number;
  readonly log: Log;
}
export interface SendWork {
  readonly claim: Claim;
  readonly timeLeft: TimeLeft;
  readonly meter: SendMeter;
}

/** How often a held send is looked at again in case its channel was changed: every 10 s, or six times during a long hold. */
const MIN_HOLD_LOOK = 10_000;
const HOLD_LOOKS = 6;
/** A request is begun only if this much of the lease is left, in milliseconds. */
const MIN_TIME_LEFT = SEND_DEADLINE * 1.5;
/** A wall clock that was set is trusted after so many milliseconds. */
const CLOCK_TRUSTED_AFTER = 60_000;

/** Performs a send, and returns what became of it. Rejects only if the store is away. */
export async function performSend(parts: SendParts, { claim, timeLeft, meter }: SendWork): Promise<Settlement> {
  const { effect } = claim.effect;
  if (effect.body.kind !== 'send') throw new Error(`the effect ${effect.id} is not a send`);
  const { body } = effect;
  const known = parts.channels.get(body.channel);
  if (!known) return dead(effect.id, { kind: 'config', code: 'send/no-channel', message: `there is no channel "${body.channel}"` });
  const waiting = claim.effect.inDoubt ? await resolveDoubt(parts, claim.effect, known) : claim.effect;
  if ('outcome' in waiting) return waiting;
  // A receipt may have proven meanwhile that it was sent.
  const isProven = claim.effect.inDoubt && !waiting.inDoubt;
  const skip = waiting.skip ?? (body.isOther ? await optOutOf(parts, known, body) : undefined);
  if (skip && !isProven) return skipped(effect.id, skip);
  if (isClockTrusted(parts) && mayHaveClosed(waiting, known, parts.clock.now())) {
    const closed = await closedWindow(parts.store, waiting, { known, now: parts.clock.now() });
    if (closed) return dead(effect.id, closed);
  }
  const noPlace = await findPlace(parts, waiting, { known, body });
  if (noPlace) return noPlace;
  const hasTime = () => timeLeft() > MIN_TIME_LEFT;
  if (!hasTime()) return putOff(waiting, parts.clock.now(), 'too little was left of its lease');
  const { channel, adapter, config } = known;
  const delivered = await deliverMessage(parts.client, { adapter, config, body, waiting, hasTime });
  const { error, warning, providerIds, identities } = delivered;
  if (error) {
    meter.refused(error);
    return afterRefusal(parts, { waiting, known, delivered, error });
  }
  parts.health.noteSent(channel.id, parts.clock.now());
  parts.holds.accepted(channel);
  if (warning !== undefined)
    parts.log.warn({ channel: channel.id, effect: effect.id, warning }, 'a message was accepted with an unexpected answer');
  return { effect: effect.id, outcome: 'done', receipt: { ok: true, providerIds, identities } };
}

/** Returns whether the wall clock has not been set for a while. */
export function isClockTrusted({ steadyFor }: Pick<SendParts, 'steadyFor'>): boolean {
  return steadyFor() >= CLOCK_TRUSTED_AFTER;
}

/**
 * Waits for a place at the provider's pace. Puts the send off if that would take long, or if its channel is held. If the person opts out while it
 * waits, on this host or on another one, it is skipped.
 */
async function findPlace(
  parts: SendParts,
  waiting: WaitingEffect,
  { known, body }: { readonly known: KnownChannel; readonly body: SendBody },
): Promise<Settlement | undefined> {
  const { store, clock, holds, pacing, resting } = parts;
  const held = holds.left(known.channel);
  if (held > 0) return putOff(waiting, plusMillis(clock.now(), lookAgainIn(held)), 'the provider has refused the channel');
  const place = pacing.place(body, paceOf(known));
  const askIn = typeof place === 'number' ? place : await unlessAborted(resting.signal, place);
  if (askIn === undefined) return stopped(waiting, clock);
  const hasWaited = typeof place !== 'number';
  const skip = hasWaited ? ((await skipOf(store, waiting)) ?? (await optOutOf(parts, known, body))) : undefined;
  if (skip) return skipped(waiting.effect.id, skip);
  return askIn > 0 ? putOff(waiting, plusMillis(clock.now(), askIn), 'the provider allows no more in this time') : undefined;
}

/** Returns why a send must not go out any more, as the record says now. */
async function skipOf(store: Store, { effect: { id } }: WaitingEffect): Promise<WaitingEffect['skip']> {
  const stored = await livingSession(store, effectSession(id));
  return stored?.effects.find(({ effect }) => effect.id === id)?.skip;
}

/** Returns why a message to somebody else than the contact must not go out: that person has opted out. The contact's own are taken from the queue. */
async function optOutOf({ store }: SendParts, known: KnownChannel, { isOther, address }: SendBody): Promise<SendFailure | undefined> {
  return isOther && (await hasOptedOut(store, known, address)) ? OPTED_OUT : undefined;
}

interface Refused {
  readonly waiting: WaitingEffect;
  readonly known: KnownChannel;
  readonly delivered: Delivered;
  readonly error: SendError;
}

/** Decides about a send that was not accepted: tries it again later, holds it with its channel, or gives it up. */
function afterRefusal(parts: SendParts, { waiting, known, delivered, error }: Refused): Settlement {
  const { channel } = known;
  const { id } = waiting.effect;
  const { accepted, providerIds } = delivered;
  const { kind, code, message } = error;
  const now = parts.clock.now();
  parts.health.noteError(channel.id, { kind, code, message }, now);
  parts.log.warn({ channel: channel.id, effect: id, kind, code }, 'a message was not accepted');
  if (kind === 'throttled' && !error.pair) parts.pacing.refused(channel.id, paceOf(known));
  const reason = `${kind}: ${code}`;
  const verdict = verdictOn(error, waiting, { now, isClockTrusted: isClockTrusted(parts) });
  if ('dead' in verdict) return dead(id, verdict.dead);
  if ('hold' in verdict) {
    const isHeld = parts.holds.refused(channel, { effect: id, millis: verdict.hold });
    return isHeld ? putOff({ ...waiting, accepted, providerIds }, plusMillis(now, lookAgainIn(verdict.hold)), reason) : dead(id, error);
  }
  const { retryAt, ...counts } = verdict;
  const since = waiting.since ?? now;
  return { effect: id, outcome: 'retry', notBefore: retryAt, reason, accepted, providerIds, since, ...doubtOf(waiting), ...counts };
}

function lookAgainIn(held: number): number {
  return Math.min(held, Math.max(MIN_HOLD_LOOK, held / HOLD_LOOKS));
}
