import type { NodeId } from '../../../src/contract/index.js';
import { portToGoOn } from '../canvas/add.js';
import { disconnect, moveNodes, removeNodes } from '../flow/commands.js';
import { addNote } from '../flow/notes.js';
import { duplicate } from './clipboard.js';
import type { EditorParts } from './editor-context.js';
import type { KeyAction } from './keys.js';
import { tidyUp } from './tidy-up.js';
import { speak } from './view.js';
import { walk, walkAlong } from './walk.js';

/** Does what a key, a button or a menu says. Returns whether there was something to do. */
export function runAction(editor: EditorParts, action: KeyAction): boolean {
  const act = ACTIONS[action];
  if (!act || (editor.isReadOnly && CHANGES.has(action))) return false;
  return act(editor) !== false;
}

/** What a viewer cannot do. */
const CHANGES: ReadonlySet<KeyAction> = new Set<KeyAction>([
  ...(['undo', 'redo', 'save', 'duplicate', 'delete', 'next', 'note', 'connect', 'tidy', 'cut', 'paste'] as const),
  ...(['left', 'right', 'up', 'down', 'farLeft', 'farRight', 'farUp', 'farDown'] as const),
]);

const ACTIONS: Partial<Record<KeyAction, (editor: EditorParts) => unknown>> = {
  undo: (editor) => step(editor, 'undo'),
  redo: (editor) => step(editor, 'redo'),
  save: saveNow,
  delete: deleteSelected,
  duplicate,
  tidy: (editor) => void tidyUp(editor),
  walkOn: (editor) => walk(editor, 1),
  walkBack: (editor) => walk(editor, -1),
  along: (editor) => walkAlong(editor, 'right'),
  against: (editor) => walkAlong(editor, 'left'),
  above: (editor) => walkAlong(editor, 'up'),
  below: (editor) => walkAlong(editor, 'down'),
  form: focusForm,
  canvas: backToCanvas,
  connect: openConnect,
  find: ({ view }) => view.setState({ dialog: 'find' }),
  everywhere: ({ view }) => view.setState({ dialog: 'everywhere' }),
  selectAll: ({ store }) => store.getState().select(store.getState().flow.nodes.map(({ id }) => id)),
  next: openPicker,
  note: putNote,
  left: (editor) => move(editor, -8, 0),
  right: (editor) => move(editor, 8, 0),
  up: (editor) => move(editor, 0, -8),
  down: (editor) => move(editor, 0, 8),
  farLeft: (editor) => move(editor, -40, 0),
  farRight: (editor) => move(editor, 40, 0),
  farUp: (editor) => move(editor, 0, -40),
  farDown: (editor) => move(editor, 0, 40),
  showAll: ({ stage }) => stage.current?.showAll(),
  showSelection: ({ stage, store }) => stage.current?.show(store.getState().selection),
  actualSize: ({ stage }) => stage.current?.actualSize(),
  keys: ({ view }) => view.setState({ dialog: 'keys' }),
  map: ({ view }) => view.setState(({ isMapShown }) => ({ isMapShown: !isMapShown })),
};

/** Puts an empty note into the middle of what is seen. */
function putNote({ store, stage, say }: EditorParts): void {
  store.getState().change(say('Add a note'), addNote(stage.current?.middle() ?? { x: 0, y: 0 }));
}

function step({ store, view, say }: EditorParts, way: 'undo' | 'redo'): void {
  const label = store.getState()[way === 'undo' ? 'past' : 'future'].at(-1)?.label;
  if (label === undefined) return;
  store.getState()[way]();
  speak(view, way === 'undo' ? say('Undone: {step}', { step: label }) : say('Redone: {step}', { step: label }));
}

function saveNow({ saving, view, say, store }: EditorParts): void {
  const { flow, saved } = store.getState();
  saving.current?.saveNow();
  speak(view, flow === saved ? say('Everything is saved') : say('Saving'));
}

/** Gives the keyboard to the first field of the panel, which opens where there is no room for it beside the canvas. */
function focusForm({ view }: EditorParts): boolean {
  view.setState({ isPanelOpen: true });
  const fields = document.querySelectorAll<HTMLElement>('#panel .form :is(input, textarea, select, button, [contenteditable="true"])');
  const field = fields[0] ?? document.querySelector<HTMLElement>('#panel input');
  field?.focus();
  return field !== null;
}

/** Gives the keyboard back to the canvas; there, lets go of what is chosen. */
function backToCanvas({ view, store, stage }: EditorParts): void {
  const { armed, found, edge } = view.getState();
  const isOnCanvas = document.activeElement?.closest('#canvas') !== null;
  view.setState({ armed: undefined, found: undefined, edge: undefined, isPanelOpen: false });
  const [node] = store.getState().selection;
  if (node === undefined) return;
  if (isOnCanvas && armed === undefined && found === undefined && edge === undefined) store.getState().select([]);
  else stage.current?.focus(node);
}

/** Removes the selected nodes, else the selected edge. */
function deleteSelected({ store, view, say, nodeTypes }: EditorParts): void {
  const { selection, change } = store.getState();
  const { edge } = view.getState();
  const count = selection.length;
  if (count > 0) change(say('Delete {count, plural, one {# node} other {# nodes}}', { count }), removeNodes(selection, nodeTypes));
  else if (edge) change(say('Delete an edge'), disconnect(edge));
  view.setState({ edge: undefined });
}

function openPicker(editor: EditorParts): void {
  const { view, stage, store, drawnOf } = editor;
  const from = portToGoOn(editor);
  const node = from && store.getState().flow.nodes.find(({ id }) => id === from.from);
  const place = node && { x: (node.position?.x ?? 0) + drawnOf(node).size.width + 12, y: node.position?.y ?? 0 };
  const middle = stage.current?.middle();
  const at = place ?? middle;
  if (at) view.setState({ picker: { ...(from ? { from } : { at }), screen: stage.current?.screenAt(at) ?? at } });
}

/** A node without ways out, such as the end, cannot be connected. */
function openConnect({ store, view, say, drawnOf }: EditorParts): boolean {
  const { flow, selection } = store.getState();
  const node = selection.length === 1 ? flow.nodes.find(({ id }) => id === selection[0]) : undefined;
  if (!node) return false;
  if (drawnOf(node).kinds.size > 0) view.setState({ dialog: 'connect' });
  else speak(view, say('This node has no way out'));
  return true;
}

/** Moves the selected nodes; a burst of key presses is one step. */
function move({ store, say }: EditorParts, x: number, y: number): void {
  const { flow, selection, change } = store.getState();
  const selected = new Set<NodeId>(selection);
  const places = flow.nodes.flatMap(({ id, position = { x: 0, y: 0 } }) =>
    selected.has(id) ? [[id, { x: position.x + x, y: position.y + y }] as const] : [],
  );
  if (places.length === 0) return;
  const label = say('Move {count, plural, one {# node} other {# nodes}}', { count: places.length });
  change(label, moveNodes(Object.fromEntries(places)), `move ${selection.join(' ')}`);
}
