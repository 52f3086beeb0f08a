import './canvas.css';
import './card.css';
import {
  Background,
  BackgroundVariant,
  type EdgeChange,
  MiniMap,
  type NodeChange,
  type OnConnectEnd,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
} from '@xyflow/react';
import { type FocusEvent, type MouseEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { NodeId } from '../../../src/contract/index.js';
import { type EditorParts, useEdited, useEditor, useView } from '../editor/editor-context.js';
import type { Place } from '../editor/view.js';
import { connect, moveNodes } from '../flow/commands.js';
import { addRequested } from './add.js';
import { nodeAt } from './at-point.js';
import { FlowEdge, type FlowEdgeModel } from './FlowEdge.js';
import type { Extent } from './free-place.js';
import { GRID } from './free-place.js';
import { initialViewport } from './initial-viewport.js';
import { keepViewport, keptViewport } from './kept-viewport.js';
import { type CardModel, createModels } from './models.js';
import { NodeCard } from './NodeCard.js';
import { StageKeeper } from './StageKeeper.js';

const NODE_TYPES = { card: NodeCard };
const EDGE_TYPES = { flow: FlowEdge };
const SNAP: [number, number] = [GRID, GRID];
/** Below this zoom words are hidden, and cards are names on the colour of their group. */
const FAR = 0.42;
/** By touch, one finger moves the canvas; with a mouse a drag draws a box, and the middle button and the space bar move it. */
const IS_TOUCH = window.matchMedia('(pointer: coarse)').matches;

/** The flow as cards and lines that one can move, connect and select. */
export function Canvas() {
  const frame = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Extent>();
  const isArmed = useView(({ armed }) => armed !== undefined);
  useLayoutEffect(() => {
    if (frame.current) setSize({ width: frame.current.clientWidth, height: frame.current.clientHeight });
  }, []);
  return (
    <div ref={frame} className={isArmed ? 'canvas is-armed' : 'canvas'} id="canvas">
      {size ? (
        <ReactFlowProvider>
          <Drawing frame={frame} size={size} />
        </ReactFlowProvider>
      ) : null}
    </div>
  );
}

interface DrawingProps {
  readonly frame: { readonly current: HTMLDivElement | null };
  readonly size: Extent;
}

function Drawing({ frame, size }: DrawingProps) {
  const editor = useEditor();
  const { isReadOnly, say } = editor;
  const [moved, setMoved] = useState<ReadonlyMap<NodeId, Place>>(NOTHING_MOVED);
  const { nodes, edges } = useModels(editor, moved);
  const isMapShown = useView((view) => view.isMapShown);
  const begin = useMemo(() => keptViewport(editor.store.getState().flow.code) ?? firstViewport(editor, size), [editor, size]);
  // Handlers stay the same functions: xyflow draws everything again when one changes.
  const handlers = useMemo(() => handlersOf(editor, frame, setMoved), [editor, frame]);
  return (
    <ReactFlow<CardModel, FlowEdgeModel>
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      defaultViewport={begin}
      minZoom={0.1}
      maxZoom={2}
      onlyRenderVisibleElements
      snapToGrid
      snapGrid={SNAP}
      panOnScroll
      panOnDrag={IS_TOUCH ? true : MIDDLE_BUTTON}
      selectionOnDrag={!IS_TOUCH}
      selectionMode={SelectionMode.Partial}
      multiSelectionKeyCode={MULTI}
      selectionKeyCode={null}
      deleteKeyCode={null}
      disableKeyboardA11y
      edgesFocusable={false}
      nodesDraggable={!isReadOnly}
      nodesConnectable={!isReadOnly}
      zoomOnDoubleClick={false}
      connectionRadius={30}
      paneClickDistance={4}
      nodeDragThreshold={3}
      aria-label={say('The flow')}
      {...handlers}
    >
      <Background variant={BackgroundVariant.Dots} gap={24} size={1.4} />
      {isMapShown ? (
        <MiniMap<CardModel> pannable zoomable style={MAP_SIZE} nodeColor={colorOf} nodeBorderRadius={20} ariaLabel={say('Map')} />
      ) : null}
      <StageKeeper frame={frame} />
    </ReactFlow>
  );
}

const NOTHING_MOVED: ReadonlyMap<NodeId, Place> = new Map();
const MAP_SIZE = { width: 168, height: 104 };
const MIDDLE_BUTTON = [1];
const MULTI = ['Shift', 'Meta', 'Control'];

function useModels({ drawnOf, view }: EditorParts, moved: ReadonlyMap<NodeId, Place>) {
  const flow = useEdited((state) => state.flow);
  const selection = useEdited((state) => state.selection);
  const problems = useEdited((state) => state.problems);
  const found = useStore(view, (state) => state.found);
  const edge = useStore(view, (state) => state.edge);
  const models = useMemo(() => createModels(drawnOf), [drawnOf]);
  return useMemo(() => models({ flow, selection, problems, moved, found, edge }), [models, flow, selection, problems, moved, found, edge]);
}

const COLORS: Readonly<Record<string, string>> = {
  messaging: 'var(--messages)',
  core: 'var(--logic)',
  intelligence: 'var(--intelligence)',
  contact: 'var(--contact)',
};

function colorOf({ data }: CardModel): string {
  return COLORS[data.drawn.card.group] ?? 'var(--logic)';
}

function firstViewport({ store, nodeTypes, drawnOf }: EditorParts, size: Extent) {
  const { flow } = store.getState();
  const cards = flow.nodes.map((node) => ({ node, ...(node.position ?? { x: 0, y: 0 }), ...drawnOf(node).size }));
  const start = cards.find(({ node }) => nodeTypes.get(node.type)?.startsFlow);
  return initialViewport(cards, start, size);
}

function handlersOf(editor: EditorParts, frame: DrawingProps['frame'], setMoved: (moved: ReadonlyMap<NodeId, Place>) => void) {
  const { store, view, say, stage } = editor;
  let moved = NOTHING_MOVED;
  const connecting = (is: boolean) => frame.current?.classList.toggle('is-connecting', is);
  return {
    onNodesChange(changes: NodeChange<CardModel>[]) {
      const positions = changes.flatMap((change) => (change.type === 'position' ? [change] : []));
      if (positions.length > 0) {
        moved = new Map([...moved, ...positions.flatMap(({ id, position }) => (position ? [[id, position] as const] : []))]);
        const isOver = positions.every(({ dragging }) => dragging === false);
        const to = moved;
        if (isOver) moved = NOTHING_MOVED;
        if (isOver) store.getState().change(say(MOVE, { count: to.size }), moveNodes(Object.fromEntries(to)));
        setMoved(moved);
      }
      store.getState().select(selectedAfter(store.getState().selection, changes));
    },
    onEdgesChange(changes: EdgeChange<FlowEdgeModel>[]) {
      for (const change of changes) {
        if (change.type !== 'select') continue;
        const [from, port] = JSON.parse(change.id) as [string, string];
        const { edge } = view.getState();
        if (change.selected) view.setState({ edge: store.getState().flow.edges.find((one) => one.from === from && one.port === port) });
        else if (edge?.from === from && edge.port === port) view.setState({ edge: undefined });
      }
    },
    // A node that gets the keyboard is selected: its form is beside it.
    onFocus({ target }: FocusEvent) {
      const node = target.closest<HTMLElement>('.react-flow__node');
      if (node?.dataset['id'] && node === target && node.matches(':focus-visible')) store.getState().select([node.dataset['id']]);
    },
    onPaneClick(event: MouseEvent) {
      const { armed } = view.getState();
      const at = stage.current?.placeAt({ x: event.clientX, y: event.clientY });
      const type = armed === undefined ? undefined : editor.nodeTypes.get(armed);
      view.setState({ armed: undefined, picker: undefined, edge: undefined });
      if (type && at) addRequested(editor, type, { at });
    },
    onConnect({ source, sourceHandle, target }: { source: string; sourceHandle: string | null; target: string }) {
      if (sourceHandle !== null) store.getState().change(say('Connect'), connect({ from: source, port: sourceHandle, to: target }));
    },
    onConnectStart: () => void connecting(true),
    onConnectEnd: ((event, { fromHandle, isValid }) => {
      connecting(false);
      if (isValid || !fromHandle?.id) return;
      dropPort(editor, { from: fromHandle.nodeId, port: fromHandle.id }, pointOf(event));
    }) satisfies OnConnectEnd,
    onMove(_event: unknown, { zoom }: { zoom: number }) {
      frame.current?.classList.toggle('is-far', zoom < FAR);
    },
    onMoveEnd(_event: unknown, viewport: { x: number; y: number; zoom: number }) {
      keepViewport(store.getState().flow.code, viewport);
    },
  };
}

const MOVE = 'Move {count, plural, one {# node} other {# nodes}}';

/** A port was dropped: on a card it is connected, on the empty canvas a new node follows. */
function dropPort(editor: EditorParts, from: { readonly from: NodeId; readonly port: string }, screen: Place): void {
  const { store, view, say, stage, nodeTypes } = editor;
  const { flow } = store.getState();
  const target = nodeAt(screen);
  const type = flow.nodes.find(({ id }) => id === target)?.type;
  if (target !== undefined) {
    if (type !== undefined && !nodeTypes.get(type)?.startsFlow) store.getState().change(say('Connect'), connect({ ...from, to: target }));
    return;
  }
  const at = stage.current?.placeAt(screen);
  if (at) view.setState({ picker: { from, at, screen } });
}

function pointOf(event: globalThis.MouseEvent | TouchEvent): Place {
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
