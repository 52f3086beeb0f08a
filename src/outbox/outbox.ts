import type { OutboxUse } from '../contract/host/index.js';
import type { ChannelId, Clock, Effect } from '../contract/index.js';
import { type Claim, readQueue } from '../contract/store/index.js';
import { createBacklog } from './backlog.js';
import type { HealthBook } from './channel-health.js';
import { prove, sweep } from './find-due.js';
import { createInFlight, type InFlight } from './in-flight.js';
import { type OutboxParts, type OutboxWork, openOutboxWork } from './outbox-work.js';
import { paceOf } from './pacing.js';

/** Performs the effects of turns: claims them, performs them, settles them. At least once, and in order within a session. */
export interface Outbox {
  /** Returns true if there is room to perform an effect at once. If not, it is taken from the store when there is. */
  hasRoom(effect: Effect): boolean;
  /** Performs what a commit has claimed. */
  dispatch(claims: readonly Claim[]): void;
  /** Takes and performs what is due and not held by anybody, as far as there is room: retries, and what a crash has left. */
  sweep(): Promise<void>;
  /** Call it when a receipt has proven that a send in doubt was accepted: it need not wait any longer. */
  prove(session: string, effectId: string): void;
  /** Call it for each message from a person: it takes a place at the pace of the channel's account. */
  heard(channel: ChannelId): void;
  readonly health: HealthBook;
  /** Returns how many entries its caches hold, by their names. */
  cached(): Readonly<Record<string, number>>;
  /** Returns what it does now, for metrics. */
  use(): OutboxUse;
  /** Begins nothing new from now on. What is claimed but not begun is returned to the queue. */
  rest(): void;
  /**
   * Rests, waits `limitMillis` for what is in flight, and aborts the rest. Aborted sends are in doubt after that; aborted calls are made again
   * by another host.
   */
  stop(limitMillis: number): Promise<void>;
}

/** How long settling what was aborted may take, in milliseconds. */
const LAST_SETTLEMENTS = 1_000;

export function createOutbox(parts: OutboxParts): Outbox {
  const work = openOutboxWork(parts);
  const inFlight = createInFlight(work, () => backlog.ended());
  const backlog = createBacklog(work, inFlight);
  return {
    health: work.sending.health,
    cached: () => ({ pauses: work.pauses.size, 'paced-people': work.sending.pacing.people }),
    hasRoom: backlog.hasRoom,
    dispatch(claims) {
      for (const claim of claims) inFlight.begin(claim);
    },
    sweep: () => sweep(work, inFlight, backlog),
    prove: (session, effectId) => void prove(work, inFlight, { session, effectId }),
    heard: (channel) => heard(work, channel),
    use: () => useOf(work),
    rest: () => work.resting.abort(),
    stop: (limitMillis) => stop(work, inFlight, limitMillis),
  };
}

function heard({ sending: { channels, pacing } }: OutboxWork, channel: ChannelId): void {
  const known = channels.get(channel);
  if (known) pacing.heard(channel, paceOf(known));
}

function useOf({ room, sending: { channels, pacing } }: OutboxWork): OutboxUse {
  const rooms = [...room.used()].flatMap(([queue, used]) => {
    const place = readQueue(queue);
    return 'channel' in place ? [{ ...place, used }] : [];
  });
  const paces = channels.all.flatMap((known) => {
    const channel = known.channel.id;
    const perSecond = pacing.perSecond(channel, paceOf(known));
    return perSecond === undefined ? [] : [{ channel, perSecond }];
  });
  return { rooms, paces };
}

async function stop({ clock, resting, ending, sending, calling }: OutboxWork, inFlight: InFlight, limitMillis: number): Promise<void> {
  resting.abort();
  await Promise.race([inFlight.drained(), pause(clock, limitMillis)]);
  ending.abort();
  await Promise.all([sending.client.close(), calling.outbound.close()]);
  await Promise.race([inFlight.drained(), pause(clock, LAST_SETTLEMENTS)]);
}

function pause(clock: Clock, millis: number): Promise<void> {
  return new Promise((done) => void clock.after(millis, done));
}
