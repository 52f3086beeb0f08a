import {
  type Decision,
  type Log,
  Mailboxes,
  type Meters,
  OperationalError,
  silentMeters,
  type TakeTurn,
  type TurnMeter,
  type TurnOptions,
  type TurnRecord,
} from '../contract/host/index.js';
import type { Clock, Effect, FlowCode, FlowEvent, Json, Run, SessionState } from '../contract/index.js';
import { jsonSize } from '../contract/json/json-size.js';
import type { Claim, Store, StoredSession, TurnCommit } from '../contract/store/index.js';
import { indexOf } from '../engine/session-index.js';
import type { Decide, TurnInput } from '../engine/turn-input.js';
import { finishMerge } from '../people/merge-contacts.js';
import { newSession, senderOf } from '../people/new-session.js';
import type { ChannelBook } from '../published/channel-book.js';
import { linkMakers } from '../published/link-makers.js';
import { matchTrigger } from '../published/match-trigger.js';
import type { ProgramBook, ProgramSnapshot } from '../published/program-book.js';
import { dueMigrations, type Migration } from './due-migrations.js';
import { failedDecision } from './failed-decision.js';
import { skipsByOptOut } from './skips-by-opt-out.js';
import { flowsOf, withoutWords } from './unlogged.js';

export interface TurnParts {
  readonly store: Store;
  readonly programs: ProgramBook;
  readonly channels: ChannelBook;
  readonly decide: Decide;
  readonly clock: Clock;
  readonly log: Log;
  readonly meters?: Meters;
  /** Returns a text that nobody can guess and that is the same each time and on each host; without it there are no links. */
  readonly seal?: ((text: string) => string) | undefined;
  /** Values of the installation, for `{{ constants.NAME }}`. */
  readonly constants?: TurnInput['constants'];
  /** Returns true if there is room to perform an effect at once. By default there always is. */
  readonly hasRoom?: (effect: Effect) => boolean;
  /** Called for each turn that was stored, with the effects to perform and the next deadline. */
  readonly stored: (claims: readonly Claim[], wakeAt: string | undefined) => void;
}

/** The outcome for one session. `moved`: the contact was merged into another one, whose session must take the event. */
type OwnOutcome =
  | { readonly kind: 'taken'; readonly decision: Decision }
  | { readonly kind: 'duplicate' | 'gone' }
  | { readonly kind: 'moved' };

/** How many merges of a contact in a row are followed. More of them are a fault. */
const MAX_MOVES = 20;

/** How often a turn is decided. After each conflict another host has got ahead, so this many in a row are a fault. */
const MAX_ATTEMPTS = 50;

/**
 * Creates the function that takes turns: load, decide, commit. Within this process it takes one turn of a session at a time, and turns of
 * other sessions side by side. An event for a contact that was merged into another one is taken there, after the merge is finished.
 */
export function createTurnTaker(parts: TurnParts): TakeTurn {
  const mailboxes = new Mailboxes();
  const takeTurn: TakeTurn = async (first, event, options = {}) => {
    let session = first;
    for (let move = 0; move < MAX_MOVES; move += 1) {
      const at = session;
      const coming = comingTurn(parts, at, event);
      const outcome = await mailboxes.put(at, () => measuredTurn(parts, coming, options));
      if (outcome.kind !== 'moved') return { session, ...outcome };
      session = await finishMerge({ ...parts, takeTurn }, session);
    }
    throw new OperationalError('turn/contact-moves', `a contact was merged ${MAX_MOVES} times in a row`);
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

/** Takes a turn and measures it, whatever comes of it. */
async function measuredTurn(parts: TurnParts, coming: ComingTurn, options: TurnOptions): Promise<OwnOutcome> {
  try {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const outcome = await tryTurn(parts, coming, options);
      if (outcome === 'again') continue;
      if (outcome.kind !== 'taken') coming.meter.ended(outcome.kind);
      return outcome;
    }
    throw new OperationalError('turn/contended', `the session ${coming.session} changed ${MAX_ATTEMPTS} times while one turn was decided`);
  } catch (error) {
    coming.meter.ended('away');
    throw error;
  }
}

/** Decides the turn on the record as it is now, and stores it. `again`: the record has changed meanwhile. */
async function tryTurn(parts: TurnParts, coming: ComingTurn, options: TurnOptions): Promise<OwnOutcome | 'again'> {
  const { session, event, meter } = coming;
  const stored = await parts.store.sessions.load(session);
  if (stored?.hasSeen(event.id)) return { kind: 'duplicate' };
  const before = stored?.state ?? firstState(session, event);
  if (!before) return { kind: 'gone' };
  if (before.mergedInto !== undefined && event.type !== 'merged') return { kind: 'moved' };
  if (before.mergedInto !== undefined && event.type === 'merged' && !event.isDone) return { kind: 'duplicate' };
  const ensured = parts.programs.ensure(event.type === 'merge' ? { ...before, runs: [...before.runs, ...(event.runs ?? [])] } : before);
  const programs = ensured instanceof Promise ? await ensured : ensured;
  const [migration] = staysAsItIs(event) ? [] : dueMigrations(before, programs);
  if (migration) {
    // The session moves to the new version first, in a turn of its own. Then the event is taken there.
    await measuredTurn(parts, comingTurn(parts, session, migrateEvent(migration, before.turn, parts.clock.now())), {});
    return 'again';
  }
  const waiting = waitingIn(stored);
  meter.deciding();
  const decided = decide(parts, programs, { before, event, waiting });
  const decision = decided instanceof Promise ? await decided : decided;
  return commitTurn(parts, coming, { decision, options, before, waiting, base: stored?.revision ?? 0, unlogged: programs.unlogged });
}

interface DecidedTurn {
  readonly decision: Decision;
  readonly options: TurnOptions;
  readonly before: SessionState;
  readonly waiting: Waiting;
  /** The revision of the record that the decision is based on. */
  readonly base: number;
  /** Flows that are not logged. */
  readonly unlogged: ReadonlySet<FlowCode>;
}

async function commitTurn(parts: TurnParts, { session, event, meter }: ComingTurn, turn: DecidedTurn): Promise<OwnOutcome | 'again'> {
  const { decision, options, before, waiting, base, unlogged } = turn;
  const { settles, adopts, answers } = options;
  const skips = options.skips ?? skipsByOptOut(parts.channels, { before, after: decision.session, isMerge: event.type === 'merge' });
  const answered = answers ? answeredBy(decision, answers) : undefined;
  const index = indexOf(decision.session);
  const isUnlogged = unlogged.size > 0 && [...flowsOf(decision, before, event)].some((flow) => unlogged.has(flow));
  const marked: Decision = isUnlogged ? { ...decision, effects: decision.effects.map((one) => ({ ...one, unlogged: true })) } : decision;
  const journal = journalOf(marked, { event, before, waiting });
  meter.committing();
  const result = await parts.store.sessions.commit({
    session,
    base,
    event: event.id,
    eventTime: timeOf(event),
    now: parts.clock.now(),
    state: decision.session,
    effects: marked.effects.filter(({ skipped }) => !skipped),
    ...(parts.hasRoom ? { hasRoom: parts.hasRoom } : {}),
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
    return 'again';
  }
  if (result === 'forgotten') return { kind: 'gone' };
  if (result === 'duplicate') return { kind: 'duplicate' };
  meter.taken(marked, isUnlogged);
  // The caller that has marked a record as merged goes on with the merge; the wake-up of the record is for the time after a crash.
  parts.stored(result.claims, event.type === 'merged' ? undefined : index.wakeAt);
  return { kind: 'taken', decision };
}

/** Returns whether the turn only moves a session to another version or contact. Such a turn starts no migration. */
function staysAsItIs(event: FlowEvent): boolean {
  return event.type === 'merged' || (event.type === 'command' && event.command === 'migrate');
}

/** The number of waiting effects of earlier turns, and their size in characters of JSON. */
interface Waiting {
  readonly count: number;
  readonly size: number;
}

function waitingIn(stored: StoredSession | undefined): Waiting {
  const effects = stored?.effects ?? [];
  return { count: effects.length, size: effects.reduce((size, { effect }) => size + jsonSize(effect as unknown as Json), 0) };
}

/** Returns the time that decides how far back the event may have been seen. */
function timeOf(event: FlowEvent): string {
  if (event.type === 'message') return event.message.sentAt;
  // A merge may be finished late, so the log must be asked whether it was taken.
  if (event.type === 'merge') return event.contact.createdAt;
  return event.type === 'start' ? (event.askedAt ?? event.at) : event.at;
}

/** Returns the first effect of a turn, if it is a send that the HTTP answer can carry. */
function answeredBy({ effects }: Decision, answers: NonNullable<TurnOptions['answers']>): TurnCommit['answered'] {
  const first = effects.find(({ skipped }) => !skipped);
  const answer = first?.body.kind === 'send' ? answers(first) : undefined;
  return first && answer && { effect: first.id, isWhole: answer.isWhole };
}

/** Returns the channel whose parked sends may go out, because the person has written or subscribed. */
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
    constants: parts.constants,
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

/** Makes the record of a turn. It holds enough to compute the turn again. */
function journalOf(
  decision: Decision,
  turn: { readonly event: FlowEvent; readonly before: SessionState; readonly waiting: Waiting },
): TurnRecord {
  const { session, ...rest } = decision;
  const begins = turn.before.turn === 0 || session.runs.some((run) => !isAmong(turn.before.runs, run));
  return {
    id: `${session.id}.${session.turn}`,
    turn: session.turn,
    at: turn.event.at,
    event: turn.event,
    ...rest,
    ...(begins ? { before: turn.before } : {}),
    ...(turn.waiting.count > 0 ? { waiting: turn.waiting.count, waitingSize: turn.waiting.size } : {}),
  };
}

function isAmong(runs: readonly Run[], run: Run): boolean {
  return runs.some((one) => one.id === run.id);
}
