import type { Child } from './child.js';
import type { CrowdOrder, CrowdReport, CrowdState } from './crowd-order.js';

/** Most time in which a crowd must say something, in milliseconds. */
const PATIENCE = 30_000;

/** Lets a crowd do its work until `isOver` returns true, which is asked several times a second. */
export async function runCrowd(crowd: Child, run: CrowdOrder, isOver: (state: CrowdState) => boolean): Promise<CrowdReport> {
  crowd.send({ run });
  for (;;) {
    const state = await crowd.next<CrowdState>('state', PATIENCE);
    if (!isOver(state)) continue;
    crowd.send({ end: true });
    return crowd.next<CrowdReport>('report', PATIENCE);
  }
}
