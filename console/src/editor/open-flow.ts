import type { Kept } from './keep.js';
import type { Steps } from './packed-steps.js';
import type { Opened, Saved } from './store.js';

/** What an editor of the same flow left behind in this browser. */
export interface Left {
  /** Changes that the host may not have, the newest first. */
  readonly kept: readonly Kept[];
  /** The steps of undo and redo of this tab before it was loaded again. */
  readonly steps?: Steps;
}

/**
 * Returns what an editor begins with: the draft of the host; on it, or on the draft that it was made from, the flow that was kept. If the two
 * drafts differ, the first save is refused by the host, and the flow is merged as with any other editor's.
 */
export function openFlow(host: Saved, { kept, steps }: Left): Opened {
  const newest = newestChange(host, kept);
  const flow = newest?.flow ?? host.flow;
  const saved = newest && newest.revision !== host.revision ? { ...host, flow: newest.base, revision: newest.revision } : host;
  const isContinued = steps !== undefined && isSame(steps.flow, flow);
  if (!isContinued) return { saved, flow: newest ? flow : saved.flow };
  // The steps share their parts with the flow that they came with.
  return { saved: newest ? saved : { ...saved, flow: steps.flow }, ...steps };
}

/** Returns what was kept last and is not what the host has. */
export function newestChange(host: Saved, kept: readonly Kept[]): Kept | undefined {
  return kept.find(({ flow }) => !isSame(flow, host.flow));
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
