import type { Decision, Match, PathStep, TurnRecord } from '../contract/host/index.js';
import { type Effect, type FlowEvent, programKey, type SessionState } from '../contract/index.js';
import { advance } from '../engine/advance.js';
import type { ChannelFacts, TurnInput } from '../engine/turn-input.js';
import type { Program, Programs } from '../flow/program.js';
import { createTranslator } from './translate-event.js';

/** A turn that comes out differently. */
export interface Difference {
  readonly session: string;
  readonly turn: number;
  readonly was: Shown;
  readonly is: Shown;
}
export interface Shown {
  readonly kind: string;
  readonly path: readonly string[];
  readonly effects: readonly unknown[];
  /** Why the event was left out. */
  readonly note?: string;
}

export interface Replayed {
  /** The number of turns that were computed again. */
  readonly compared: number;
  /** The number of turns that could not be computed because their flow is not logged; absent if there are none. */
  readonly unlogged?: number;
  readonly different: readonly Difference[];
}

export interface ReplayParts {
  /** Holds every version that the turns stand in. */
  readonly programs: Programs;
  readonly channels: ReadonlyMap<string, ChannelFacts>;
  readonly links?: TurnInput['links'];
  readonly constants?: TurnInput['constants'];
  /** Takes the place of all versions of its flow; absent to replay on the recorded versions. */
  readonly onto?: Program;
}

/**
 * Computes recorded turns of one session again, oldest first, and finds those that come out differently. It begins at a record that holds
 * the state before it (the first turn of a run). The flow that a message starts comes from the record, because what is online now says
 * nothing about then. Turns with guest dialogs or a bug are not computed, and the replay goes on at the next record with a state. What
 * middleware has sent is not compared.
 */
export function replayTurns(turns: readonly TurnRecord[], { programs, channels, links, constants, onto }: ReplayParts): Replayed {
  const other = onto ? inPlaceOf(programs, onto) : programs;
  const different: Difference[] = [];
  let [compared, unlogged] = [0, 0];
  let was: SessionState | undefined;
  let is: SessionState | undefined;
  let translate = createTranslator();
  for (const record of turns) {
    if (record.before) {
      was = record.before;
      is = record.before;
      translate = createTranslator();
    }
    if (record.unlogged) {
      unlogged += 1;
      was = undefined;
      continue;
    }
    if (!was || !is) continue;
    if (record.guest || record.bug !== undefined) {
      was = undefined;
      continue;
    }
    compared += 1;
    const translated = onto ? translate.event(record.event, was, is) : { event: record.event };
    const before: SessionState = is;
    const here =
      'event' in translated
        ? compute({ ...record, event: translated.event }, before, { programs: other, channels, links, constants })
        : undefined;
    const [expected, found] = [shown(record, onto), here === 'guest' || !here ? left(translated, here) : shown(here, onto)];
    if (JSON.stringify(expected) !== JSON.stringify(found))
      different.push({ session: before.id, turn: record.turn, was: expected, is: found });
    const there = onto ? compute(record, was, { programs, channels, links, constants }) : here;
    if (here === 'guest' || there === 'guest' || !there) {
      was = undefined;
      continue;
    }
    translate.note(there.path, here?.path ?? []);
    was = there.session;
    is = here?.session ?? { ...before, turn: record.turn };
  }
  return { compared, ...(unlogged > 0 ? { unlogged } : {}), different };
}

/** Puts a program in the place of all versions of its flow. */
function inPlaceOf(programs: Programs, onto: Program): Programs {
  return {
    get: (key) => (key.startsWith(`${onto.code}@`) ? onto : programs.get(key)),
    online: (code) => (code === onto.code ? onto : programs.online(code)),
  };
}

function compute(
  record: TurnRecord & { readonly event: FlowEvent },
  state: SessionState,
  { programs, channels, links, constants }: Omit<ReplayParts, 'onto'>,
): Decision | 'guest' {
  const matches: readonly Match[] = record.matches;
  let asked = 0;
  const input: TurnInput = {
    programs: asThen(programs, record),
    channels,
    session: { ...state, turn: record.turn },
    waitingEffects: record.waiting ?? 0,
    waitingSize: record.waitingSize ?? 0,
    event: record.event,
    wordThen: record.optOutWord ?? 'none',
    constants,
    links,
    match: () => matches[asked++] ?? { tried: [] },
  };
  const step = advance(input);
  return 'done' in step ? step.done : 'guest';
}

/** Makes flows that the turn called begin in the version that was ONLINE then. */
function asThen(programs: Programs, { called = {} }: TurnRecord): Programs {
  return {
    get: (key) => programs.get(key),
    online(code) {
      const version = Object.hasOwn(called, code) ? called[code] : undefined;
      if (version === undefined) return programs.online(code);
      return version === null ? undefined : programs.get(programKey(code, version));
    },
  };
}

function left(translated: { readonly event: FlowEvent } | { readonly leftOut: string }, here: 'guest' | undefined): Shown {
  const note =
    'leftOut' in translated
      ? translated.leftOut
      : here === 'guest'
        ? 'a dialog written in TypeScript would be begun, and is not replayed'
        : '';
  return { kind: 'left out', path: [], effects: [], note };
}

/** Shows a turn for the comparison; without effect ids if it is on another version, where they have other numbers. */
function shown(turn: Pick<Decision, 'decision' | 'path' | 'effects'>, onto: Program | undefined): Shown {
  return {
    kind: turn.decision.kind,
    path: turn.path.map(step),
    effects: turn.effects.filter(({ run }) => run !== undefined).map((effect) => body(effect, onto === undefined)),
  };
}

function step({ flow, node, port }: PathStep): string {
  return port === undefined ? `${flow}#${node}` : `${flow}#${node}.${port}`;
}

function body(effect: Effect, hasId: boolean): unknown {
  return { ...(hasId ? { id: effect.id } : {}), ...effect.body };
}

/** Returns the versions that turns stand in or begin. */
export function versionsIn(turns: readonly TurnRecord[]): ReadonlyMap<string, { readonly flow: string; readonly version: number }> {
  const found = new Map<string, { readonly flow: string; readonly version: number }>();
  const note = (flow: string, version: number) => void found.set(programKey(flow, version), { flow, version });
  for (const { before, path, event, matches, called = {} } of turns) {
    for (const run of before?.runs ?? []) for (const frame of run.stack) if (frame.kind === 'flow') note(frame.flow, frame.version);
    for (const { flow, version } of path) note(flow, version);
    if (event.type === 'start') note(event.flow, event.version);
    for (const { best } of matches) if (best) note(best.flow, best.version);
    for (const [flow, version] of Object.entries(called)) if (version !== null) note(flow, version);
  }
  return found;
}
