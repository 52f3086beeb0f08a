import type { Decision, DecisionKind, Match, PathStep, RunResult, Tried } from '../contract/host/index.js';
import {
  type Contact,
  type Effect,
  type HandOver,
  type Held,
  type Link,
  programKey,
  type Run,
  type SessionState,
  type Warning,
} from '../contract/index.js';
import type { Program } from '../flow/program.js';
import { type Allowance, newAllowance } from '../template/steps.js';
import { type LiveFlowFrame, type LiveRun, liveRun } from './live-run.js';
import type { Whereabouts } from './reach.js';
import type { Task } from './task.js';
import type { MatchableEvent, MatchScope, TurnInput } from './turn-input.js';

/** Everything that changes while one turn is computed. */
export interface Work {
  readonly input: TurnInput;
  contact: Contact;
  channels: SessionState['channels'];
  /** The session's own runs, which are only read, and copies of those that this turn changes (see `edit`). */
  runs: readonly Run[];
  held: readonly Held[];
  links: readonly Link[];
  mergedInto: string | undefined;
  numberMoved: SessionState['numberMoved'];
  handOver: SessionState['handOver'];
  laterHandOvers: readonly HandOver[];
  lastHandOver: SessionState['lastHandOver'];
  effectCount: number;
  /** Estimated size of the record in characters; undefined until a budget asks for it. */
  recordSize: number | undefined;
  /** Size in characters of this turn's effects. */
  effectsSize: number;
  readonly effects: Effect[];
  readonly path: PathStep[];
  readonly warnings: Warning[];
  readonly matches: Match[];
  readonly tried: Tried[];
  /** Runs that ended in this turn. */
  results: readonly RunResult[];
  /** As in the decision; undefined until a node has begun a flow. */
  called: Record<string, number | null> | undefined;
  /** As in the decision. */
  optOutWord: Decision['optOutWord'];
  kind: DecisionKind;
  reason: string;
  /** Nodes entered in this turn, over all runs. */
  steps: number;
  /** How many ids this turn has made. */
  ids: number;
  random: (() => number) | undefined;
  /** What templates may still use in this turn. */
  readonly allowance: Allowance;
  /** What is left to do after the task in hand, in order. */
  readonly tasks: Task[];
  /** A guest dialog was called in this turn. */
  guest: boolean;
  bug: string | undefined;
  error: unknown;
}

/** Returns the state of a turn at its beginning. */
export function beginWork(input: TurnInput): Work {
  const { session } = input;
  return {
    input,
    contact: session.contact,
    channels: session.channels,
    runs: session.runs,
    held: session.held,
    links: session.links ?? [],
    mergedInto: session.mergedInto,
    numberMoved: session.numberMoved,
    handOver: session.handOver,
    laterHandOvers: session.laterHandOvers ?? [],
    lastHandOver: session.lastHandOver,
    effectCount: session.effectCount,
    effects: [],
    path: [],
    warnings: [],
    matches: [],
    tried: [],
    results: [],
    called: undefined,
    optOutWord: undefined,
    kind: 'noted',
    reason: '',
    steps: 0,
    ids: 0,
    effectsSize: 0,
    recordSize: undefined,
    random: undefined,
    allowance: newAllowance(),
    tasks: [],
    guest: false,
    bug: undefined,
    error: undefined,
  };
}

/** Returns the decision of a turn in which nothing is left to do. */
export function decisionOf(work: Work): Decision {
  const { session } = work.input;
  return {
    session: {
      id: session.id,
      turn: session.turn,
      effectCount: work.effectCount,
      contact: work.contact,
      channels: work.channels,
      runs: work.runs,
      held: work.held,
      ...(work.links.length > 0 ? { links: work.links } : {}),
      ...(work.numberMoved ? { numberMoved: work.numberMoved } : {}),
      ...(work.handOver ? { handOver: work.handOver } : {}),
      ...(work.laterHandOvers.length > 0 ? { laterHandOvers: work.laterHandOvers } : {}),
      ...(work.lastHandOver ? { lastHandOver: work.lastHandOver } : {}),
      ...(work.mergedInto === undefined ? {} : { mergedInto: work.mergedInto }),
    },
    effects: work.effects,
    decision: { kind: work.kind, reason: work.reason, tried: work.tried },
    path: work.path,
    warnings: work.warnings,
    matches: work.matches,
    ...(work.results.length > 0 ? { results: work.results } : {}),
    ...(work.guest ? { guest: true } : {}),
    ...(work.called ? { called: work.called } : {}),
    ...(work.optOutWord ? { optOutWord: work.optOutWord } : {}),
    ...(work.bug === undefined ? {} : { bug: work.bug }),
  };
}

/** Records what the turn came to. Only the first call counts; everything that follows from it is in the path. */
export function conclude(work: Work, kind: DecisionKind, reason: string): void {
  if (work.reason !== '') return;
  work.kind = kind;
  work.reason = reason;
}

interface NewWarning {
  readonly code: string;
  readonly detail: string;
  /** The node that the warning is about. */
  readonly node?: string | undefined;
}

/** Adds a warning to the turn's record. */
export function warn(work: Work, { code, detail, node }: NewWarning): void {
  work.warnings.push({ code, detail, ...(node === undefined ? {} : { node }) });
}

/** Returns which online flow's trigger takes the event, and records the answer: a replay must get the same one. */
export function findTrigger(work: Work, event: MatchableEvent, scope: MatchScope): Match {
  const match = work.input.match(event, scope);
  work.matches.push(match);
  work.tried.push(...match.tried);
  return match;
}

/** Returns the version of a flow that is ONLINE, and records which: a replay must begin the same one. */
export function onlineProgram(work: Work, flow: string): Program | undefined {
  const program = work.input.programs.online(flow);
  work.called = { ...work.called, [flow]: program?.version ?? null };
  return program;
}

/** Returns the run for changing: a run of the session is replaced by a copy first, so that a turn copies only what it changes. */
export function edit(work: Work, run: Run): LiveRun {
  // Runs that are not the session's own were made in this turn.
  if (!work.input.session.runs.includes(run)) return run as LiveRun;
  const copy = liveRun(run);
  work.runs = work.runs.map((one) => (one === run ? copy : one));
  return copy;
}

/** Returns the opt-outs that count for what the turn sends. What is sent in the turn that takes a STOP word answers it. */
export function optOutNow({ contact, optOutWord, input: { event } }: Work): Contact['optOut'] {
  if (optOutWord !== 'stop' || event.type !== 'message') return contact.optOut;
  const { [event.message.platform]: _, ...others } = contact.optOut;
  return others;
}

/** Returns whether a run or an operator gets the person's messages. */
export function isBusy(work: Work): boolean {
  return isLeftToOperator(work) || work.runs.some(({ place }) => place === 'foreground');
}

/** Returns whether an operator has the talk although no run waits for it to be given back. */
export function isLeftToOperator({ handOver }: Pick<Work, 'handOver'>): boolean {
  return handOver !== undefined && !handOver.isAwaited;
}

/** Returns the run that gets the person's messages, for changing. */
export function foreground(work: Work): LiveRun | undefined {
  const run = work.runs.find(({ place }) => place === 'foreground');
  return run && edit(work, run);
}

export function programOf(work: Work, frame: LiveFlowFrame): Program | undefined {
  return work.input.programs.get(programKey(frame.flow, frame.version));
}

/** Returns `<session>.<turn>.<label><n>`, the same id whenever the turn is computed. */
export function newId(work: Work, label: string): string {
  const { session } = work.input;
  work.ids += 1;
  return `${session.id}.${session.turn}.${label}${work.ids}`;
}

/** Returns the random numbers of this turn, the same series whenever the turn is computed (mulberry32). */
export function randomOf(work: Work): () => number {
  work.random ??= randomFrom(`${work.input.session.id}:${work.input.session.turn}`);
  return work.random;
}

/** Returns the random numbers that follow from a seed, always the same series. */
export function randomFrom(seed: string): () => number {
  let state = hash(seed);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function hash(text: string): number {
  let value = 2_166_136_261;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 16_777_619);
  return value;
}

/** Returns where the contact can be reached at this point of the turn. */
export function whereabouts(work: Work): Whereabouts {
  return { facts: work.input.channels, uses: work.channels };
}
