import type { EditorParts } from './editor-context.js';
import type { EditorState } from './store.js';

/**
 * Saves what is drawn, and returns the revision under which the host has it.
 *
 * @throws Error if the host refuses it or cannot be reached
 */
export async function whenSaved({ store, saving }: Pick<EditorParts, 'store' | 'saving'>): Promise<number> {
  saving.current?.saveNow();
  return new Promise((done, fail) => {
    const settle = ({ saveState, revision, flow, saved }: EditorState): boolean => {
      if (flow === saved && saveState.is === 'saved') done(revision);
      else if (saveState.is === 'failed' || saveState.is === 'refused') fail(new Error(saveState.detail));
      else return false;
      return true;
    };
    if (settle(store.getState())) return;
    const stop = store.subscribe((state) => {
      if (settle(state)) stop();
    });
  });
}
