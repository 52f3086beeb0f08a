import {
  type Claim,
  type Clock,
  type Decision,
  type FlowEvent,
  type Json,
  type Log,
  Mailboxes,
  type Meters,
  OperationalError,
  type Run,
  type SessionState,
  type Store,
  type StoredSession,
  silentMeters,
  type TurnCommit,
  type TurnMeter,
  type TurnRecord,
} from '../contract/index.js';
import { jsonSize } from '../contract/json/json-size.js';
import type { TakeTurn, TurnOptions } from '../contract/take-turn.js';
import { indexOf } from '../engine/session-index.js';
import type { Decide, TurnInput } from '../engine/turn-input.js';
import { finishMerge } from '../people/merge-contacts.js';
import { newSession, senderOf } from '../people/new-session.js';
import type { ChannelBook } from '../published/channel-book.js';
import { matchTrigger } from '../published/match-trigger.js';
import type { ProgramBook, ProgramSnapshot } from '../published/program-book.js';
import { dueMigrations, type Migration } from './due-migrations.js';
import { failedDecision } from './failed-decision.js';
import { linkMakers } from './link-makers.js';
import { flowsOf, withoutWords } from './unlogged.js';

export interface TurnParts {
  readonly store: Store;
  readonly programs: ProgramBook;
  readonly channels: ChannelBook;
  readonly decide: Decide;
  readonly clock: Clock;
  readonly log: Log;
  readonly meters?: Meters;
  /** Makes of a text another one that nobody can guess, the same each time and on each host; without it there are no links. */
  readonly seal?: ((text: string) => string) | undefined;
  /** Told of each turn that was stored: effects to perform, and when to look for a deadline. */
  readonly stored: (claims: readonly Claim[], wakeAt: string | undefined) => void;
}

/** Of one session alone. `moved`: the contact was merged into another, which is to take the event. */
type OwnOutcome =
  | { readonly kind: 'taken'; readonly decision: Decision }
  | { readonly kind: 'duplicate' | 'gone' }
  | { readonly kind: 'moved' };

/** How often a contact may turn out to have been merged into another one before something is wrong. */
const MOST_MOVES = 20;

/** A conflict means that another host was faster; each round somebody gets through, so this many in a row is a fault. */
const MOST_ATTEMPTS = 50;

/**
 * The taker of turns: load, decide, commit. One turn of a session at a time in this process, others beside it. What comes for a contact
 * that was merged into another one is taken there, after all that the contact had.
 */
export function createTurnTaker(parts: TurnParts): TakeTurn {
  const mailboxes = new Mailboxes();
  const takeTurn: TakeTurn = async (first, event, along = {}) => {
    let session = first;
    for (let move = 0; move < MOST_MOVES; move += 1) {
      const at = session;
      const coming = comingTurn(parts, at, event);
      const outcome = await mailboxes.put(at, () => measuredTurn(parts, coming, along));
      if (outcome.kind !== 'moved') return { ...outcome, session };
      session = await finishMerge({ ...parts, takeTurn }, session);
    }
    throw new OperationalError('turn/contact-moves', `a contact was merged ${MOST_MOVES} times in a row`);
  };
  return takeTurn;
}

interface ComingTurn {
  readonly session: string;
  readonly event: FlowEvent;
  readonly meter: TurnMeter;
}

function comingTurn({ meters = silentMeters }: TurnParts, session: string, event: FlowEvent): ComingTurn {
  return { session, event, meter: meters.turn(session, event) };
}

/** Whatever comes of it is told. */
async function measuredTurn(parts: TurnParts, coming: ComingTurn, options: TurnOptions): Promise<OwnOutcome> {
  try {
    const outcome = await takeTurn(parts, coming, options);
    if (outcome.kind !== 'taken') coming.meter.ended(outcome.kind);
    return outcome;
  } catch (error) {
    coming.meter.ended('away');
    throw error;
  }
}

async function takeTurn(parts: TurnParts, { session, event, meter }: ComingTurn, options: TurnOptions): Promise<OwnOutcome> {
  const { settles, adopts, skips, answers } = options;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const stored = await parts.store.sessions.load(session);
    if (stored?.hasSeen(event.id)) return { kind: 'duplicate' };
    const before = stored?.state ?? firstState(session, event);
    if (!before) return { kind: 'gone' };
    if (before.mergedInto !== undefined && event.type !== 'merged') return { kind: 'moved' };
    if (before.mergedInto !== undefined && event.type === 'merged' && !event.isDone) return { kind: 'duplicate' };
    const programs = await parts.programs.ensure(
      event.type === 'merge' ? { ...before, runs: [...before.runs, ...(event.runs ?? [])] } : before,
    );
    const [migration] = staysAsItIs(event) ? [] : dueMigrations(before, programs);
    if (migration) {
      // The session goes over to the new version first, in a turn of its own; then what has come is taken there.
      await measuredTurn(parts, comingTurn(parts, session, migrateEvent(migration, before.turn, parts.clock.now())), {});
      continue;
    }
    const waiting = waitingIn(stored);
    meter.deciding();
    const decided = decide(parts, programs, { before, event, waiting });
    const decision = decided instanceof Promise ? await decided : decided;
    const answered = answers ? answeredBy(decision, answers) : undefined;
    const index = indexOf(decision.session);
    const isUnlogged = [...flowsOf(decision, before, event)].some((flow) => programs.unlogged.has(flow));
    const marked: Decision = isUnlogged ? { ...decision, effects: decision.effects.map((one) => ({ ...one, unlogged: true })) } : decision;
    const journal = journalOf(marked, { event, before, waiting });
    meter.committing();
    const result = await parts.store.sessions.commit({
      session,
      base: stored?.revision ?? 0,
      event: event.id,
      eventTime: timeOf(event),
      now: parts.clock.now(),
      state: decision.session,
      effects: marked.effects.filter(({ skipped }) => !skipped),
      journal: { ...(isUnlogged ? withoutWords(journal) : journal), ...(answered === undefined ? {} : { answered: answered.effect }) },
      ...(settles ? { settles } : {}),
      ...(adopts === undefined ? {} : { adopts }),
      ...(skips ? { skips } : {}),
      ...(event.type === 'merged' && event.isDone ? { empties: true } : {}),
      ...(answered === undefined ? {} : { answered }),
      ...unparkedBy(event),
      index,
    });
    if (result === 'conflict') {
      meter.conflicted();
      continue;
    }
    if (result === 'forgotten') return { kind: 'gone' };
    if (result === 'duplicate') return { kind: 'duplicate' };
    meter.taken(marked, isUnlogged);
    // Who has marked a record as merged goes on with the merge; the wake-up is for whoever comes after a crash.
    parts.stored(result.claims, event.type === 'merged' ? undefined : index.wakeAt);
    return { kind: 'taken', decision };
  }
  throw new OperationalError('turn/contended', `the session ${session} changed ${MOST_ATTEMPTS} times while one turn was decided`);
}

/** A turn that takes a session over to another version, or to another contact, begins none. */
function staysAsItIs(event: FlowEvent): boolean {
  return event.type === 'merged' || (event.type === 'command' && event.command === 'migrate');
}

/** Effects of earlier turns, and their size in characters of JSON. */
interface Waiting {
  readonly count: number;
  readonly size: number;
}

function waitingIn(stored: StoredSession | undefined): Waiting {
  const effects = stored?.effects ?? [];
  return { count: effects.length, size: effects.reduce((size, { effect }) => size + jsonSize(effect as unknown as Json), 0) };
}

/** What decides how far back an event may have been seen. */
function timeOf(event: FlowEvent): string {
  if (event.type === 'message') return event.message.sentAt;
  // Whoever finishes a merge may come late: the log is asked whether it was taken.
  if (event.type === 'merge') return event.contact.createdAt;
  return event.type === 'start' ? (event.askedAt ?? event.at) : event.at;
}

/** The first thing that a turn asks for, if that is a send. */
function answeredBy({ effects }: Decision, answers: NonNullable<TurnOptions['answers']>): TurnCommit['answered'] {
  const first = effects.find(({ skipped }) => !skipped);
  const answer = first?.body.kind === 'send' ? answers(first) : undefined;
  return first && answer && { effect: first.id, isWhole: answer.isWhole };
}

/** Who writes or subscribes may be written to. */
function unparkedBy(event: FlowEvent): Pick<TurnCommit, 'unparks'> {
  if (event.type === 'message') return event.message.group === undefined ? { unparks: event.message.channel } : {};
  if (event.type === 'linked' && (event.subscribed || event.wroteAt !== undefined)) return { unparks: event.channel };
  return event.type === 'subscription' && event.subscribed ? { unparks: event.channel } : {};
}

function migrateEvent({ flow, to }: Migration, turn: number, at: string): FlowEvent {
  return { id: `migrate:${flow}@${to}:${turn}`, at, type: 'command', command: 'migrate', args: { flow, to }, by: 'publish' };
}

function firstState(session: string, event: FlowEvent): SessionState | undefined {
  const from = senderOf(event);
  return from && newSession(session, from, event.at);
}

/** Decides the turn. A promise only if middleware or a guest dialog takes part. */
function decide(
  parts: TurnParts,
  programs: ProgramSnapshot,
  { before, event, waiting }: { readonly before: SessionState; readonly event: FlowEvent; readonly waiting: Waiting },
): Decision | Promise<Decision> {
  const session = { ...before, turn: before.turn + 1 };
  const input: TurnInput = {
    programs,
    channels: parts.channels.facts(),
    session,
    waitingEffects: waiting.count,
    waitingSize: waiting.size,
    event,
    links: linkMakers(parts.seal, programs.onlineFlows),
    match: (matchable, scope) => matchTrigger(matchable, programs.onlineFlows, scope),
  };
  const failed = (error: unknown): Decision => {
    if (error instanceof OperationalError) throw error;
    return failedDecision(parts.log, input, error);
  };
  try {
    const decision = parts.decide(input);
    return decision instanceof Promise ? decision.catch(failed) : decision;
  } catch (error) {
    return failed(error);
  }
}

/** The whole event, the decision and the path: enough to compute the turn again. */
function journalOf(
  decision: Decision,
  turn: { readonly event: FlowEvent; readonly before: SessionState; readonly waiting: Waiting },
): TurnRecord {
  const { session, ...rest } = decision;
  const begins = turn.before.turn === 0 || session.runs.some((run) => !isAmong(turn.before.runs, run));
  return {
    ...rest,
    id: `${session.id}.${session.turn}`,
    turn: session.turn,
    at: turn.event.at,
    event: turn.event,
    ...(begins ? { before: turn.before } : {}),
    ...(turn.waiting.count > 0 ? { waiting: turn.waiting.count, waitingSize: turn.waiting.size } : {}),
  };
}

function isAmong(runs: readonly Run[], run: Run): boolean {
  return runs.some((one) => one.id === run.id);
}
