import { BUDGET, isDeeper, type Json, MAX_LEVELS, type NodeOutcome } from '../contract/index.js';
import { jsonSize } from '../contract/json-size.js';
import type { LiveFlowFrame, LiveRun } from './live-run.js';
import { isRecordFull, RECORD_FULL } from './record-budget.js';
import type { Work } from './work.js';

interface Wanted {
  readonly run: LiveRun;
  readonly frame: LiveFlowFrame;
  readonly outcome: NodeOutcome;
}

/** Why a node may not have what it wants, if it may not: each budget of the run and of the whole record, in words. */
export function overBudget(work: Work, { run, frame, outcome }: Wanted): string | undefined {
  const { effects, set, setContact, memory } = outcome;
  const over = effects && effectsOver(work, effects);
  if (over !== undefined) return over;
  if (setContact && (isDeeper(setContact) || jsonSize({ ...work.contact.fields, ...setContact.fields }) > BUDGET.contact))
    return `what is kept of the contact is larger than ${BUDGET.contact} characters, or nested too deep`;
  if (memory !== undefined && isDeeper(memory)) return 'what the node keeps is nested too deep';
  const added = [...(effects ?? []), set, setContact, memory].filter((one) => one !== undefined);
  if (isRecordFull(work, jsonSize(added as unknown as Json))) return RECORD_FULL;
  if (!set) return undefined;
  const deep = Object.entries(set).find(([, value]) => isDeeper(value));
  if (deep) return `the value of "${deep[0]}" is nested more than ${MAX_LEVELS} levels deep`;
  const big = Object.entries(set).find(([, value]) => jsonSize(value) > BUDGET.savedValue);
  if (big) return `the value of "${big[0]}" is larger than ${BUDGET.savedValue} characters`;
  // What is replaced no longer counts; the cheap sum decides in all but a few cases.
  if (variablesSize(run) + jsonSize(set) <= BUDGET.variables) return undefined;
  const replaced = Object.keys(set).reduce(
    (size, name) => size + (name in frame.vars ? jsonSize({ [name]: frame.vars[name] ?? null }) : 0),
    0,
  );
  return variablesSize(run) + jsonSize(set) - replaced > BUDGET.variables ? TOO_MUCH : undefined;
}

function effectsOver(work: Work, effects: NonNullable<NodeOutcome['effects']>): string | undefined {
  if (effects.length + work.effects.length + work.input.waitingEffects > BUDGET.waitingEffects)
    return `more than ${BUDGET.waitingEffects} effects are waiting`;
  if (effects.some((one) => isDeeper(one))) return 'what is to be sent or asked is nested too deep';
  const sizes = effects.map((one) => jsonSize(one as unknown as Json));
  if (sizes.some((size) => size > BUDGET.effect)) return `a message or a request is larger than ${BUDGET.effect} characters`;
  work.effectsSize = sizes.reduce((sum, size) => sum + size, work.effectsSize);
  return work.effectsSize > BUDGET.turnEffects ? `the messages of one turn are larger than ${BUDGET.turnEffects} characters` : undefined;
}

const TOO_MUCH = `the variables of the run are larger than ${BUDGET.variables} characters`;

/** What the variables of all frames take of the run's budget, in characters. */
export function variablesSize(run: LiveRun): number {
  let size = 0;
  for (const frame of run.stack) if (frame.kind === 'flow') size += jsonSize(frame.vars);
  return size;
}
