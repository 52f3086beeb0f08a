import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FlowDefinition, NodeId, Problem } from '../../../src/contract/index.js';
import type { Command } from '../flow/commands.js';
import type { Outline } from '../flow/outline.js';

/** How many steps can be undone. */
export const MAX_STEPS = 200;
/** Changes with the same key join into one step if less time than this lies between two of them, in milliseconds. */
const BURST = 1_000;

/** A step of undo or redo: what it is called, and the flow that it leads to. */
export interface Step {
  readonly label: string;
  readonly flow: FlowDefinition;
}

/** How far the host has what is drawn. */
export type SaveState =
  | { readonly is: 'saved' | 'edited' | 'saving' | 'signed-out' | 'clash' }
  | { readonly is: 'failed' | 'refused'; readonly detail: string };

/** What the host has: the draft at a revision, and what its check found. */
export interface Saved {
  readonly flow: FlowDefinition;
  readonly revision: number;
  readonly problems: readonly Problem[];
  readonly outline?: Outline;
}

/** A flow while it is edited. */
export interface EditorState {
  readonly flow: FlowDefinition;
  /** How often the flow has been changed in this editor, steps of undo and redo included. */
  readonly changes: number;
  /** The steps that can be undone, the latest last. */
  readonly past: readonly Step[];
  /** The steps that can be done again, the next one last. */
  readonly future: readonly Step[];
  /** The draft as the host has it: the base of the next save and of merges. */
  readonly saved: FlowDefinition;
  readonly revision: number;
  readonly problems: readonly Problem[];
  readonly outline: Outline | undefined;
  readonly selection: readonly NodeId[];
  readonly saveState: SaveState;
}

/** What can be done with the state. `change` is the only way to another flow, beside undo, redo and what other editors have saved. */
export interface EditorActions {
  /**
   * Does one step that can be undone. Changes with the same `mergeKey` that follow each other within a second are one step.
   *
   * @param label - what the step is called in "Undo: …", in the language of the person
   */
  readonly change: (label: string, command: Command, mergeKey?: string) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly select: (nodes: readonly NodeId[]) => void;
  readonly setSaveState: (saveState: SaveState) => void;
  /** Takes what the host answered to a save. What was changed meanwhile stays. */
  readonly setSaved: (saved: Saved) => void;
  /** Takes the flow after a merge with what another editor saved. `rebase` brings their changes into the steps of undo and redo. */
  readonly setMerged: (flow: FlowDefinition, saved: Saved, rebase: (flow: FlowDefinition) => FlowDefinition) => void;
}

export type EditorStore = StoreApi<EditorState & EditorActions>;

/** What an editor begins with: the host's draft, and what was kept of an earlier session, if there is anything. */
export interface Opened {
  readonly saved: Saved;
  /** The flow with changes that the host does not have yet. */
  readonly flow?: FlowDefinition;
  readonly past?: readonly Step[];
  readonly future?: readonly Step[];
}

/**
 * Creates the store of an opened flow. Undo is a list of definitions that share what did not change.
 *
 * @param now - the time in milliseconds, which decides what is a burst
 */
export function createEditorStore({ saved, flow = saved.flow, past = [], future = [] }: Opened, now: () => number): EditorStore {
  let burst: { readonly key: string; readonly until: number } | undefined;
  return createStore((set, get) => ({
    flow,
    changes: 0,
    past,
    future,
    saved: saved.flow,
    revision: saved.revision,
    problems: saved.problems,
    outline: saved.outline,
    selection: [],
    saveState: { is: flow === saved.flow ? 'saved' : 'edited' },
    change(label, command, mergeKey) {
      const state = get();
      const changed = command(state.flow);
      if (changed === state.flow) return;
      const joins = mergeKey !== undefined && burst?.key === mergeKey && now() < burst.until && state.past.length > 0;
      burst = mergeKey === undefined ? undefined : { key: mergeKey, until: now() + BURST };
      set({
        flow: changed,
        changes: state.changes + 1,
        past: joins ? state.past : [...state.past, { label, flow: state.flow }].slice(-MAX_STEPS),
        future: [],
        selection: existing(state.selection, changed),
      });
    },
    undo() {
      burst = undefined;
      set(stepped(get(), 'past', 'future'));
    },
    redo() {
      burst = undefined;
      set(stepped(get(), 'future', 'past'));
    },
    select(nodes) {
      const { selection } = get();
      if (nodes.length !== selection.length || nodes.some((id, i) => id !== selection[i])) set({ selection: nodes });
    },
    setSaveState: (saveState) => set({ saveState }),
    setSaved: ({ flow: held, revision, problems, outline }) => set({ saved: held, revision, problems, outline }),
    setMerged(merged, { flow: held, revision, problems, outline }, rebase) {
      burst = undefined;
      const state = get();
      const rebased = ({ label, flow: step }: Step): Step => ({ label, flow: rebase(step) });
      set({
        flow: merged,
        changes: state.changes + 1,
        past: state.past.map(rebased),
        future: state.future.map(rebased),
        selection: existing(state.selection, merged),
        saved: held,
        revision,
        problems,
        outline,
      });
    },
  }));
}

/** Returns the state after the latest step of one list, which goes to the other. */
function stepped(state: EditorState, from: 'past' | 'future', to: 'past' | 'future'): Partial<EditorState> {
  const step = state[from].at(-1);
  if (!step) return {};
  return {
    flow: step.flow,
    changes: state.changes + 1,
    [from]: state[from].slice(0, -1),
    [to]: [...state[to], { label: step.label, flow: state.flow }],
    selection: existing(state.selection, step.flow),
  };
}

/** Returns the same list if all of its nodes are in the flow. */
function existing(selection: readonly NodeId[], flow: FlowDefinition): readonly NodeId[] {
  const ids = new Set(flow.nodes.map(({ id }) => id));
  return selection.every((id) => ids.has(id)) ? selection : selection.filter((id) => ids.has(id));
}
