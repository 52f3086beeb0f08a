import { useEffect } from 'react';
import type { EditorParts } from './editor-context.js';
import { actionOf } from './keys.js';
import { runAction } from './run-action.js';

/** What takes keys itself. */
const FIELDS = 'input, textarea, select, [contenteditable=""], [contenteditable="true"], [role="dialog"], [role="menu"], [role="listbox"]';
/** What takes these keys itself: a press of `Enter` on a button is a click, and `Tab` leads from one to the next. */
const CONTROLS = 'button, a, [role="button"], [role="tab"], [role="radio"], label';

/** Listens to keys as long as the editor is open. Keys do not act while one types, except `Ctrl S`. */
export function useKeys(editor: EditorParts): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const action = actionOf(event);
      if (action === undefined || event.defaultPrevented) return;
      const target = event.target instanceof Element ? event.target : document.body;
      const isTyping = target.closest(FIELDS) !== null;
      const isAtControl = target.closest(CONTROLS) !== null && target.closest('.react-flow__node') === null;
      if (isTyping && action !== 'save') return;
      if (isAtControl && ['form', 'walkOn', 'walkBack'].includes(action)) return;
      if ((action === 'walkOn' || action === 'walkBack') && target.closest('#canvas') === null) return;
      if (runAction(editor, action)) event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [editor]);
}
