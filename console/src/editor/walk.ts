import type { NodeId } from '../../../src/contract/index.js';
import { type Direction, neighbour, readingOrder } from '../flow/reading-order.js';
import type { EditorParts } from './editor-context.js';

/** Goes to the next node in reading order, or to the one before. Returns false at the end, where the keyboard leaves the canvas. */
export function walk(editor: EditorParts, step: 1 | -1): boolean {
  const { flow, selection } = editor.store.getState();
  const order = readingOrder(flow, editor.nodeTypes);
  const at = selection.length > 0 ? order.indexOf(selection[0] ?? '') : -1;
  const next = at === -1 ? order[step === 1 ? 0 : order.length - 1] : order[at + step];
  return next !== undefined && goTo(editor, next);
}

/** Goes along the edges. */
export function walkAlong(editor: EditorParts, direction: Direction): boolean {
  const { flow, selection } = editor.store.getState();
  const [from] = selection;
  const next = from === undefined ? undefined : neighbour(flow, { from, direction }, editor.nodeTypes);
  return next !== undefined && goTo(editor, next);
}

/** Selects a node, brings it into view and gives it the keyboard. */
export function goTo({ store, view, stage }: EditorParts, node: NodeId): true {
  store.getState().select([node]);
  view.setState({ edge: undefined });
  stage.current?.focus(node);
  return true;
}
