import type { NodeId } from '../../../src/contract/index.js';
import { portToGoOn } from '../canvas/add.js';
import { disconnect, moveNodes, removeNodes } from '../flow/commands.js';
import type { EditorParts } from './editor-context.js';
import type { KeyAction } from './keys.js';
import { speak } from './view.js';

/** Does what a key, a button or a menu says. Returns whether there was something to do. */
export function runAction(editor: EditorParts, action: KeyAction): boolean {
  const act = ACTIONS[action];
  if (!act || (editor.isReadOnly && CHANGES.has(action))) return false;
  return act(editor) !== false;
}

/** What a viewer cannot do. */
const CHANGES: ReadonlySet<KeyAction> = new Set<KeyAction>([
  ...(['undo', 'redo', 'save', 'duplicate', 'delete', 'next', 'connect', 'tidy', 'cut', 'paste'] as const),
  ...(['left', 'right', 'up', 'down', 'farLeft', 'farRight', 'farUp', 'farDown'] as const),
]);

const ACTIONS: Partial<Record<KeyAction, (editor: EditorParts) => unknown>> = {
  undo: (editor) => step(editor, 'undo'),
  redo: (editor) => step(editor, 'redo'),
  save: saveNow,
  delete: deleteSelected,
  selectAll: ({ store }) => store.getState().select(store.getState().flow.nodes.map(({ id }) => id)),
  next: openPicker,
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

function step({ store, view, say }: EditorParts, way: 'undo' | 'redo'): void {
  const label = store.getState()[way === 'undo' ? 'past' : 'future'].at(-1)?.label;
  if (label === undefined) return;
  store.getState()[way]();
  speak(view, way === 'undo' ? say('Undone: {step}', { step: label }) : say('Done again: {step}', { step: label }));
}

function saveNow({ saving, view, say, store }: EditorParts): void {
  const { flow, saved } = store.getState();
  saving.current?.saveNow();
  speak(view, flow === saved ? say('Everything is saved') : say('Saving'));
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
