import { useEffect } from 'react';
import { copySelected, cutSelected, pasteText } from './clipboard.js';
import type { EditorParts } from './editor-context.js';
import { actionOf } from './keys.js';
import { runAction } from './run-action.js';

/** Where one types, or chooses with the keyboard. */
const TYPED = 'input, textarea, select, [contenteditable=""], [contenteditable="true"], [role="dialog"], [role="menu"], [role="listbox"]';
/** What takes keys itself: a press of `Enter` on a button is a click. */
const CONTROLS = 'button, a, [role="button"], [role="tab"], [role="radio"], label';

/** Listens to keys and to the clipboard as long as the editor is open. Keys do not act while one types, except `Ctrl S`. */
export function useKeys(editor: EditorParts): void {
  useEffect(() => {
    const listeners = listenersOf(editor);
    window.addEventListener('keydown', listeners.keydown);
    for (const name of CLIPBOARD) document.addEventListener(name, listeners.clipboard);
    return () => {
      window.removeEventListener('keydown', listeners.keydown);
      for (const name of CLIPBOARD) document.removeEventListener(name, listeners.clipboard);
    };
  }, [editor]);
}

const CLIPBOARD = ['copy', 'cut', 'paste'] as const;

function listenersOf(editor: EditorParts) {
  return {
    keydown(event: KeyboardEvent) {
      const action = actionOf(event);
      if (action === undefined || event.defaultPrevented) return;
      const target = elementOf(event);
      const isOnCanvas = target.closest('#canvas') !== null;
      if (target.closest(TYPED) !== null && action !== 'save' && !(action === 'canvas' && target.closest('#panel') !== null)) return;
      if (target.closest(CONTROLS) !== null && !isOnCanvas && ['form', 'delete', ...ARROWS].includes(action)) return;
      if (['walkOn', 'walkBack'].includes(action) && !isOnCanvas) return;
      if (runAction(editor, action)) event.preventDefault();
    },
    // The events of the browser, not its interface: they work on every page and without a question.
    clipboard(event: ClipboardEvent) {
      const data = event.clipboardData;
      const isTextChosen = (window.getSelection()?.toString() ?? '') !== '';
      if (!data || elementOf(event).closest(TYPED) !== null || (event.type !== 'paste' && isTextChosen)) return;
      if (event.type === 'paste') {
        if (!editor.isReadOnly && pasteText(editor, data.getData('text/plain'))) event.preventDefault();
        return;
      }
      const text = event.type === 'cut' && !editor.isReadOnly ? cutSelected(editor) : copySelected(editor);
      if (text === undefined) return;
      data.setData('text/plain', text);
      event.preventDefault();
    },
  };
}

const ARROWS: readonly string[] = ['left', 'right', 'up', 'down', 'farLeft', 'farRight', 'farUp', 'farDown'];

function elementOf({ target }: Event): Element {
  return target instanceof Element ? target : document.body;
}
