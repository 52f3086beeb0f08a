import { BUDGET, type ContactChange, type EffectBody, type Json, type NodeOutcome, STARTS, type Vars } from '../contract/index.js';
import { jsonSize } from '../contract/json/json-size.js';
import { isDeeper, MAX_LEVELS } from '../contract/json/levels.js';
import type { LiveFlowFrame, LiveRun } from './live-run.js';
import { isRecordFull, RECORD_FULL } from './record-budget.js';
import type { Work } from './work.js';

interface Wanted {
  readonly run: LiveRun;
  readonly frame: LiveFlowFrame;
  readonly outcome: NodeOutcome<Json>;
}

/** Returns why an outcome exceeds a budget of the run, the contact or the record, in words; undefined if it fits. Measures each part once. */
export function overBudget(work: Work, { run, frame, outcome }: Wanted): string | undefined {
  const { effects, set, setContact, memory } = outcome;
  let added = 0;
  if (effects?.length) {
    const before = work.effectsSize;
    const over = startsOver(work, run, effects) ?? effectsOver(work, effects);
    if (over !== undefined) return over;
    added += work.effectsSize - before;
  }
  if (setContact) {
    if (isDeeper(setContact) || contactSize(work, setContact) > BUDGET.contact)
      return `the contact's fields and groups are larger than ${BUDGET.contact} characters, or nested too deep`;
    added += jsonSize(setContact as unknown as Json);
  }
  if (memory !== undefined) {
    if (isDeeper(memory)) return "the node's memory is nested too deep";
    added += jsonSize(memory);
  }
  const setSize = set ? jsonSize(set) : 0;
  if (isRecordFull(work, added + setSize)) return RECORD_FULL;
  return set && variablesOver(run, { frame, set, size: setSize });
}

/** Returns how much will be known of the contact after a change, in characters. */
function contactSize({ contact }: Work, { fields, groups, ...texts }: ContactChange): number {
  const after = { ...texts, fields: { ...contact.fields, ...fields }, groups: groups ?? contact.groups };
  return jsonSize(after as unknown as Json);
}

function effectsOver(work: Work, effects: NonNullable<NodeOutcome['effects']>): string | undefined {
  if (effects.length + work.effects.length + work.input.waitingEffects > BUDGET.waitingEffects)
    return `more than ${BUDGET.waitingEffects} effects are waiting`;
  for (const effect of effects) {
    if (isDeeper(effect)) return 'a message or a request is nested too deep';
    const size = jsonSize(effect as unknown as Json);
    if (size > BUDGET.effect) return `a message or a request is larger than ${BUDGET.effect} characters`;
    work.effectsSize += size;
  }
  return work.effectsSize > BUDGET.turnEffects ? `the messages of one turn are larger than ${BUDGET.turnEffects} characters` : undefined;
}

/** Bounds the starts of flows, so that flows which start each other come to an end. */
function startsOver(work: Work, { chain = 0 }: LiveRun, effects: NonNullable<NodeOutcome['effects']>): string | undefined {
  const starts = effects.filter(isStart).length;
  if (starts === 0) return undefined;
  if (chain >= BUDGET.chainOfStarts) return `flows have started each other ${BUDGET.chainOfStarts} times without a message in between`;
  const before = work.effects.filter(({ body }) => isStart(body)).length;
  return starts + before > BUDGET.startsOfTurn ? `one turn starts at most ${BUDGET.startsOfTurn} flows` : undefined;
}

function isStart(body: EffectBody): boolean {
  return body.kind === 'call' && body.service === STARTS;
}

interface Setting {
  readonly frame: LiveFlowFrame;
  readonly set: Vars;
  /** In characters. */
  readonly size: number;
}

function variablesOver(run: LiveRun, { frame, set, size }: Setting): string | undefined {
  for (const name in set) {
    const value = set[name];
    if (isDeeper(value)) return `the value of "${name}" is nested more than ${MAX_LEVELS} levels deep`;
    if (size > BUDGET.savedValue && jsonSize(value) > BUDGET.savedValue)
      return `the value of "${name}" is larger than ${BUDGET.savedValue} characters`;
  }
  // A replaced value no longer counts. The sum with both decides in all but a few cases.
  const sum = variablesSize(run) + size;
  if (sum <= BUDGET.variables) return undefined;
  const replaced = Object.keys(set).reduce(
    (all, name) => all + (name in frame.vars ? jsonSize({ [name]: frame.vars[name] ?? null }) : 0),
    0,
  );
  return sum - replaced > BUDGET.variables ? TOO_MUCH : undefined;
}

const TOO_MUCH = `the variables of the run are larger than ${BUDGET.variables} characters`;

/** Returns what the variables of all frames take of the run's budget, in characters. */
export function variablesSize(run: LiveRun): number {
  let size = 0;
  for (const frame of run.stack) if (frame.kind === 'flow') size += jsonSize(frame.vars);
  return size;
}
