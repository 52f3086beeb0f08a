import type { InboundMessage } from '../contract/index.js';
import { addEffect } from './add-effect.js';
import { isDoubleTap } from './answer.js';
import { placeOf } from './run-node.js';
import { Scope } from './scope.js';
import { type LiveRun, topOf, type Work } from './work.js';

/** May a reaction answer the node that asks? */
export function takesReactions(work: Work, run: LiveRun): boolean {
  const frame = topOf(run);
  const place = frame?.kind === 'flow' ? placeOf(work, run, frame) : undefined;
  return place?.node.type.takesReactions?.(place.node.params(work.contact.language)) === true;
}

/** Says once for each wait that a tap on an older question is no answer, in the words of the node; a double tap is answered by silence. */
export function answerStaleTap(work: Work, run: LiveRun, message: InboundMessage): void {
  const frame = topOf(run);
  if (frame?.kind !== 'flow' || frame.wait?.for !== 'message' || frame.wait.toldStale || isDoubleTap(run, message)) return;
  const place = placeOf(work, run, frame);
  const words = place?.node.type.notAccepted?.(new Scope(work, run, place));
  if (!words) return;
  addEffect(work, run, { kind: 'send', message: words });
  frame.wait = { ...frame.wait, toldStale: true };
}
