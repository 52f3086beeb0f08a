import type { FlowDefinition } from '../../../src/contract/index.js';
import type { Clock } from './clock.js';
import type { EditorStore } from './store.js';

/** A flow with changes that the host may not have yet, and the draft that they were made on. */
export interface Kept {
  readonly flow: FlowDefinition;
  readonly base: FlowDefinition;
  readonly revision: number;
  /** How many changes of the editor are in the flow. */
  readonly changes: number;
}

/** What an editor has kept before it was closed or killed. */
export interface LeftBehind extends Kept {
  /** The id of that editor. */
  readonly id: string;
}

/** The browser's own store, as one editor sees it. */
export interface Keep {
  /** Keeps the flow in place of what this editor has kept before. */
  readonly put: (kept: Kept) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** The time between two writes, in milliseconds. */
const PAUSE = 250;

/**
 * Keeps the flow in the browser's store as long as the host does not have it: the first change at once, then four times a second at most. If
 * the store refuses, the host still gets the flow with the next save.
 *
 * @returns a function that ends it
 */
export function keepChanges(store: EditorStore, keep: Keep, clock: Clock): () => void {
  let isWriting = false;
  let isOutdated = false;
  const write = async () => {
    isOutdated = true;
    if (isWriting) return;
    isWriting = true;
    while (isOutdated) {
      isOutdated = false;
      const { flow, saved, revision, changes } = store.getState();
      await (flow === saved ? keep.remove() : keep.put({ flow, base: saved, revision, changes })).catch(() => undefined);
      await new Promise<void>((done) => clock.after(PAUSE, done));
    }
    isWriting = false;
  };
  const { flow, saved } = store.getState();
  if (flow !== saved) void write();
  return store.subscribe((is, was) => {
    if (is.flow !== was.flow || is.saved !== was.saved) void write();
  });
}
