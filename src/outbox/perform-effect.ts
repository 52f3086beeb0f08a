import {
  type Claim,
  type Clock,
  type IsoTime,
  type Json,
  type Log,
  plusMillis,
  type SendBody,
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
import type { Pacing } from './pacing.js';

export interface PerformParts {
  readonly store: Store;
  readonly channels: ChannelBook;
  readonly services: ReadonlyMap<string, Service>;
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

/** Performs a send, and says what came of it. Total. */
export async function performSend(parts: PerformParts, { effect: waiting }: Claim): Promise<Settlement> {
  const { effect } = waiting;
  const body = effect.body as SendBody;
  const known = parts.channels.get(body.channel);
  if (!known) return dead(effect.id, { kind: 'config', code: 'send/no-channel', message: `there is no channel "${body.channel}"` });
  const doubt = waiting.inDoubt ? await settleDoubt(parts, waiting, known) : undefined;
  if (doubt) return doubt;
  const put = putOff(parts, waiting, known);
  if (put) return put;
  const { accepted, providerIds, error } = await deliverMessage(parts.client, known, waiting);
  const now = parts.clock.now();
  if (!error) {
    parts.health.noteSent(body.channel, now);
    return { effect: effect.id, outcome: 'done', receipt: { ok: true, providerIds } };
  }
  const { kind, code, message } = error;
  parts.health.noteError(body.channel, { kind, code, message }, now);
  parts.log.warn({ channel: body.channel, effect: effect.id, kind, code }, 'a message was not taken');
  if (kind === 'config') parts.holds.set(body.channel, { until: plusMillis(now, HOLD), updatedAt: known.channel.updatedAt });
  const verdict = verdictOn(error, waiting, now);
  if ('dead' in verdict) return dead(effect.id, verdict.dead);
  return {
    effect: effect.id,
    outcome: 'retry',
    notBefore: verdict.retryAt,
    reason: `${kind}: ${code}`,
    accepted,
    providerIds,
    ...(verdict.inDoubt ? { inDoubt: true } : {}),
  };
}

/** A receipt may have shown by now that the provider has taken it; else the channel says whether to send again. */
async function settleDoubt({ store }: PerformParts, { effect }: WaitingEffect, { config }: KnownChannel): Promise<Settlement | undefined> {
  const proof = (await store.deliveries.of([effect.id])).get(effect.id);
  if (proof) return { effect: effect.id, outcome: 'done', receipt: { ok: true, providerIds: proof.providerIds } };
  const onUnknown = config !== null && typeof config === 'object' && 'onUnknown' in config ? config.onUnknown : 'repeat';
  if (onUnknown !== 'fail') return undefined;
  return dead(effect.id, { kind: 'unknown', code: 'send/unknown', message: 'it is not known whether the provider has taken it' });
}

/** Held with the rest of its channel, or too fast for the provider. */
function putOff(parts: PerformParts, waiting: WaitingEffect, known: KnownChannel): Settlement | undefined {
  const { effect, accepted, providerIds } = waiting;
  const body = effect.body as SendBody;
  const now = parts.clock.now();
  const wait = (notBefore: IsoTime, reason: string): Settlement => ({
    effect: effect.id,
    outcome: 'retry',
    notBefore,
    reason,
    accepted,
    providerIds,
  });
  const hold = parts.holds.get(body.channel);
  if (hold && hold.until > now && hold.updatedAt === known.channel.updatedAt) return wait(hold.until, 'the channel is held');
  const pace = known.adapter.pace ? known.adapter.pace(known.config) : known.adapter.limits.pace;
  const pause = parts.pacing.take(body.channel, body.address, pace);
  if (pause === 0) return undefined;
  if (pause > LONGEST_PAUSE)
    return dead(effect.id, { kind: 'throttled', code: 'send/too-fast', message: 'more was sent than the provider allows' });
  return wait(plusMillis(now, pause), 'the provider allows no more in this time');
}

function dead(effect: string, error: Extract<Settlement, { outcome: 'dead' }>['error']): Settlement {
  return { effect, outcome: 'dead', error };
}

/** Asks a service; its value, or why there is none. Total. */
export async function performCall(
  parts: PerformParts,
  { effect: { effect } }: Claim,
): Promise<{ readonly ok: boolean; readonly value: Json }> {
  if (effect.body.kind !== 'call') return { ok: false, value: { code: 'call/unknown-service' } };
  const { service: name, input, deadline } = effect.body;
  const service = parts.services.get(name);
  if (!service) return { ok: false, value: { code: 'call/unknown-service', reason: `there is no service "${name}"` } };
  const over = new AbortController();
  const cancel = parts.clock.after(deadline, () => over.abort());
  const late = new Promise<never>((_, reject) => over.signal.addEventListener('abort', () => reject(new Error('the deadline is over'))));
  try {
    return { ok: true, value: await Promise.race([service.call(input, { signal: over.signal }), late]) };
  } catch (error) {
    return {
      ok: false,
      value: { code: over.signal.aborted ? 'call/timeout' : 'call/failed', reason: error instanceof Error ? error.message : String(error) },
    };
  } finally {
    cancel();
  }
}
