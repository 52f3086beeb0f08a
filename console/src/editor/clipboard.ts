import type { NodeId } from '../../../src/contract/index.js';
import { copyOf, type Pasted, paste, pasteOf } from '../flow/clipboard.js';
import { removeNodes } from '../flow/commands.js';
import type { EditorParts } from './editor-context.js';
import { type Place, speak } from './view.js';

/** Returns the selected nodes as a text for the clipboard; undefined if none of them can be copied. */
export function copySelected({ store, view, say, nodeTypes }: EditorParts): string | undefined {
  const { flow, selection } = store.getState();
  const text = copyOf(flow, new Set(selection), nodeTypes);
  if (text !== undefined) speak(view, say('Copied {count, plural, one {# node} other {# nodes}}', { count: selection.length }));
  return text;
}

/** Copies and removes the selected nodes. */
export function cutSelected(editor: EditorParts): string | undefined {
  const { store, say, nodeTypes } = editor;
  const { selection, change } = store.getState();
  const text = copySelected(editor);
  if (text !== undefined)
    change(say('Cut {count, plural, one {# node} other {# nodes}}', { count: selection.length }), removeNodes(selection, nodeTypes));
  return text;
}

/** Pastes what is on the clipboard into the middle of what is seen. Returns false if it is something else than nodes. */
export function pasteText(editor: EditorParts, text: string): boolean {
  const pasted = pasteOf(text);
  if (!pasted) return false;
  const middle = editor.stage.current?.middle() ?? { x: 0, y: 0 };
  insert(editor, pasted, { x: middle.x - 124, y: middle.y - 60 });
  return true;
}

/** Adds copies of the selected nodes a little beside them. */
export function duplicate(editor: EditorParts): void {
  const { store, nodeTypes } = editor;
  const { flow, selection } = store.getState();
  const text = copyOf(flow, new Set(selection), nodeTypes);
  const pasted = text === undefined ? undefined : pasteOf(text);
  const places = pasted?.nodes.map(({ position = { x: 0, y: 0 } }) => position) ?? [];
  if (pasted) insert(editor, pasted, { x: Math.min(...places.map(({ x }) => x)) + 40, y: Math.min(...places.map(({ y }) => y)) + 40 });
}

function insert({ store, view, say, stage, nodeTypes }: EditorParts, pasted: Pasted, at: Place): void {
  const { flow, change, select } = store.getState();
  const { command, ids } = paste(pasted, { flow, at: freeBeside(flow.nodes, at), descriptors: nodeTypes });
  const count = ids.length;
  change(say('Paste {count, plural, one {# node} other {# nodes}}', { count }), command);
  select(ids);
  speak(view, say('Pasted {count, plural, one {# node} other {# nodes}}', { count }));
  const [first] = ids;
  if (first !== undefined) stage.current?.focus(first);
}

/** Pasting the same twice does not put one copy onto the other. */
function freeBeside(nodes: readonly { readonly id: NodeId; readonly position?: Place }[], { x, y }: Place): Place {
  const taken = new Set(nodes.map(({ position }) => `${position?.x} ${position?.y}`));
  let at = { x: Math.round(x / 8) * 8, y: Math.round(y / 8) * 8 };
  while (taken.has(`${at.x} ${at.y}`)) at = { x: at.x + 32, y: at.y + 32 };
  return at;
}
