import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/** Height of a line, in pixels, as in `form.css`. */
const LINE = 20;

/** The look of the editor. CodeMirror's own styles stand outside of layers, so these cannot stand in a layer either. */
export function editorLook(rows = 1): Extension {
  return EditorView.theme({
    '&': { fontSize: '14px', backgroundColor: 'transparent', color: 'var(--ink-1)' },
    '&.cm-focused': { outline: 'none' },
    '.cm-scroller': { fontFamily: 'inherit', lineHeight: `${LINE}px`, overflow: 'visible' },
    '.cm-content': { padding: '0', minHeight: `${rows * LINE}px`, caretColor: 'var(--ink-1)' },
    '.cm-line': { padding: '0' },
    '.cm-placeholder': { color: 'var(--ink-3)', opacity: '0.75' },
    '.cm-cursor': { borderLeftColor: 'var(--ink-1)' },
  });
}
