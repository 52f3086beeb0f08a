import type { Edge as CanvasEdge, EdgeProps } from '@xyflow/react';
import { type KeyboardEvent, type MouseEvent, memo } from 'react';
import type { Edge, PortKind } from '../../../src/contract/index.js';
import { useEditor } from '../editor/editor-context.js';
import { edgePath } from './edge-path.js';

/** What an edge on the canvas is made of. */
export type FlowEdgeModel = CanvasEdge<
  {
    readonly edge: Edge;
    readonly kind: PortKind;
    /** Where the cards at both ends begin and end, above and below the ends of the edge. */
    readonly from: { readonly above: number; readonly below: number };
    readonly to: { readonly above: number; readonly below: number };
  },
  'flow'
>;

/** An edge: a line that one can select, and a button on it that puts a node between. */
export const FlowEdge = memo(function FlowEdge({ data, sourceX, sourceY, targetX, targetY }: EdgeProps<FlowEdgeModel>) {
  const { view, isReadOnly, say } = useEditor();
  if (!data) return null;
  const { edge, kind, from, to } = data;
  const { path, middle } = edgePath({
    kind,
    from: { x: sourceX, y: sourceY, top: sourceY - from.above, bottom: sourceY + from.below },
    to: { x: targetX, y: targetY, top: targetY - to.above, bottom: targetY + to.below },
  });
  const open = (event: MouseEvent | KeyboardEvent) => {
    event.stopPropagation();
    const { left, top } = event.currentTarget.getBoundingClientRect();
    view.setState({ picker: { from: edge, at: middle, screen: { x: left, y: top } } });
  };
  return (
    <g className="edge" data-kind={kind}>
      <path className="edge-reach" d={path} />
      <path className="edge-line react-flow__edge-path" d={path} />
      {isReadOnly ? null : (
        // biome-ignore lint/a11y/useSemanticElements: an SVG has no buttons
        <g
          className="edge-add nodrag nopan"
          role="button"
          tabIndex={-1}
          aria-label={say('Add a node here')}
          transform={`translate(${middle.x} ${middle.y})`}
          onClick={open}
          onKeyDown={(event) => (event.key === 'Enter' ? open(event) : undefined)}
        >
          <circle className="edge-add-reach" />
          <circle r={10} />
          <path d="M-4.5 0h9M0 -4.5v9" />
        </g>
      )}
    </g>
  );
});
