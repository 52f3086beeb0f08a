import type { NodeId } from '../../../src/contract/index.js';
import { type Direction, neighbour, readingOrder } from '../flow/reading-order.js';
import type { EditorParts } from './editor-context.js';

/** Goes to the next node in reading order, or to the one before. At the end the keyboard leaves the canvas. */
export function walk(editor: EditorParts, step: 1 | -1): boolean {
  const { flow, selection } = editor.store.getState();
  const order = readingOrder(flow, editor.nodeTypes);
  const at = selection.length > 0 ? order.indexOf(selection[0] ?? '') : -1;
  const next = at === -1 ? order[step === 1 ? 0 : order.length - 1] : order[at + step];
  return next === undefined ? leaveCanvas(step) : goTo(editor, next);
}

/** What can have the keyboard. */
const FOCUSABLE = 'a[href], button, input, textarea, [tabindex="0"]';

/** Gives the keyboard to what comes after the canvas, or before it. The browser would stay among the cards, whose order is another one. */
function leaveCanvas(step: 1 | -1): boolean {
  const canvas = document.querySelector('#canvas');
  if (!canvas) return false;
  const side = step === 1 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
  const isThere = (one: HTMLElement) => one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true }) && !one.matches(':disabled');
  const beside = [...document.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (one) => !canvas.contains(one) && (canvas.compareDocumentPosition(one) & side) !== 0 && isThere(one),
  );
  beside.at(step === 1 ? 0 : -1)?.focus();
  return beside.length > 0;
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
