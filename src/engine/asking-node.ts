import type { InboundMessage } from '../contract/index.js';
import { addEffect } from './add-effect.js';
import { isDoubleTap } from './answer.js';
import { type LiveRun, topOf } from './live-run.js';
import { Scope } from './scope.js';
import { visitOf } from './visit.js';
import type { Work } from './work.js';

/** Returns whether a reaction may answer the node that the run stands on. */
export function takesReactions(work: Work, run: LiveRun): boolean {
  const frame = topOf(run);
  const visit = frame?.kind === 'flow' ? visitOf(work, run, frame) : undefined;
  return visit?.node.type.takesReactions?.(visit.node.params(work.contact.language)) === true;
}

/** Sends the node's answer to a tap on an older question, at most once for each wait. A double tap gets no answer. */
export function answerStaleTap(work: Work, run: LiveRun, message: InboundMessage): void {
  const frame = topOf(run);
  if (frame?.kind !== 'flow' || frame.wait?.for !== 'message' || frame.wait.toldStale || isDoubleTap(run, message)) return;
  const visit = visitOf(work, run, frame);
  const words = visit?.node.type.notAccepted?.(new Scope(work, run, visit));
  if (!words) return;
  addEffect(work, run, { kind: 'send', message: words });
  frame.wait = { ...frame.wait, toldStale: true };
}
