import type { Decision, Effect, Match, PathStep, SessionState, TurnRecord } from '../contract/index.js';
import type { ChannelFacts, Decide, TurnInput } from '../engine/step.js';
import type { Programs } from '../flow/program.js';

/** What differs when a recorded turn is computed again. */
export interface Difference {
  readonly session: string;
  readonly turn: number;
  readonly was: Shown;
  readonly is: Shown;
}
interface Shown {
  readonly kind: string;
  readonly path: readonly string[];
  readonly effects: readonly unknown[];
}

export interface Replayed {
  readonly compared: number;
  readonly different: readonly Difference[];
}

/**
 * Computes recorded turns of one session again, oldest first, and says which come to something else. Begins where a record holds the
 * state before it (the first turn of a run); turns with guest dialogs or a bug are not computed, and what follows begins anew at the
 * next such record.
 */
export async function replayTurns(
  turns: readonly TurnRecord[],
  parts: { readonly programs: Programs; readonly channels: ReadonlyMap<string, ChannelFacts>; readonly decide: Decide },
): Promise<Replayed> {
  const different: Difference[] = [];
  let compared = 0;
  let state: SessionState | undefined;
  for (const record of turns) {
    state = record.before ?? state;
    if (!state) continue;
    if (record.guest || record.bug !== undefined) {
      state = undefined;
      continue;
    }
    const decision = await parts.decide(inputOf(record, state, parts));
    compared += 1;
    const [was, is] = [shown(record), shown(decision)];
    if (JSON.stringify(was) !== JSON.stringify(is)) different.push({ session: state.id, turn: record.turn, was, is });
    state = decision.session;
  }
  return { compared, different };
}

function inputOf(
  record: TurnRecord,
  state: SessionState,
  parts: { readonly programs: Programs; readonly channels: ReadonlyMap<string, ChannelFacts> },
): TurnInput {
  const matches: readonly Match[] = record.matches;
  let asked = 0;
  return {
    programs: parts.programs,
    channels: parts.channels,
    session: { ...state, turn: record.turn },
    waitingEffects: record.waiting ?? 0,
    event: record.event,
    // What was online then decides, not what is online now.
    match: () => matches[asked++] ?? { tried: [] },
  };
}

function shown(turn: Pick<Decision, 'decision' | 'path' | 'effects'>): Shown {
  return { kind: turn.decision.kind, path: turn.path.map(step), effects: turn.effects.map(body) };
}

function step({ flow, node, port }: PathStep): string {
  return port === undefined ? `${flow}#${node}` : `${flow}#${node}.${port}`;
}

function body(effect: Effect): unknown {
  return { id: effect.id, ...effect.body };
}
