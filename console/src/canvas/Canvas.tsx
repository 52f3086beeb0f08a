import './canvas.css';
import './card.css';
import { Background, BackgroundVariant, MiniMap, ReactFlow, ReactFlowProvider, SelectionMode } from '@xyflow/react';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { type EditorParts, useEdited, useEditor, useView } from '../editor/editor-context.js';
import { FlowEdge, type FlowEdgeModel } from './FlowEdge.js';
import { type Extent, GRID } from './free-place.js';
import { handlersOf, type Moved, NOTHING_MOVED } from './handlers.js';
import { firstViewport, MIN_ZOOM } from './initial-viewport.js';
import { keptViewport } from './kept-viewport.js';
import { type CardModel, createModels } from './models.js';
import { NodeCard } from './NodeCard.js';
import { Notes } from './Notes.js';
import { StageKeeper } from './StageKeeper.js';

const NODE_TYPES = { card: NodeCard };
const EDGE_TYPES = { flow: FlowEdge };
const SNAP: [number, number] = [GRID, GRID];
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
    <div ref={frame} className="canvas" data-armed={isArmed || undefined} id="canvas">
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
  const [moved, setMoved] = useState(NOTHING_MOVED);
  const { nodes, edges } = useModels(editor, moved);
  const isMapShown = useView((view) => view.isMapShown);
  const begin = useMemo(() => keptViewport(editor.store.getState().flow.code) ?? firstViewport(editor, size), [editor, size]);
  // Handlers stay the same functions: xyflow draws everything again when one changes.
  const handlers = useMemo(() => handlersOf(editor, { frame, setMoved }), [editor, frame]);
  return (
    <ReactFlow<CardModel, FlowEdgeModel>
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      defaultViewport={begin}
      minZoom={MIN_ZOOM}
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
      <Notes />
      <StageKeeper frame={frame} />
    </ReactFlow>
  );
}

const MAP_SIZE = { width: 168, height: 104 };
const MIDDLE_BUTTON = [1];
const MULTI = ['Shift', 'Meta', 'Control'];

function useModels({ drawnOf, view }: EditorParts, moved: Moved) {
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
