import type { SavingEditor } from './draft-calls.js';
import type { LeftBehind } from './keep.js';
import type { Steps } from './packed-steps.js';
import type { Opened, Saved } from './store.js';

/** What an editor of the same flow left behind in this browser. */
export interface Left {
  /** Changes that the host may not have, the newest first. */
  readonly kept: readonly LeftBehind[];
  /** The steps of undo and redo of this tab before it was loaded again. */
  readonly steps?: Steps;
}

/** The draft of the host, and the editor that saved it. */
export interface HostDraft extends Saved {
  readonly editor?: SavingEditor;
}

/**
 * Returns what an editor begins with: the draft of the host; on it, or on the draft that it was made from, the flow that was kept. If the two
 * drafts differ, the first save is refused by the host, and the flow is merged as with any other editor's. A draft of the editor that kept the
 * flow is an earlier state of it, whose save was not answered.
 */
export function openFlow(host: HostDraft, { kept, steps }: Left): Opened {
  const newest = newestChange(host, kept);
  const flow = newest?.flow ?? host.flow;
  const isBase = !newest || newest.revision === host.revision || newest.id === host.editor?.id;
  const saved = isBase ? host : { ...host, flow: newest.base, revision: newest.revision };
  const isContinued = steps !== undefined && isSame(steps.flow, flow);
  if (!isContinued) return { saved, flow: newest ? flow : saved.flow };
  // The steps share their parts with the flow that they came with.
  return { saved: newest ? saved : { ...saved, flow: steps.flow }, ...steps };
}

/** Returns what was kept last and the host does not have: neither it nor a later state of the same editor. */
export function newestChange({ flow, editor }: HostDraft, kept: readonly LeftBehind[]): LeftBehind | undefined {
  return kept.find((one) => !isSame(one.flow, flow) && !(one.id === editor?.id && one.changes <= editor.changes));
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
