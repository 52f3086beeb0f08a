import type {
  Contact,
  Decision,
  DecisionKind,
  Effect,
  FlowFrame,
  Held,
  Link,
  Match,
  PathStep,
  Run,
  RunResult,
  SessionState,
  Tried,
  Warning,
} from '../contract/index.js';
import { programKey } from '../contract/index.js';
import type { Program } from '../flow/program.js';
import { type Allowance, newAllowance } from '../template/steps.js';
import type { Whereabouts } from './reach.js';
import type { GuestCall, GuestResult, MatchableEvent, TurnInput, TurnProgress } from './turn-input.js';

/** The parts of the state while a turn is computed: the only thing that changes in the engine, and nobody outside ever sees it. */
export type LiveFrame = Mutable<FlowFrame> | Mutable<Extract<Run['stack'][number], { kind: 'dialog' }>>;
export type LiveFlowFrame = Mutable<FlowFrame>;
export type LiveRun = Omit<Mutable<Run>, 'stack'> & { stack: LiveFrame[] };
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Something left to do in this turn; a guest dialog makes the turn pause for an answer. */
export type Task = () => Pause | undefined;
export interface Pause {
  readonly call: GuestCall;
  readonly take: (result: GuestResult) => void;
}

export interface Work {
  readonly input: TurnInput;
  contact: Contact;
  channels: SessionState['channels'];
  runs: LiveRun[];
  held: Held[];
  links: readonly Link[];
  mergedInto: string | undefined;
  numberMoved?: SessionState['numberMoved'];
  effectCount: number;
  /** About the size of the record by now, in characters; undefined while nobody has asked. */
  recordSize: number | undefined;
  /** Characters of the effects of this turn. */
  effectsSize: number;
  readonly effects: Effect[];
  readonly path: PathStep[];
  readonly warnings: Warning[];
  readonly matches: Match[];
  readonly tried: Tried[];
  /** Runs that ended in this turn. */
  results: readonly RunResult[];
  /** As in the decision; none while nobody has asked. */
  called: Record<string, number | null> | undefined;
  kind: DecisionKind;
  reason: string;
  /** Nodes entered in this turn, over all frames. */
  steps: number;
  ids: number;
  random: (() => number) | undefined;
  /** What templates may still take in this turn. */
  readonly allowance: Allowance;
  readonly agenda: Task[];
  guest: boolean;
  bug: string | undefined;
  error: unknown;
}

/** Opens the state for one turn. */
export function beginWork(input: TurnInput): Work {
  const { session } = input;
  return {
    input,
    contact: session.contact,
    channels: session.channels,
    runs: session.runs.map(liveRun),
    held: [...session.held],
    links: session.links ?? [],
    mergedInto: session.mergedInto,
    ...(session.numberMoved ? { numberMoved: session.numberMoved } : {}),
    effectCount: session.effectCount,
    effects: [],
    path: [],
    warnings: [],
    matches: [],
    tried: [],
    results: [],
    called: undefined,
    kind: 'noted',
    reason: '',
    steps: 0,
    ids: 0,
    effectsSize: 0,
    recordSize: undefined,
    random: undefined,
    allowance: newAllowance(),
    agenda: [],
    guest: false,
    bug: undefined,
    error: undefined,
  };
}

/** A run that may change in this turn. */
export function liveRun(run: Run): LiveRun {
  return { ...run, stack: run.stack.map((frame) => ({ ...frame })) };
}

/** Does what is left to do, until it is done or a guest dialog has to answer. */
export function drive(work: Work): TurnProgress {
  for (;;) {
    const task = work.agenda.shift();
    if (!task) return { done: decisionOf(work), ...(work.error === undefined ? {} : { error: work.error }) };
    const pause = task();
    if (!pause) continue;
    work.guest = true;
    return {
      guest: pause.call,
      goOn(result) {
        pause.take(result);
        return drive(work);
      },
    };
  }
}

function decisionOf(work: Work): Decision {
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
    ...(work.bug === undefined ? {} : { bug: work.bug }),
  };
}

/** What the turn came to; the first word counts, what follows from it is in the path. */
export function say(work: Work, kind: DecisionKind, reason: string): void {
  if (work.reason !== '') return;
  work.kind = kind;
  work.reason = reason;
}

export function warn(work: Work, code: string, detail: string, node?: string): void {
  work.warnings.push({ code, detail, ...(node === undefined ? {} : { node }) });
}

/** Asks which flow takes it, and keeps the answer for the journal. */
export function ask(work: Work, event: MatchableEvent, scope: 'idle' | 'busy'): Match {
  const match = work.input.match(event, scope);
  work.matches.push(match);
  work.tried.push(...match.tried);
  return match;
}

/** The version of a flow that is ONLINE, kept for the journal: it will be another one when the turn is computed again. */
export function onlineProgram(work: Work, flow: string): Program | undefined {
  const program = work.input.programs.online(flow);
  work.called = { ...work.called, [flow]: program?.version ?? null };
  return program;
}

export function foreground(work: Work): LiveRun | undefined {
  return work.runs.find((run) => run.place === 'foreground');
}

export function topOf(run: LiveRun): LiveFrame | undefined {
  return run.stack.at(-1);
}

export function programOf(work: Work, frame: LiveFlowFrame): Program | undefined {
  return work.input.programs.get(programKey(frame.flow, frame.version));
}

/** `<session>.<turn>.<label><n>`: the same whenever the turn is computed again. */
export function newId(work: Work, label: string): string {
  const { session } = work.input;
  work.ids += 1;
  return `${session.id}.${session.turn}.${label}${work.ids}`;
}

/** Chance of this turn: the same series whenever it is computed again (mulberry32). */
export function randomOf(work: Work): () => number {
  if (work.random) return work.random;
  let state = hash(`${work.input.session.id}:${work.input.session.turn}`);
  work.random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return work.random;
}

function hash(text: string): number {
  let value = 2_166_136_261;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 16_777_619);
  return value;
}

/** Where the contact can be reached by now. */
export function whereabouts(work: Work): Whereabouts {
  return { facts: work.input.channels, uses: work.channels };
}
