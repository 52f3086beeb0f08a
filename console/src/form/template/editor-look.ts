import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/** Height of a line, in pixels, as in `form.css`. */
const LINE = 20;

const HIGH = { border: '1px solid var(--line)', borderRadius: '8px', background: 'var(--paper)', boxShadow: 'var(--shadow-high)' };

/** The lists of completions. */
const TOOLTIPS = {
  '&.cm-tooltip': { zIndex: '400' },
  '.cm-tooltip.cm-tooltip-autocomplete': { ...HIGH, color: 'var(--ink-1)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    maxHeight: '260px',
    maxWidth: '360px',
    borderRadius: '8px',
    fontFamily: "'Inter Variable', system-ui, sans-serif",
    fontSize: '13px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { display: 'flex', gap: '10px', padding: '4px 10px', lineHeight: '20px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { background: 'var(--accent-tint)', color: 'var(--ink-1)' },
  '.cm-tooltip .cm-completionMatchedText': { textDecoration: 'none', fontWeight: '650' },
  '.cm-tooltip .cm-completionDetail': {
    marginInlineStart: 'auto',
    paddingInlineStart: '10px',
    color: 'var(--ink-3)',
    fontSize: '12px',
    fontStyle: 'normal',
  },
  '.cm-tooltip.cm-completionInfo': {
    ...HIGH,
    marginInline: '6px',
    padding: '6px 10px',
    maxWidth: '240px',
    color: 'var(--ink-2)',
    fontSize: '12px',
  },
};

/** The look of the editor. CodeMirror's own styles stand outside of layers, so these cannot stand in a layer either. */
export function editorLook(rows = 1): Extension {
  return EditorView.theme({
    '&': { fontSize: '14px', backgroundColor: 'transparent', color: 'var(--ink-1)' },
    '&.cm-focused': { outline: 'none' },
    '.cm-scroller': { fontFamily: 'inherit', lineHeight: `${LINE}px`, overflow: 'visible' },
    '.cm-content': { padding: '0', minHeight: `${rows * LINE}px`, caretColor: 'var(--ink-1)' },
    '.cm-line': { padding: '0' },
    '.cm-placeholder': { color: 'var(--ink-3)', opacity: '0.75' },
    ...TOOLTIPS,
    '.cm-cursor': { borderLeftColor: 'var(--ink-1)' },
  });
}
