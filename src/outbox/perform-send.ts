import {
  type Claim,
  type Clock,
  type Log,
  plusMillis,
  SEND_DEADLINE,
  type SendBody,
  type SendError,
  type SendMeter,
  type Settlement,
  type Store,
  type WaitingEffect,
} from '../contract/index.js';
import type { ChannelBook, KnownChannel } from '../published/channel-book.js';
import { verdictOn } from './backoff.js';
import type { HealthBook } from './channel-health.js';
import { type Delivered, deliverMessage } from './deliver-message.js';
import type { Holds } from './holds.js';
import type { HttpClient } from './http-client.js';
import type { Pacing } from './pacing.js';
import { dead, doubtOf, putOff } from './put-off.js';
import { resolveDoubt } from './resolve-doubt.js';
import type { TimeLeft } from './time-left.js';
import { closedWindow } from './window.js';

export interface SendParts {
  readonly store: Store;
  readonly channels: ChannelBook;
  readonly client: HttpClient;
  readonly pacing: Pacing;
  readonly holds: Holds;
  readonly health: HealthBook;
  readonly clock: Clock;
  /** When this host began to hear receipts, by the clock that never goes back. */
  readonly startedAt: number;
  /** How long nobody has set the wall clock, in milliseconds. */
  readonly steadyFor: () => number;
  readonly log: Log;
}
export interface SendWork {
  readonly claim: Claim;
  readonly timeLeft: TimeLeft;
  readonly meter: SendMeter;
}

/** How often a held send looks whether its channel was changed, in milliseconds: several times while the hold lasts. */
const HOLD_LOOK = 10_000;
const HOLD_LOOKS = 6;
/** What is left of a lease must hold a whole request. */
const LAST_MOMENT = SEND_DEADLINE * 1.5;
/** A wall clock that was set counts once it has stood so long, in milliseconds. */
const STANDS = 60_000;

/** Performs a send, and says what came of it. Rejects only when the store is away. */
export async function performSend(parts: SendParts, { claim, timeLeft, meter }: SendWork): Promise<Settlement> {
  const { effect } = claim.effect;
  if (effect.body.kind !== 'send') throw new Error(`${effect.id} is no send`);
  const { body } = effect;
  const known = parts.channels.get(body.channel);
  if (!known) return dead(effect.id, { kind: 'config', code: 'send/no-channel', message: `there is no channel "${body.channel}"` });
  const waiting = claim.effect.inDoubt ? await resolveDoubt(parts, claim.effect, known) : claim.effect;
  if ('outcome' in waiting) return waiting;
  const closed = isSure(parts) && (await closedWindow(parts.store, waiting, { known, now: parts.clock.now() }));
  if (closed) return dead(effect.id, closed);
  const put = await findPlace(parts, waiting, { known, body });
  if (put) return put;
  const hasTime = () => timeLeft() > LAST_MOMENT;
  if (!hasTime()) return putOff(waiting, parts.clock.now(), 'too little was left of its lease');
  const { channel, ...to } = known;
  const delivered = await deliverMessage(parts.client, { ...to, body, waiting, hasTime });
  const { error, warning, providerIds, identities } = delivered;
  if (error) {
    meter.refused(error);
    return afterRefusal(parts, { waiting, known, delivered, error });
  }
  parts.health.noteSent(channel.id, parts.clock.now());
  parts.holds.taken(channel);
  if (warning !== undefined) parts.log.warn({ channel: channel.id, effect: effect.id, warning }, 'a message was taken with an odd answer');
  return { effect: effect.id, outcome: 'done', receipt: { ok: true, providerIds, identities } };
}

function isSure({ steadyFor }: SendParts): boolean {
  return steadyFor() >= STANDS;
}

interface Refused {
  readonly waiting: WaitingEffect;
  readonly known: KnownChannel;
  readonly delivered: Delivered;
  readonly error: SendError;
}

/** Tries it again later, holds it with its channel, or gives it up. */
function afterRefusal(parts: SendParts, { waiting, known: { channel }, delivered, error }: Refused): Settlement {
  const { id } = waiting.effect;
  const { accepted, providerIds } = delivered;
  const { kind, code, message } = error;
  const now = parts.clock.now();
  parts.health.noteError(channel.id, { kind, code, message }, now);
  parts.log.warn({ channel: channel.id, effect: id, kind, code }, 'a message was not taken');
  const reason = `${kind}: ${code}`;
  const verdict = verdictOn(error, waiting, { now, isSure: isSure(parts) });
  if ('dead' in verdict) return dead(id, verdict.dead);
  if ('hold' in verdict) {
    const isHeld = parts.holds.refused(channel, { effect: id, millis: verdict.hold });
    return isHeld ? putOff({ ...waiting, accepted, providerIds }, plusMillis(now, lookIn(verdict.hold)), reason) : dead(id, error);
  }
  const { retryAt, ...counts } = verdict;
  const since = waiting.since ?? now;
  return { effect: id, outcome: 'retry', notBefore: retryAt, reason, accepted, providerIds, since, ...doubtOf(waiting), ...counts };
}

/** Waits for the send's place at the provider's pace; or puts it off, because it would wait long or its channel is held. */
async function findPlace(
  { clock, holds, pacing }: SendParts,
  waiting: WaitingEffect,
  { known, body }: { readonly known: KnownChannel; readonly body: SendBody },
): Promise<Settlement | undefined> {
  const held = holds.left(known.channel);
  if (held > 0) return putOff(waiting, plusMillis(clock.now(), lookIn(held)), 'the provider has refused the channel');
  const pace = known.adapter.pace ? known.adapter.pace(known.config) : known.adapter.limits.pace;
  const place = pacing.take(body, pace);
  if ('askIn' in place) return putOff(waiting, plusMillis(clock.now(), place.askIn), 'the provider allows no more in this time');
  if (place.goIn > 0) await new Promise<void>((go) => void clock.after(place.goIn, go));
  return undefined;
}

function lookIn(held: number): number {
  return Math.min(held, Math.max(HOLD_LOOK, held / HOLD_LOOKS));
}
