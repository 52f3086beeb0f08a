import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import type { NodeId } from '../../../src/contract/index.js';
import { type EditorParts, type Stage, useEditor } from '../editor/editor-context.js';
import { FAR } from './handlers.js';
import { boundsOf, firstViewport, MIN_ZOOM } from './initial-viewport.js';

interface Frame {
  readonly current: HTMLDivElement | null;
}

/** Lets the parts around the canvas move it. It draws nothing. */
export function StageKeeper({ frame }: { readonly frame: Frame }) {
  const editor = useEditor();
  const canvas = useReactFlow();
  useEffect(() => {
    const { stage } = editor;
    stage.current = createStage(editor, canvas, frame);
    frame.current?.classList.toggle('is-far', canvas.getViewport().zoom < FAR);
    return () => {
      stage.current = undefined;
    };
  }, [editor, canvas, frame]);
  return null;
}

type CanvasHandle = Pick<
  ReturnType<typeof useReactFlow>,
  'setViewport' | 'getViewport' | 'screenToFlowPosition' | 'flowToScreenPosition' | 'fitBounds' | 'setCenter'
>;

/** How long the canvas glides, in milliseconds. */
const GLIDE = 180;

function createStage(editor: EditorParts, canvas: CanvasHandle, frame: Frame): Stage {
  const duration = window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : GLIDE;
  const cards = (ids?: readonly NodeId[]) => {
    const { flow } = editor.store.getState();
    const nodes = ids ? flow.nodes.filter(({ id }) => ids.includes(id)) : flow.nodes;
    return nodes.map((node) => ({ ...(node.position ?? { x: 0, y: 0 }), ...editor.drawnOf(node).size }));
  };
  const show = (ids?: readonly NodeId[]) => {
    const shown = cards(ids);
    if (shown.length === 0) return;
    const { width, height } = frame.current?.getBoundingClientRect() ?? { width: 800, height: 600 };
    const bounds = boundsOf(shown);
    const zoom = Math.max(MIN_ZOOM, Math.min(1, (width - 100) / bounds.width, (height - 140) / bounds.height));
    void canvas.setCenter(bounds.x + bounds.width / 2, bounds.y + bounds.height / 2, { zoom, duration });
  };
  const center = (node: NodeId) => {
    const [card] = cards([node]);
    if (!card) return;
    const zoom = Math.max(0.7, canvas.getViewport().zoom);
    void canvas.setCenter(card.x + card.width / 2, card.y + card.height / 2, { zoom, duration });
  };
  const isSeen = (node: NodeId) => {
    const [card] = cards([node]);
    const box = frame.current?.getBoundingClientRect();
    if (!card || !box) return true;
    const [from, to] = [
      canvas.flowToScreenPosition(card),
      canvas.flowToScreenPosition({ x: card.x + card.width, y: card.y + card.height }),
    ];
    return from.x >= box.left && from.y >= box.top && to.x <= box.right && to.y <= box.bottom && canvas.getViewport().zoom >= FAR;
  };
  return {
    focus(node) {
      // A key that is pressed before the card is drawn is no letter for the field that had the keyboard.
      if (document.activeElement instanceof HTMLElement && !frame.current?.contains(document.activeElement)) document.activeElement.blur();
      if (!isSeen(node)) center(node);
      focusWhenDrawn(node, frame);
    },
    center,
    showAll: () => show(),
    showBeginning() {
      const { width = 800, height = 600 } = frame.current?.getBoundingClientRect() ?? {};
      void canvas.setViewport(firstViewport(editor, { width, height }), { duration });
    },
    show,
    actualSize: () => void canvas.setViewport({ ...middleAt(canvas, frame, 1), zoom: 1 }, { duration }),
    placeAt(screen) {
      const box = frame.current?.getBoundingClientRect();
      const isOver = box && screen.x >= box.left && screen.x <= box.right && screen.y >= box.top && screen.y <= box.bottom;
      return isOver ? canvas.screenToFlowPosition(screen, { snapToGrid: false }) : undefined;
    },
    screenAt: (place) => canvas.flowToScreenPosition(place),
    middle: () => canvas.screenToFlowPosition(centerOf(frame), { snapToGrid: false }),
  };
}

function centerOf(frame: Frame) {
  const { left = 0, top = 0, width = 0, height = 0 } = frame.current?.getBoundingClientRect() ?? {};
  return { x: left + width / 2, y: top + height / 2 };
}

/** Returns where the origin must be so that the middle stays where it is at another zoom. */
function middleAt(canvas: CanvasHandle, frame: Frame, zoom: number) {
  const { width = 0, height = 0 } = frame.current?.getBoundingClientRect() ?? {};
  const middle = canvas.screenToFlowPosition(centerOf(frame), { snapToGrid: false });
  return { x: width / 2 - middle.x * zoom, y: height / 2 - middle.y * zoom };
}

/** A card that comes into view is drawn some frames later. */
function focusWhenDrawn(node: NodeId, frame: Frame, frames = 30): void {
  requestAnimationFrame(() => {
    const card = frame.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(node)}"]`);
    if (card) card.focus({ preventScroll: true });
    else if (frames > 0) focusWhenDrawn(node, frame, frames - 1);
  });
}
