import { useEffect } from 'react';
import type { FlowDefinition } from '../../../src/contract/index.js';
import { whenSignedIn } from '../api/client.js';
import { type Autosave, type AutosaveTalk, type DraftApi, startAutosave } from './autosave.js';
import { browserClock } from './clock.js';
import { checkFlow, readDraft, saveDraft } from './draft-calls.js';
import type { EditorParts } from './editor-context.js';
import { keepChanges } from './keep.js';
import { sayMerged } from './Merged.js';
import { type OpenedHere, stepsKey } from './open-here.js';
import { packSteps } from './packed-steps.js';
import { speak } from './view.js';

/** Saves by itself as long as the editor is open, and lets nobody close it with changes that the host does not have. */
export function useAutosave(editor: EditorParts, { browserKeep, taken }: OpenedHere): void {
  useEffect(() => {
    if (editor.isReadOnly) return;
    const { store } = editor;
    // It goes on after the page is left, until the last save has come to its end.
    keepChanges(store, browserKeep.keep, browserClock);
    const autosave = startAutosave({ store, clock: browserClock, api: apiOf(editor, browserKeep.id), ...talkOf(editor) });
    editor.saving.current = autosave;
    const stopListening = listen(editor, autosave);
    const stopForgetting = forgetTaken(editor, () => (taken ? browserKeep.forget(taken) : undefined));
    return () => {
      stopListening();
      stopForgetting();
      autosave.saveNow();
      autosave.stop();
      browserKeep.close();
      editor.saving.current = undefined;
    };
  }, [editor, browserKeep, taken]);
}

function apiOf({ store }: EditorParts, id: string): DraftApi {
  return {
    save: (flow, { revision, changes }) => saveDraft(flow, { revision, editor: { id, changes } }),
    async read() {
      const draft = await readDraft(store.getState().flow.code);
      return { ...draft, ...(await checkFlow(draft.flow)), isOwn: draft.editor?.id === id };
    },
  };
}

function talkOf({ view, say }: EditorParts): AutosaveTalk {
  return {
    merged(theirs) {
      view.setState({ merged: theirs });
      speak(view, sayMerged(theirs, say));
    },
    resolve: (clashing) =>
      new Promise((resolve) => {
        const choose = (flow: FlowDefinition) => {
          view.setState({ clash: undefined });
          resolve(flow);
        };
        view.setState({ clash: { ...clashing, choose } });
      }),
  };
}

function listen({ store }: EditorParts, autosave: Autosave): () => void {
  const isUnsaved = () => store.getState().flow !== store.getState().saved;
  const ask = (event: BeforeUnloadEvent) => {
    if (isUnsaved()) event.preventDefault();
  };
  const hide = () => {
    keepSteps(store.getState());
    if (document.visibilityState === 'hidden' && isUnsaved()) autosave.saveNow();
  };
  const stopSigningIn = whenSignedIn(autosave.saveNow);
  window.addEventListener('online', autosave.saveNow);
  window.addEventListener('beforeunload', ask);
  window.addEventListener('pagehide', hide);
  document.addEventListener('visibilitychange', hide);
  return () => {
    keepSteps(store.getState());
    stopSigningIn();
    window.removeEventListener('online', autosave.saveNow);
    window.removeEventListener('beforeunload', ask);
    window.removeEventListener('pagehide', hide);
    document.removeEventListener('visibilitychange', hide);
  };
}

/** Keeps the steps of undo for a reload of the tab. If they do not fit, the oldest go. */
function keepSteps({ flow, past, future }: ReturnType<EditorParts['store']['getState']>): void {
  for (const count of [past.length, 50, 10, 0]) {
    try {
      sessionStorage.setItem(stepsKey(flow.code), packSteps({ flow, past: count === 0 ? [] : past.slice(-count), future }));
      return;
    } catch {
      sessionStorage.removeItem(stepsKey(flow.code));
    }
  }
}

/** Removes what an earlier editor left in the browser once the host has what came of it. */
function forgetTaken({ store }: EditorParts, forget: () => unknown): () => void {
  const isSaved = () => store.getState().flow === store.getState().saved;
  if (isSaved()) forget();
  return store.subscribe((is, was) => {
    if (is.saved !== was.saved && isSaved()) forget();
  });
}
