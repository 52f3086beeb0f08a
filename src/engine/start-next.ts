import { type Held, plusMillis } from '../contract/index.js';
import { startNextHandOver } from './hand-over.js';
import { eventOf, noteEarly } from './held.js';
import { topOf } from './live-run.js';
import { missingNodeType } from './missing-node-type.js';
import { startByMessage } from './take-message.js';
import type { Task } from './task.js';
import { edit, isBusy, type Work, warn } from './work.js';

/** A message that was held for longer than this, in milliseconds, starts no flow. */
const MAX_HELD = 3_600_000;

/** Gives the talk to an operator who waits for it when the foreground is free, else starts or resumes the next queued run; if none is queued, shows the oldest held message to the triggers. */
export function startNext(work: Work): Task | undefined {
  if (isBusy(work) || startNextHandOver(work)) return undefined;
  for (const queued of work.runs.filter(({ place }) => place === 'queued')) {
    // A run that this host cannot run stays queued, and so do runs that stand still because the contact's number has moved.
    if (missingNodeType(work, topOf(queued)) !== undefined) continue;
    if (queued.aside !== undefined && (work.numberMoved || queued.aside === 'background')) continue;
    if (queued.aside !== undefined) return { kind: 'comeBack', run: edit(work, queued) };
    if (queued.discardAt !== undefined && queued.discardAt <= work.input.event.at) {
      work.runs = work.runs.filter((one) => one !== queued);
      warn(work, { code: 'start/discarded', detail: `the queued start ${queued.id} was to start before ${queued.discardAt}` });
      continue;
    }
    const run = edit(work, queued);
    run.place = 'foreground';
    work.tasks.push({ kind: 'continue', run });
    return undefined;
  }
  takeOldestHeld(work);
  return undefined;
}

/** Takes one held message; whatever it starts comes before the next one. */
function takeOldestHeld(work: Work): void {
  const [oldest, ...rest] = work.held;
  if (!oldest) return;
  work.held = rest;
  if (!oldest.hasStarted) startByHeld(work, oldest);
  work.tasks.push({ kind: 'startNext' });
}

function startByHeld(work: Work, held: Held): void {
  if (held.at < plusMillis(work.input.event.at, -MAX_HELD)) noteEarly(work, held, 'came more than an hour ago, too late to start a flow');
  else if (!startByMessage(work, eventOf(held))) noteEarly(work, held, 'came while the run could not take it, and no online flow takes it');
}
