import type { FlowDefinition } from '../../../src/contract/index.js';
import { moveNodes } from '../flow/commands.js';
import type { EditorParts } from './editor-context.js';

/** Returns whether all nodes have a place on the canvas: what a program or another tool has made may have none. */
export function arePlaced({ nodes }: FlowDefinition): boolean {
  return nodes.every(({ position }) => position !== undefined);
}

/**
 * Gives places to nodes that have none: all nodes are laid out if most have none, else these alone. It is no step of undo, and nothing is saved
 * for it alone: the places go to the host with the first change.
 */
export async function placeNodes({ store, nodeTypes, drawnOf }: EditorParts): Promise<void> {
  const { flow, saved } = store.getState();
  const unplaced = flow.nodes.filter(({ position }) => position === undefined).map(({ id }) => id);
  const only = unplaced.length > flow.nodes.length / 2 ? undefined : new Set(unplaced);
  const { tidyPositions } = await import('../canvas/tidy.js');
  const positions = await tidyPositions(flow, { nodeTypes, drawnOf, ...(only ? { only } : {}) });
  const placed = moveNodes(positions)(flow);
  store.setState({ flow: placed, saved: flow === saved ? placed : saved });
}
