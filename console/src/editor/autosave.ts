import type { FlowDefinition, NodeId } from '../../../src/contract/index.js';
import { ApiProblem } from '../api/client.js';
import { type Clash, mergeFlows, type Versions } from '../flow/merge.js';
import type { Clock } from './clock.js';
import type { EditorState, EditorStore, Saved } from './store.js';

/** The draft on the host. Each throws `ApiProblem`. */
export interface DraftApi {
  /** Saves the flow, with so many changes of this editor, if the draft is still at this revision; else 412. */
  readonly save: (flow: FlowDefinition, on: Pick<EditorState, 'revision' | 'changes'>) => Promise<Omit<Saved, 'flow'>>;
  readonly read: () => Promise<Theirs>;
}

/** The draft on the host, where another editor has saved it. */
export interface Theirs extends Saved {
  /** The name of the key that saved it, if the host says it. */
  readonly by?: string;
  /** It is a draft of this editor, whose save was not answered. */
  readonly isOwn?: boolean;
}

/** What both editors have changed, each in a different way. */
export interface Clashing {
  readonly versions: Versions;
  readonly clashes: readonly Clash[];
  readonly by?: string;
}

/** What autosave asks and tells the person. */
export interface AutosaveTalk {
  /** Called after another editor's changes were merged without a question. */
  readonly merged: (theirs: { readonly by?: string; readonly nodes: readonly NodeId[] }) => void;
  /** Asks what is to become of the clashes. Answers with the flow that the person chose. */
  readonly resolve: (clashing: Clashing) => Promise<FlowDefinition>;
}

/** What the machine needs to save by itself. */
export interface AutosaveParts extends AutosaveTalk {
  readonly store: EditorStore;
  readonly api: DraftApi;
  readonly clock: Clock;
}

/** Saving by itself. */
export interface Autosave {
  /** Saves at once what is not saved: for `Ctrl S`, when the network is back, and after signing in again. */
  readonly saveNow: () => void;
  /** Ends it; a save in flight still comes to its end. */
  readonly stop: () => void;
}

/** It saves so long after the last change, but no later than `LATEST` after the first, in milliseconds. */
const QUIET = 800;
const LATEST = 1_500;
/** The pauses before a save is tried again; the last one from then on. */
const RETRIES = [1_000, 2_000, 5_000, 15_000];

/**
 * Saves each change of the flow: one save in flight, the next one from the revision that came back. An answer never touches the flow, only
 * the revision and the problems. If another editor has saved meanwhile, it merges with their draft and asks about clashes.
 */
export function startAutosave(parts: AutosaveParts): Autosave {
  const { store, clock } = parts;
  let cancel = () => {};
  let firstChange: number | undefined;
  let isSaving = false;
  let failures = 0;

  const saveIn = (millis: number) => {
    cancel();
    cancel = clock.after(millis, () => void save());
  };
  const changed = () => {
    firstChange ??= clock.now();
    const state = store.getState();
    if (isSaving || state.saveState.is === 'signed-out' || state.saveState.is === 'clash') return;
    state.setSaveState({ is: 'edited' });
    saveIn(Math.max(0, Math.min(QUIET, firstChange + LATEST - clock.now())));
  };
  const save = async () => {
    cancel();
    if (isSaving) return;
    if (isUnchanged(store.getState())) return store.getState().setSaveState({ is: 'saved' });
    isSaving = true;
    firstChange = undefined;
    const outcome = await saveOnce(parts);
    isSaving = false;
    failures = outcome === 'failed' ? failures + 1 : 0;
    if (outcome === 'failed') saveIn(RETRIES[Math.min(failures, RETRIES.length) - 1] ?? 0);
    else if (outcome === 'merged') void save();
    else if (outcome === 'saved' && isUnchanged(store.getState())) store.getState().setSaveState({ is: 'saved' });
    else if (outcome === 'saved' || firstChange !== undefined) changed();
  };

  const unsubscribe = store.subscribe((is, was) => {
    if (is.flow !== was.flow) changed();
  });
  if (!isUnchanged(store.getState())) void save();
  return {
    saveNow: () => void save(),
    stop() {
      cancel();
      unsubscribe();
    },
  };
}

function isUnchanged({ flow, saved }: EditorState): boolean {
  return flow === saved;
}

/** What came of a save: `stopped` waits for the person. */
type Outcome = 'saved' | 'merged' | 'failed' | 'stopped';

async function saveOnce(parts: AutosaveParts): Promise<Outcome> {
  const { flow, revision, changes, setSaveState, setSaved } = parts.store.getState();
  setSaveState({ is: 'saving' });
  try {
    setSaved({ flow, ...(await parts.api.save(flow, { revision, changes })) });
    return 'saved';
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    if (error.status === 412) return await mergeTheirs(parts);
    return refused(parts.store, error);
  }
}

/** Takes in what another editor has saved; then the merged flow is saved. */
async function mergeTheirs(parts: AutosaveParts): Promise<Outcome> {
  const { store, api } = parts;
  try {
    const theirs = await api.read();
    if (theirs.isOwn) {
      store.getState().setSaved(theirs);
      return 'merged';
    }
    const { saved, flow } = store.getState();
    const versions = { base: saved, mine: flow, theirs: theirs.flow };
    const merge = mergeFlows(versions);
    const by = theirs.by === undefined ? {} : { by: theirs.by };
    const hasClashes = merge.clashes.length > 0;
    const merged = hasClashes ? await asked(parts, { versions, clashes: merge.clashes, ...by }) : merge.flow;
    // What was changed while the question was open is merged once more.
    if (store.getState().flow !== flow) return 'merged';
    store.getState().setMerged(merged, theirs, (step) => mergeFlows({ ...versions, mine: step }).flow);
    if (!hasClashes) parts.merged({ ...by, nodes: merge.theirs.nodes });
    return 'merged';
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    return refused(store, error);
  }
}

function asked({ store, resolve }: AutosaveParts, clashing: Clashing): Promise<FlowDefinition> {
  store.getState().setSaveState({ is: 'clash' });
  return resolve(clashing);
}

/** Says why a save did not work. What may work later is tried again; the rest waits for the person. */
function refused(store: EditorStore, { status, detail }: ApiProblem): Outcome {
  const { setSaveState } = store.getState();
  if (status === 401) {
    setSaveState({ is: 'signed-out' });
    return 'stopped';
  }
  const isPassing = status === 0 || status === 429 || status >= 500;
  setSaveState({ is: isPassing ? 'failed' : 'refused', detail });
  return isPassing ? 'failed' : 'stopped';
}
