import { createHash } from 'node:crypto';
import { type DecisionKind, isRefused, type Refusal, type TakeTurn } from '../contract/host/index.js';
import type { ChannelId, Clock, FlowCode, FlowEvent, Json, JsonObject, Lane, OnBusy, Sender, Vars } from '../contract/index.js';
import type { KnownStart, Store } from '../contract/store/index.js';
import type { Program } from '../flow/program.js';
import type { Inputs } from '../flow/read-inputs.js';
import { findPerson, takeAfterMerges } from '../people/find-person.js';
import { newRunId } from '../people/new-id.js';
import { reachPerson, type WantedContact } from '../people/reach-person.js';
import type { ChannelBook } from '../published/channel-book.js';
import { readStartInputs } from '../published/start-inputs.js';

export interface StartParts {
  readonly store: Store;
  readonly channels: Pick<ChannelBook, 'get'>;
  readonly takeTurn: TakeTurn;
  readonly clock: Clock;
}

/** One start of a flow with one person. */
export interface StartRequest {
  readonly contact: WantedContact;
  /** Where to reach them; may be absent if that is clear without it. */
  readonly channel?: ChannelId;
  /** The inputs of the flow. */
  readonly data: Vars;
  /** A repeat of a uuid starts nothing, and is answered as the first start was. */
  readonly uuid?: string;
  /** An id of the system that asks; the flow has it as a variable. */
  readonly outId?: string;
  readonly claimedAt?: string;
  /** See `Run.chain`. */
  readonly chain?: number;
  /** The start is dropped if it has not begun by then. */
  readonly discardAt?: string;
}

/** A flow that can be started, and how its starts go. */
export interface Startable {
  readonly program: Program;
  /** The channels that the flow is bound to. */
  readonly channels: readonly ChannelId[];
  readonly onBusy: OnBusy;
  /** Who starts it, for the log: `api:shop`. */
  readonly by: string;
  readonly lane: Lane;
}
export interface StartAnswer {
  readonly sessionId: string;
  /** Absent if the start was discarded. */
  readonly runId?: string;
  readonly status: 'started' | 'queued' | 'discarded';
  readonly ignoredInputs: readonly string[];
  readonly repeated: boolean;
}

/**
 * Starts a flow with a person, once for each `uuid`. A start is stored under its uuid before its turn, so a repeat after a crash finishes
 * it. A refused start is not remembered: it may be asked for again.
 */
export async function startOnce(parts: StartParts, flow: Startable, request: StartRequest): Promise<StartAnswer | Refusal> {
  const { code } = flow.program;
  const { key, hash, before } = await earlierStart(parts, code, request);
  if (before && before.hash !== hash) return otherBody(request.uuid);
  if (before?.answer !== undefined) return repeated(before.answer);

  const reached = await reachPerson(parts, request, flow.channels);
  if (isRefused(reached)) return reached;
  const inputs = readStartInputs(flow.program, request.data, reached.from);
  if (isRefused(inputs)) return inputs;
  const at = parts.clock.now();
  const fresh: KnownStart = {
    key: key ?? '',
    hash,
    session: before?.session ?? (await findPerson(parts, reached.from)),
    run: before?.run ?? newRunId(at),
    at,
  };
  const { start, isNew } = key === undefined ? { start: fresh, isNew: true } : await parts.store.starts.putIfAbsent(before ?? fresh);
  if (start.hash !== hash) return otherBody(request.uuid);

  const event = eventOf(flow, request, { start, ...reached, inputs, at });
  const outcome = await takeAfterMerges(parts, start.session, event);
  const { session } = outcome;
  const turn = outcome.kind === 'taken' ? outcome.decision : await parts.store.turns.byEvent(session, event.id);
  const kind = turn?.decision.kind ?? 'started';
  if (kind === 'refused') {
    if (key !== undefined) await parts.store.starts.remove(key, start.run);
    const isOptedOut = turn?.warnings.some((one) => one.code === 'start/opted-out');
    return {
      refused: isOptedOut ? 'start/opted-out' : 'start/refused',
      detail: `"${code}" was not started: ${turn?.decision.reason ?? ''}.`,
    };
  }
  const status = STATUS[kind] ?? 'started';
  const answer = { sessionId: session, ...(status === 'discarded' ? {} : { runId: start.run }), status, ignoredInputs: inputs.ignored };
  if (key !== undefined) await parts.store.starts.answer(key, answer, session);
  return { ...answer, repeated: !isNew };
}

/** Returns what the first start with this uuid was answered, for repeats that come when the flow can no longer be started. */
export async function firstAnswer(
  parts: Pick<StartParts, 'store'>,
  code: FlowCode,
  request: StartRequest,
): Promise<StartAnswer | undefined> {
  const { hash, before } = await earlierStart(parts, code, request);
  return before?.answer === undefined || before.hash !== hash ? undefined : repeated(before.answer);
}

async function earlierStart(
  { store }: Pick<StartParts, 'store'>,
  code: FlowCode,
  request: StartRequest,
): Promise<{ readonly key?: string; readonly hash: string; readonly before?: KnownStart }> {
  const hash = hashOf({ data: request.data, contact: request.contact as unknown as JsonObject, channel: request.channel ?? null });
  if (request.uuid === undefined) return { hash };
  const key = `${code}:${request.uuid}`;
  const before = await store.starts.get(key);
  return { key, hash, ...(before ? { before } : {}) };
}

function repeated(answer: Json): StartAnswer {
  return { ...(answer as unknown as StartAnswer), repeated: true };
}

/** A run that has failed at once counts as started. */
const STATUS: Readonly<Partial<Record<DecisionKind, StartAnswer['status']>>> = { queued: 'queued', discarded: 'discarded' };

function eventOf(
  { program, onBusy, by, lane }: Startable,
  { uuid, outId, claimedAt, discardAt, chain }: StartRequest,
  now: {
    readonly start: KnownStart;
    readonly channel: ChannelId;
    readonly from: Sender;
    readonly inputs: Pick<Inputs, 'vars' | 'warnings'>;
    readonly at: string;
  },
): FlowEvent {
  return {
    id: eventIdOf(now.start),
    at: now.at,
    askedAt: now.start.at,
    type: 'start',
    flow: program.code as FlowCode,
    version: program.version,
    run: now.start.run,
    channel: now.channel,
    from: now.from,
    by,
    lane,
    onBusy,
    data: now.inputs.vars,
    ...(now.inputs.warnings.length > 0 ? { warnings: now.inputs.warnings } : {}),
    ...(uuid === undefined ? {} : { uuid }),
    ...(outId === undefined ? {} : { outId }),
    ...(claimedAt === undefined ? {} : { claimedAt }),
    ...(discardAt === undefined ? {} : { discardAt }),
    ...(chain === undefined ? {} : { chain }),
  };
}

/** Returns the event id of a start. Repeats have the same id; a new start after a refused one has another, or it would be a duplicate. */
function eventIdOf({ key, run }: KnownStart): string {
  return key === '' ? `start:${run}` : `start:${key}:${run}`;
}

function otherBody(uuid: string | undefined): Refusal {
  return {
    refused: 'start/other-body',
    detail: `The uuid "${uuid ?? ''}" was sent before with other data, or for another contact or channel.`,
  };
}

/** Hashes JSON, whatever the order of its keys. */
function hashOf(value: Json): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex');
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, one]) => [key, sorted(one ?? null)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
