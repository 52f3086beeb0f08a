import {
  type AllowRule,
  type CallBody,
  type CallMeter,
  type Claim,
  type Clock,
  type FlowEvent,
  type Jobs,
  type Log,
  type Meters,
  plusMillis,
  type Service,
  type Settlement,
  type Store,
  silentMeters,
} from '../contract/index.js';
import type { TakeTurn, TurnOutcome } from '../contract/take-turn.js';
import type { Recipient } from '../people/learn-identities.js';
import type { ChannelBook } from '../published/channel-book.js';
import { createHealthBook, type HealthBook } from './channel-health.js';
import { createHolds } from './holds.js';
import { createHttpClient } from './http-client.js';
import { createOutbound } from './outbound-request.js';
import { createPacing } from './pacing.js';
import { createPauses } from './pauses.js';
import { performCall } from './perform-call.js';
import { performSend, type SendParts } from './perform-send.js';
import { putOff } from './put-off.js';
import { createRetries } from './retries.js';
import { settleWherever } from './settle-wherever.js';
import { timeLeftOf, type Work } from './time-left.js';
import type { Secrets } from './unseal.js';

export interface OutboxParts {
  readonly store: Store;
  readonly channels: ChannelBook;
  readonly takeTurn: TakeTurn;
  readonly services: ReadonlyMap<string, Service>;
  /** For calls, by name; never stored or logged. */
  readonly secrets?: Secrets;
  /** Private addresses that calls may reach; none when absent. */
  readonly outboundAllow?: readonly AllowRule[];
  readonly clock: Clock;
  /** How long nobody has set the wall clock, in milliseconds; absent: nobody ever does. */
  readonly steadyFor?: () => number;
  readonly jobs: Jobs;
  readonly log: Log;
  readonly meters?: Meters;
  /** Told whom the provider says that a message went to. Never rejects. */
  readonly learn?: (told: Recipient) => Promise<void>;
}

/** Performs what turns ask for: claim, perform, settle, at least once and in order within a session. */
export interface Outbox {
  /** Goes on with what a commit has claimed. */
  dispatch(claims: readonly Claim[]): void;
  /** Claims what is due and nobody holds: retries, and what a crash has left. */
  sweep(): Promise<void>;
  /** A receipt has shown that a send in doubt was taken. */
  prove(session: string, effectId: string): void;
  readonly health: HealthBook;
  /** Begins nothing new from now on: what is claimed is given back. */
  rest(): void;
  /**
   * Rests, waits for what is in flight, and breaks off what is not done by then: a send is in doubt after that, a call is free for the
   * next one.
   */
  stop(limitMillis: number): Promise<void>;
}

/** How many effects a sweep keeps going at once. */
const MOST_AT_ONCE = 256;
/** How long what is broken off by a stop may take to be settled, in milliseconds. */
const LAST_WORDS = 1_000;

export function createOutbox(parts: OutboxParts): Outbox {
  const { store, clock, jobs, log, meters = silentMeters } = parts;
  const client = createHttpClient();
  const health = createHealthBook();
  const outbound = createOutbound(parts.outboundAllow ?? []);
  const sending: SendParts = {
    ...parts,
    client,
    health,
    pacing: createPacing(() => clock.monotonic()),
    holds: createHolds(clock),
    startedAt: clock.monotonic(),
    steadyFor: parts.steadyFor ?? (() => Number.POSITIVE_INFINITY),
  };
  const calling = { ...parts, secrets: parts.secrets ?? {}, outbound };
  const pauses = createPauses(clock);
  /** Leases of what is under way here, by token: nobody here takes them for lost. */
  const held = new Set<string>();
  /** What is to be told when the time of a stopping host is over. */
  const waitingForEnd = new Set<() => void>();
  const retries = createRetries(clock);
  const working = new Set<Promise<void>>();
  let stopping = false;
  /** A sweep stopped because enough was under way. */
  let isMoreDue = false;

  function work(claim: Claim): void {
    const mine: Promise<void> = follow(claim).finally(() => {
      working.delete(mine);
      if (!isMoreDue || stopping || working.size > MOST_AT_ONCE / 2) return;
      isMoreDue = false;
      jobs.soon('effects');
    });
    working.add(mine);
  }

  /** One effect of a session after another, as long as something is due. */
  async function follow(first: Claim): Promise<void> {
    let claim: Claim | undefined = first;
    while (claim) {
      const { token } = claim;
      held.add(token);
      try {
        claim = await perform({ claim, timeLeft: timeLeftOf(claim, clock) });
      } catch (error) {
        // The lease runs out, and a sweep takes it up again.
        log.warn(
          { session: first.session, error: error instanceof Error ? error.message : String(error) },
          'an effect could not be settled',
        );
        return;
      } finally {
        held.delete(token);
      }
    }
  }

  function perform(work: Work): Promise<Claim | undefined> {
    const { body } = work.claim.effect.effect;
    if (stopping) return giveBack(work);
    return body.kind === 'send' ? send(work) : call(work, body);
  }

  async function send(work: Work): Promise<Claim | undefined> {
    const { claim } = work;
    const { id, body } = claim.effect.effect;
    const meter = meters.send(claim);
    const early = pauses.left(id);
    const result =
      early > 0
        ? putOff(claim.effect, plusMillis(clock.now(), early), claim.effect.reason ?? 'the clock was set')
        : await performSend(sending, { ...work, meter });
    meter.ended(result);
    const next = await settleSend(work, result);
    const identities = result.outcome === 'done' ? (result.receipt?.identities ?? []) : [];
    if (body.kind === 'send' && identities.length > 0) await parts.learn?.({ ...body, identities, effect: id });
    return next;
  }

  async function settleSend(work: Work, result: Settlement): Promise<Claim | undefined> {
    const { session, effect } = work.claim;
    const { awaited } = effect.effect;
    const isOver = result.outcome === 'dead' || (result.outcome === 'done' && awaited === 'sent');
    if (awaited && isOver && (await takeReceipt(work, result))) return undefined;
    // Before anybody else can see it in the store: the clock may be set meanwhile, and another look may claim it.
    if (result.outcome === 'retry') pauses.note({ session, effect: result.effect, notBefore: result.notBefore });
    else pauses.forget(result.effect);
    const next = await settle(work, result);
    if (result.outcome === 'retry') jobs.soon('effects', result.notBefore);
    if (awaited && result.outcome === 'done') await retries.untilLeaseEnds(work.timeLeft, () => takeEarlyReceipt(work.claim));
    return next;
  }

  /** The run waits to hear of it: outcome and turn are one write, whose commit hands on what is due next. */
  async function takeReceipt(work: Work, result: Settlement): Promise<boolean> {
    const { id } = work.claim.effect.effect;
    const told =
      result.outcome === 'dead'
        ? ({ status: 'failed', error: result.error } as const)
        : ({ status: 'sent', ...(result.outcome === 'done' ? messageIdOf(result) : {}) } as const);
    const event: FlowEvent = { id: `${id}:${told.status}`, at: clock.now(), type: 'receipt', effectId: id, ...told };
    return (await takeTurn(work, event, result)).kind === 'taken';
  }

  /** A receipt that came before its send was settled, from a provider that does not give our id back. */
  async function takeEarlyReceipt({ session, effect: { effect } }: Claim): Promise<void> {
    const early = (await store.deliveries.of([effect.id])).get(effect.id);
    if (!early || early.status === 'sent' || early.status === 'skipped') return;
    const { status, error } = early;
    await parts.takeTurn(session, {
      id: `${effect.id}:${status}`,
      at: clock.now(),
      type: 'receipt',
      effectId: effect.id,
      status,
      ...(error ? { error } : {}),
    });
  }

  async function call(work: Work, body: CallBody): Promise<Claim | undefined> {
    const { id } = work.claim.effect.effect;
    const meter = meters.call(work.claim);
    const called = await unlessBrokenOff(performCall(calling, { id, body, ...traceOf(meter) }));
    meter.ended(called ? called.code : 'call/failed');
    if (!called) return giveBack(work);
    const { ok, value } = called;
    const result: Settlement = { effect: id, outcome: 'done' };
    const event: FlowEvent = { id: `${id}:result`, at: clock.now(), type: 'callResult', callId: id, ok, value };
    const outcome = await takeTurn(work, event, result);
    return outcome.kind === 'taken' ? undefined : settle(work, result);
  }

  /** Nothing, where the host ends first. */
  function unlessBrokenOff<T>(work: Promise<T>): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      const end = () => resolve(undefined);
      waitingForEnd.add(end);
      work.then(resolve, reject).finally(() => waitingForEnd.delete(end));
    });
  }

  function settle({ claim, timeLeft }: Work, result: Settlement): Promise<Claim | undefined> {
    return retries.untilLeaseEnds(timeLeft, () => settleWherever(parts, claim, result));
  }

  function takeTurn({ claim, timeLeft }: Work, event: FlowEvent, result: Settlement): Promise<TurnOutcome> {
    return retries.untilLeaseEnds(timeLeft, () => parts.takeTurn(claim.session, event, { settles: { result, claim } }));
  }

  function giveBack(work: Work): Promise<Claim | undefined> {
    const now = clock.now();
    return settle(work, putOff(work.claim.effect, plusMillis(now, 1), 'the host stopped'));
  }

  async function prove(session: string, effectId: string): Promise<void> {
    if (stopping) return;
    pauses.forget(effectId);
    try {
      const claim = await store.sessions.claim(clock.now(), { session, proven: effectId, held });
      if (claim) work(claim);
    } catch (error) {
      log.warn({ session, error: error instanceof Error ? error.message : String(error) }, 'a proven send could not be settled now');
    }
  }

  /** Until nothing is under way, what was begun meanwhile included. */
  async function drain(): Promise<void> {
    while (working.size > 0) await Promise.all(working);
  }

  function rest(): void {
    stopping = true;
    retries.stop();
  }

  return {
    health,
    rest,
    dispatch: (claims) => claims.forEach(work),
    async sweep() {
      // Where the wall clock was set back, the store does not know that these are due.
      for (const { session, notBefore } of pauses.overdue()) {
        const claim = await store.sessions.claim(notBefore, { session, held });
        if (claim) work(claim);
      }
      while (!stopping) {
        isMoreDue = working.size >= MOST_AT_ONCE;
        if (isMoreDue) return;
        const claim = await store.sessions.claim(clock.now(), { any: true, held });
        if (!claim) break;
        work(claim);
      }
      const { effect } = await store.sessions.nextDue();
      // What is due already and cannot be claimed is looked at again in the ordinary course.
      if (effect !== undefined && effect > clock.now()) jobs.soon('effects', effect);
    },
    prove: (session, effectId) => void prove(session, effectId),
    async stop(limitMillis) {
      rest();
      await Promise.race([drain(), pause(clock, limitMillis)]);
      for (const end of waitingForEnd) end();
      await Promise.all([client.close(), outbound.close()]);
      // What was broken off says so in the store.
      await Promise.race([drain(), pause(clock, LAST_WORDS)]);
    },
  };
}

function pause(clock: Clock, millis: number): Promise<void> {
  return new Promise((done) => void clock.after(millis, done));
}

function traceOf({ traceparent }: CallMeter): { readonly traceparent?: string } {
  return traceparent === undefined ? {} : { traceparent };
}

function messageIdOf({ receipt }: Extract<Settlement, { outcome: 'done' }>): { readonly messageId?: string } {
  const messageId = receipt?.providerIds.at(-1);
  return messageId === undefined ? {} : { messageId };
}
