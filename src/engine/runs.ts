import { BUDGET, type Lane, plusMillis, type Run, type RunResult, type Vars } from '../contract/index.js';
import { jsonSize } from '../contract/json-size.js';
import type { Program } from '../flow/program.js';
import { addEffect } from './add-effect.js';
import { eventOf, noteEarly, releaseHeld } from './held.js';
import { missingNodeType } from './missing-node-type.js';
import { closeOffer } from './offer.js';
import { isRecordFull, RECORD_FULL } from './record-budget.js';
import { runOn } from './run-node.js';
import { noteResult } from './run-results.js';
import { FrameScope } from './scope.js';
import { comeBack } from './set-aside.js';
import { takeMessage } from './take-message.js';
import { foreground, type LiveFrame, type LiveRun, newId, type Pause, programOf, say, topOf, type Work, warn } from './work.js';

export interface NewRun {
  readonly program: Program;
  readonly place: Run['place'];
  readonly startedBy: string;
  readonly channel: string;
  readonly lane: Lane;
  readonly vars: Vars;
  readonly id?: string;
  readonly discardAt?: string;
  readonly lastMessage?: Run['lastMessage'];
}

/** May other flows begin this one? */
export function isCallable({ definition }: Program): boolean {
  return definition.triggers.some(({ type }) => type === 'TriggeredByFlow' || type === 'TriggeredManually');
}

interface Refusal {
  readonly code: string;
  readonly reason: string;
}

/** Why a run may not be added, if it may not: to be asked before another is ended for it. */
export function refusalOf(work: Work, { program, place, vars }: NewRun): Refusal | undefined {
  const beside = work.runs.filter((run) => run.place === place).length;
  if (place === 'background' && program.waitsForMessages)
    return { code: 'flow/waits-for-messages', reason: `"${program.code}" waits for messages and cannot run in the background` };
  if (place === 'background' && beside >= BUDGET.backgroundRuns)
    return { code: 'flow/over-budget', reason: `${BUDGET.backgroundRuns} flows already run in the background` };
  if (place === 'queued' && beside >= BUDGET.queuedRuns)
    return { code: 'flow/over-budget', reason: `${BUDGET.queuedRuns} starts are already queued` };
  if (jsonSize(vars) > BUDGET.variables)
    return { code: 'flow/over-budget', reason: `the variables of a run may have ${BUDGET.variables} characters` };
  if (isRecordFull(work, jsonSize(vars))) return { code: 'flow/over-budget', reason: RECORD_FULL };
  return undefined;
}

/** Adds a run and lets it begin in this turn, unless it is queued; or says why it may not. */
export function startRun(work: Work, request: NewRun): Refusal | undefined {
  const refused = refusalOf(work, request);
  if (refused) return refused;
  const { program, place, startedBy, channel, lane, vars, discardAt, lastMessage } = request;
  const run: LiveRun = {
    id: request.id ?? newId(work, 'r'),
    startedBy,
    place,
    startedAt: work.input.event.at,
    ...(discardAt === undefined ? {} : { discardAt }),
    channel,
    lane,
    offer: [],
    ...(lastMessage ? { lastMessage } : {}),
    stack: [
      {
        kind: 'flow',
        flow: program.code,
        version: program.version,
        nodeId: program.start,
        vars: { ...program.defaults, ...vars },
        memory: {},
      },
    ],
  };
  work.runs.push(run);
  if (place !== 'queued') work.agenda.push(() => runOn(work, run));
  return undefined;
}

/** Takes a run away; after one of the foreground, what was queued or held has its turn. */
export function endRun(work: Work, run: LiveRun, outcome: RunResult['outcome']): void {
  noteResult(work, run, outcome);
  work.runs = work.runs.filter((one) => one !== run);
  if (run.place !== 'foreground') return;
  releaseHeld(work, run);
  work.agenda.push(() => goOn(work));
}

/** A message that was held for longer, in milliseconds, starts nothing any more. */
const LONGEST_HELD = 3_600_000;

/** Another flow takes the place of a run; its queued sends stay. */
export function interrupt(work: Work, run: LiveRun, by: string): void {
  warn(work, 'run/interrupted', `"${by}" interrupted the run ${run.id}`);
  noteResult(work, run, 'interrupted');
  work.runs = work.runs.filter((one) => one !== run);
  releaseHeld(work, run);
}

/** Ends a run as failed, with the flow's own words for it. `whole`: after a throw, when no frame below is trusted to go on. */
export function failRun(work: Work, run: LiveRun, why: { readonly code: string; readonly reason: string; readonly whole?: boolean }): void {
  warn(work, why.code, why.reason);
  closeOffer(run);
  const words = onErrorOf(work, run);
  if (words !== '') addEffect(work, run, { kind: 'send', message: { type: 'text', text: words } });
  work.reason = '';
  say(work, 'failed', `${nameOf(topOf(run))}: ${why.reason}`);
  endRun(work, run, 'failed');
}

/** The `onError` of the flow that failed, else of those that called it; made without node code. */
function onErrorOf(work: Work, run: LiveRun): string {
  for (const frame of [...run.stack].reverse()) {
    if (frame.kind !== 'flow') continue;
    const program = programOf(work, frame);
    if (program?.settings.onError === undefined) continue;
    return program.templates.text(program.settings.onError, new FrameScope(work, run, { program, vars: frame.vars }));
  }
  return '';
}

function nameOf(frame: LiveFrame | undefined): string {
  return frame?.kind === 'flow' ? `${frame.flow}@${frame.version}` : 'the run';
}

/** The next queued run begins, or comes back, in the turn that ends the one before; else messages that were held may start something. */
export function goOn(work: Work): Pause | undefined {
  if (foreground(work)) return undefined;
  const { at } = work.input.event;
  for (const run of work.runs.filter((one) => one.place === 'queued')) {
    // Those of a contact whose number has moved stand still, and so does what cannot run here.
    if (missingNodeType(work, topOf(run)) !== undefined) continue;
    if (run.aside !== undefined && (work.numberMoved || run.aside === 'background')) continue;
    if (run.aside !== undefined) return comeBack(work, run);
    if (run.discardAt !== undefined && run.discardAt <= at) {
      work.runs = work.runs.filter((one) => one !== run);
      warn(work, 'start/discarded', `the queued start ${run.id} was to begin before ${run.discardAt}`);
      continue;
    }
    run.place = 'foreground';
    work.agenda.push(() => runOn(work, run));
    return undefined;
  }
  const [first, ...rest] = work.held;
  if (!first) return undefined;
  work.held = rest;
  if (first.at < plusMillis(at, -LONGEST_HELD)) noteEarly(work, first, 'came more than an hour ago, and starts nothing any more');
  else if (!takeMessage(work, eventOf(first)).best) noteEarly(work, first, 'came while the run could not take it, and starts no flow');
  work.agenda.push(() => goOn(work));
  return undefined;
}
