import type { NodeChange, OnConnectEnd } from '@xyflow/react';
import type { FocusEvent, MouseEvent } from 'react';
import type { NodeId } from '../../../src/contract/index.js';
import type { EditorParts } from '../editor/editor-context.js';
import type { Place } from '../editor/view.js';
import { connect, moveNodes } from '../flow/commands.js';
import type { PortOfNode } from '../flow/ports.js';
import { addRequested } from './add.js';
import { nodeAt } from './at-point.js';
import type { FlowEdgeModel } from './FlowEdge.js';
import type { Viewport } from './initial-viewport.js';
import { keepViewport } from './kept-viewport.js';
import { longPress } from './long-press.js';
import type { CardModel } from './models.js';

/** Where nodes are while they are dragged. */
export type Moved = ReadonlyMap<NodeId, Place>;
export const NOTHING_MOVED: Moved = new Map();

/** Below this zoom words are hidden, and cards are names on the colour of their group. */
export const FAR = 0.42;

/** The canvas as a part of the page, and what is dragged on it. */
export interface CanvasParts {
  readonly frame: { readonly current: HTMLDivElement | null };
  readonly setMoved: (moved: Moved) => void;
}

/** Returns the handlers of the canvas, which stay the same functions as long as it is open. */
export function handlersOf(editor: EditorParts, { frame, setMoved }: CanvasParts) {
  const moves = movesOf(editor, setMoved);
  return {
    onNodesChange(changes: NodeChange<CardModel>[]) {
      moves(changes);
      const { selection, select } = editor.store.getState();
      const selected = selectedAfter(selection, changes);
      select(selected);
      if (selected !== selection) editor.view.setState({ edge: undefined });
    },
    ...pointerHandlers(editor),
    ...connectHandlers(editor, frame),
    onMove(_event: unknown, { zoom }: Viewport) {
      frame.current?.classList.toggle('is-far', zoom < FAR);
    },
    onMoveEnd(_event: unknown, viewport: Viewport) {
      keepViewport(editor.store.getState().flow.code, viewport);
    },
  };
}

/** What is dragged is no step until it is released. */
function movesOf({ store, say }: EditorParts, setMoved: CanvasParts['setMoved']) {
  let moved = NOTHING_MOVED;
  return (changes: readonly NodeChange<CardModel>[]) => {
    const positions = changes.flatMap((change) => (change.type === 'position' ? [change] : []));
    if (positions.length === 0) return;
    moved = new Map([...moved, ...positions.flatMap(({ id, position }) => (position ? [[id, position] as const] : []))]);
    if (positions.every(({ dragging }) => dragging === false)) {
      const label = say('Move {count, plural, one {# node} other {# nodes}}', { count: moved.size });
      store.getState().change(label, moveNodes(Object.fromEntries(moved)));
      moved = NOTHING_MOVED;
    }
    setMoved(moved);
  };
}

function pointerHandlers(editor: EditorParts) {
  const { store, view, stage, nodeTypes } = editor;
  const openMenu = (menu: Place, node: NodeId | undefined) => {
    const { selection, select } = store.getState();
    if (node === undefined || !selection.includes(node)) select(node === undefined ? [] : [node]);
    view.setState({ menu });
  };
  return {
    ...longPress(openMenu),
    onNodeContextMenu(event: MouseEvent, { id }: CardModel) {
      event.preventDefault();
      openMenu(placeOf(event), id);
    },
    onPaneContextMenu(event: MouseEvent | globalThis.MouseEvent) {
      event.preventDefault();
      openMenu(placeOf(event), undefined);
    },
    // A box selects nodes alone, so this is not left to the canvas.
    onEdgeClick(_event: MouseEvent, { data }: FlowEdgeModel) {
      store.getState().select([]);
      view.setState({ edge: data?.edge });
    },
    onNodeDoubleClick: () => view.setState({ isPanelOpen: true }),
    // A node that gets the keyboard is selected: its form is beside it. One of several that are selected leaves them selected.
    onFocus({ target }: FocusEvent) {
      const id = target.matches('.react-flow__node:focus-visible') ? target.getAttribute('data-id') : null;
      const { selection, select } = store.getState();
      if (id !== null && !selection.includes(id)) select([id]);
    },
    onPaneClick(event: MouseEvent) {
      const { armed } = view.getState();
      const type = armed === undefined ? undefined : nodeTypes.get(armed);
      const at = stage.current?.placeAt(placeOf(event));
      view.setState({ armed: undefined, picker: undefined, edge: undefined });
      if (type && at) addRequested(editor, type, { at });
    },
  };
}

function connectHandlers(editor: EditorParts, frame: CanvasParts['frame']) {
  const { store, say } = editor;
  const setConnecting = (is: boolean) => void frame.current?.classList.toggle('is-connecting', is);
  const onConnectEnd: OnConnectEnd = (event, { fromHandle, isValid }) => {
    setConnecting(false);
    if (!isValid && fromHandle?.id) dropPort(editor, { from: fromHandle.nodeId, port: fromHandle.id }, releasedAt(event));
  };
  return {
    onConnectStart: () => setConnecting(true),
    onConnectEnd,
    onConnect({ source, sourceHandle, target }: { source: string; sourceHandle: string | null; target: string }) {
      if (sourceHandle !== null) store.getState().change(say('Connect'), connect({ from: source, port: sourceHandle, to: target }));
    },
  };
}

/** A port was dropped: on a card it is connected, on the empty canvas a new node follows. */
function dropPort(editor: EditorParts, from: PortOfNode, screen: Place): void {
  const { store, view, say, stage, nodeTypes } = editor;
  const { flow, change } = store.getState();
  const target = flow.nodes.find(({ id }) => id === nodeAt(screen));
  const at = stage.current?.placeAt(screen);
  if (!target && at) view.setState({ picker: { from, at, screen } });
  else if (target && !nodeTypes.get(target.type)?.startsFlow) change(say('Connect'), connect({ ...from, to: target.id }));
}

function placeOf({ clientX, clientY }: MouseEvent | globalThis.MouseEvent): Place {
  return { x: clientX, y: clientY };
}

function releasedAt(event: globalThis.MouseEvent | TouchEvent): Place {
  const at = 'changedTouches' in event ? event.changedTouches[0] : event;
  return { x: at?.clientX ?? 0, y: at?.clientY ?? 0 };
}

/** Returns the selection after xyflow has selected nodes and let others go. */
function selectedAfter(selection: readonly NodeId[], changes: readonly NodeChange<CardModel>[]): readonly NodeId[] {
  const selects = new Map(changes.flatMap((change) => (change.type === 'select' ? [[change.id, change.selected] as const] : [])));
  if (selects.size === 0) return selection;
  const stays = selection.filter((id) => selects.get(id) !== false);
  const comes = [...selects].flatMap(([id, isSelected]) => (isSelected && !stays.includes(id) ? [id] : []));
  return [...stays, ...comes];
}
