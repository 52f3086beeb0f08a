import type { RunResult } from '../contract/host/index.js';
import { BUDGET, type Lane, type Run, type Vars, type Why } from '../contract/index.js';
import { jsonSize } from '../contract/json/json-size.js';
import type { Program } from '../flow/program.js';
import { addEffect } from './add-effect.js';
import { releaseHeld } from './held.js';
import { type LiveFrame, type LiveRun, liveRun, topOf } from './live-run.js';
import { closeOffer } from './offer.js';
import { isRecordFull, RECORD_FULL } from './record-budget.js';
import { noteResult } from './run-results.js';
import { FrameScope } from './scope.js';
import { keepTranscript } from './transcript.js';
import { conclude, newId, programOf, type Work, warn } from './work.js';

/** A request to start a flow. */
export interface NewRun {
  readonly program: Program;
  readonly place: Run['place'];
  readonly startedBy: string;
  readonly channel: string;
  readonly lane: Lane;
  readonly vars: Vars;
  /** Those of the variables that were given as inputs. */
  readonly inputs?: Vars;
  readonly id?: string;
  readonly discardAt?: string;
  readonly chain?: number | undefined;
  readonly lastMessage?: Run['lastMessage'];
  readonly opening?: Run['opening'];
}

/** Returns whether other flows may begin this one. */
export function isCallable({ definition }: Program): boolean {
  return definition.triggers.some(({ type }) => type === 'TriggeredByFlow' || type === 'TriggeredManually');
}

/** Returns why a run may not be started; undefined if it may. Ask before another run is ended for it. */
export function refusalOf(work: Work, { program, place, vars }: NewRun): Why | undefined {
  const beside = work.runs.filter((run) => run.place === place).length;
  if (place === 'background' && program.waitsForMessages)
    return { code: 'flow/waits-for-messages', reason: `"${program.code}" waits for messages and cannot run in the background` };
  if (place === 'background' && beside >= BUDGET.backgroundRuns)
    return { code: 'flow/over-budget', reason: `${BUDGET.backgroundRuns} flows already run in the background` };
  if (place === 'queued' && beside >= BUDGET.queuedRuns)
    return { code: 'flow/over-budget', reason: `${BUDGET.queuedRuns} starts are already queued` };
  if (jsonSize(vars) > BUDGET.variables)
    return { code: 'flow/over-budget', reason: `the variables of a run may have at most ${BUDGET.variables} characters` };
  if (isRecordFull(work, jsonSize(vars))) return { code: 'flow/over-budget', reason: RECORD_FULL };
  return undefined;
}

/** Adds a run, which begins later in this turn unless it is queued. Returns why it may not be started; undefined if it was. */
export function startRun(work: Work, request: NewRun): Why | undefined {
  const refused = refusalOf(work, request);
  if (refused) return refused;
  const { program, place, startedBy, channel, lane, vars, inputs = {}, discardAt, chain, lastMessage, opening } = request;
  const run = liveRun({
    id: request.id ?? newId(work, 'r'),
    startedBy,
    place,
    startedAt: work.input.event.at,
    discardAt,
    chain,
    channel,
    lane,
    offer: [],
    lastMessage,
    opening,
    stack: [
      {
        kind: 'flow',
        flow: program.code,
        version: program.version,
        nodeId: program.start,
        vars: { ...program.defaults, ...vars },
        ...(program.reads.inputs ? { inputs } : {}),
        memory: {},
      },
    ],
  });
  keepTranscript(run, program);
  work.runs = [...work.runs, run];
  if (place !== 'queued') work.tasks.push({ kind: 'continue', run });
  return undefined;
}

/** Removes a run and records its result. If it was in the foreground, whatever is queued or held comes next. */
export function endRun(work: Work, run: LiveRun, outcome: RunResult['outcome']): void {
  noteResult(work, run, outcome);
  work.runs = work.runs.filter((one) => one !== run);
  if (run.place !== 'foreground') {
    if (work.laterHandOvers.some((one) => one.run === run.id)) work.tasks.push({ kind: 'startNext' });
    return;
  }
  releaseHeld(work, run);
  work.tasks.push({ kind: 'startNext' });
}

/** Removes a run for another flow that takes its place. Its sends stay in the queue. */
export function interrupt(work: Work, run: LiveRun, by: string): void {
  warn(work, { code: 'run/interrupted', detail: `"${by}" interrupted the run ${run.id}` });
  noteResult(work, run, 'interrupted');
  work.runs = work.runs.filter((one) => one !== run);
  releaseHeld(work, run);
}

/** Ends a run as failed and sends the flow's `onError`, if it has one. */
export function failRun(work: Work, run: LiveRun, why: Why): void {
  warn(work, { code: why.code, detail: why.reason });
  closeOffer(run);
  const words = onErrorOf(work, run);
  if (words !== '') addEffect(work, run, { kind: 'send', message: { type: 'text', text: words } });
  work.reason = '';
  conclude(work, 'failed', `${nameOf(topOf(run))}: ${why.reason}`);
  endRun(work, run, 'failed');
}

/** Returns the `onError` text of the flow that failed, else of the nearest flow that called it; `''` if none has one. */
function onErrorOf(work: Work, run: LiveRun): string {
  for (const frame of [...run.stack].reverse()) {
    if (frame.kind !== 'flow') continue;
    const program = programOf(work, frame);
    const words = program?.onError(work.contact.language);
    if (!program || words === undefined) continue;
    return program.templates.text(words, new FrameScope(work, run, { program, vars: frame.vars, inputs: frame.inputs }));
  }
  return '';
}

function nameOf(frame: LiveFrame | undefined): string {
  return frame?.kind === 'flow' ? `${frame.flow}@${frame.version}` : 'the run';
}
