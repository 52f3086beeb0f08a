import { createHash } from 'node:crypto';
import {
  type ChannelId,
  type Clock,
  type DecisionKind,
  type FlowCode,
  type FlowEvent,
  type Json,
  type JsonObject,
  type KnownStart,
  type Lane,
  type OnBusy,
  type Problem,
  type Sender,
  type Store,
  UserError,
  type Vars,
} from '../contract/index.js';
import type { TakeTurn } from '../contract/take-turn.js';
import type { Program } from '../flow/program.js';
import { type Inputs, readInputs } from '../flow/read-inputs.js';
import { findPerson, takeAfterMerges } from '../people/find-person.js';
import { newRunId } from '../people/new-id.js';
import { reachPerson, type WantedContact } from '../people/reach-person.js';
import type { ChannelBook } from '../published/channel-book.js';

export interface StartParts {
  readonly store: Store;
  readonly channels: ChannelBook;
  readonly takeTurn: TakeTurn;
  readonly clock: Clock;
}

/** What a system asks for: a flow to begin with a person. */
export interface StartRequest {
  readonly contact: WantedContact;
  readonly channel?: ChannelId;
  readonly data: Vars;
  readonly uuid?: string;
  readonly outId?: string;
  readonly claimedAt?: string;
  readonly discardAt?: string;
}
/** Which flow it is, and how its starts go. */
export interface Startable {
  readonly program: Program;
  /** Where the flow is bound to. */
  readonly channels: readonly ChannelId[];
  readonly onBusy: OnBusy;
  readonly by: string;
  readonly lane: Lane;
}
export interface StartAnswer {
  readonly sessionId: string;
  /** Absent when it was discarded. */
  readonly runId?: string;
  readonly status: 'started' | 'queued' | 'discarded';
  readonly ignoredInputs: readonly string[];
  readonly repeated: boolean;
}

/** Starts a flow with a person, once for each `uuid`. What cannot be is a UserError that says why, and is not remembered. */
export async function startFlow(parts: StartParts, flow: Startable, request: StartRequest): Promise<StartAnswer> {
  const { key, hash, before } = await earlierStart(parts, flow.program.code, request);
  if (before && before.hash !== hash) throw otherBody(request.uuid);
  if (before?.answer !== undefined) return repeated(before.answer);

  const { channel, from } = await reachPerson(parts, request, flow.channels);
  const { vars, ignored, wrong, warnings } = readInputs(flow.program, request.data, from);
  if (wrong.length > 0)
    throw new UserError(422, 'start/wrong-inputs', `"${flow.program.code}" cannot begin with these inputs.`, wrong.map(problemOf));
  const at = parts.clock.now();
  const fresh: KnownStart = {
    key: key ?? '',
    hash,
    session: before?.session ?? (await findPerson(parts, from)),
    run: before?.run ?? newRunId(at),
    at,
  };
  const { start, isNew } = key === undefined ? { start: fresh, isNew: true } : await parts.store.starts.putIfAbsent(before ?? fresh);
  if (start.hash !== hash) throw otherBody(request.uuid);

  const event = eventOf(flow, request, { start, channel, from, inputs: { vars, warnings }, at });
  const outcome = await takeAfterMerges(parts, start.session, event);
  const { session } = outcome;
  const decided = outcome.kind === 'taken' ? outcome.decision.decision : (await parts.store.turns.byEvent(session, event.id))?.decision;
  const kind = decided?.kind ?? 'started';
  if (kind === 'refused') {
    if (key !== undefined) await parts.store.starts.remove(key, start.run);
    throw new UserError(409, 'start/refused', `"${flow.program.code}" was not started: ${decided?.reason ?? ''}.`);
  }
  const status = STATUS[kind] ?? 'started';
  const answer = { sessionId: session, ...(status === 'discarded' ? {} : { runId: start.run }), status, ignoredInputs: ignored };
  if (key !== undefined) await parts.store.starts.answer(key, answer, session);
  return { ...answer, repeated: !isNew };
}

/** What the first start under this uuid was answered; for repeats that come when the flow cannot be started any more. */
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

/** A run that began and failed at once has begun all the same. */
const STATUS: Readonly<Partial<Record<DecisionKind, StartAnswer['status']>>> = { queued: 'queued', discarded: 'discarded' };

function eventOf(
  { program, onBusy, by, lane }: Startable,
  { uuid, outId, claimedAt, discardAt }: StartRequest,
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
  };
}

/** The same for all repeats of one start; another once that was refused and forgotten, or its refusal would be the answer for ever. */
function eventIdOf({ key, run }: KnownStart): string {
  return key === '' ? `start:${run}` : `start:${key}:${run}`;
}

/** What is wrong with an input, in words for the caller. */
export function problemOf({ name, type, mistake }: Inputs['wrong'][number]): Problem {
  return {
    pointer: `/data/${name}`,
    code: mistake === 'missing' ? 'start/missing-input' : 'start/wrong-type',
    message: mistake === 'missing' ? `the flow needs "${name}"` : `"${name}" is to be of type ${type}`,
    hint: `Send a ${type}.`,
    severity: 'error',
  };
}

function otherBody(uuid: string | undefined): UserError {
  return new UserError(409, 'start/other-body', `The uuid "${uuid ?? ''}" was sent before with another data, contact or channel.`);
}

/** The same for the same JSON, whatever the order of its keys. */
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
