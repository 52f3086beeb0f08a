import type { FlowDefinition, FlowNode, NodeId } from '../../../src/contract/index.js';
import type { NodeDescriptor } from '../api/descriptors.js';
import type { EditorParts } from '../editor/editor-context.js';
import { type AddRequest, type Place, speak } from '../editor/view.js';
import { addNode, newNode } from '../flow/commands.js';
import { edgeOf, mainPort, nextPort, type PortOfNode } from '../flow/ports.js';
import { CARD } from '../flow/size.js';
import { edgeAt } from './at-point.js';
import { freePlace, GAP, GRID } from './free-place.js';

/** Adds a node of this type where the request says: behind a port, onto an edge, or at a place. */
export function addRequested(editor: EditorParts, type: NodeDescriptor, { from, at }: Omit<AddRequest, 'screen'>): void {
  const { store, say, stage, drawnOf } = editor;
  const { flow } = store.getState();
  const wanted = placeFor(editor, { from, at });
  const node = newNode(type, flow, freePlace(flow, wanted, { drawnOf, size: drawnOf({ ...blankAt(type), position: wanted }).size }));
  const joint = from && { from: from.from, port: from.port, by: mainPort(node, type)?.name };
  const title = say(type.title);
  store.getState().change(say('Add “{title}”', { title }), addNode(node, joint));
  store.getState().select([node.id]);
  speak(editor.view, say('Added “{title}”', { title }));
  stage.current?.focus(node.id);
}

/**
 * Returns where a new node is wanted. A port is dropped where the edge enters the card; anything else is dropped with the head of the card.
 * On an edge that is too short for a card it is wanted behind the node that the edge leaves, so that the way still leads to the right.
 */
function placeFor(editor: EditorParts, { from, at }: Omit<AddRequest, 'screen'>): Place {
  const behind = placeAfter(editor, from);
  if (!at) return behind;
  const isOnEdge = from && 'to' in from;
  const x = isOnEdge || !from ? at.x - CARD.width / 2 : at.x;
  return isOnEdge && x < behind.x - GAP.x + GRID ? behind : { x, y: at.y - CARD.headMiddle };
}

function blankAt({ type, version, blank }: NodeDescriptor): FlowNode {
  return { id: 'new', type, version, params: blank.params };
}

/** Adds a node where it was dropped in the window; onto an edge, between its nodes. Elsewhere nothing is added. */
export function addAtScreen(editor: EditorParts, type: NodeDescriptor, screen: Place): void {
  const at = editor.stage.current?.placeAt(screen);
  if (!at) return;
  const edge = edgeAt(editor.store.getState().flow, screen);
  addRequested(editor, type, edge ? { from: edge, at } : { at });
}

/** Adds a node behind the one that is selected, else in the middle of what is seen. */
export function addNextToSelection(editor: EditorParts, type: NodeDescriptor): void {
  const port = portToGoOn(editor);
  const at = editor.stage.current?.middle();
  addRequested(editor, type, port ? { from: port } : at ? { at } : {});
}

/** Returns the port of the selected node behind which a node is added: the first way that leads nowhere, else the main one. */
export function portToGoOn({ store, nodeTypes }: EditorParts): PortOfNode | undefined {
  const { flow, selection } = store.getState();
  const node = selection.length === 1 ? flow.nodes.find(({ id }) => id === selection[0]) : undefined;
  const port = node && nextPort(node, nodeTypes.get(node.type), flow.edges);
  return node && port && { from: node.id, port: port.name };
}

/** Returns a place to the right of the node that the port is of. */
function placeAfter({ store, drawnOf }: EditorParts, from: PortOfNode | undefined): Place {
  const { flow } = store.getState();
  const node = from && nodeOf(flow, from.from);
  if (!from || !node) return { x: 0, y: 0 };
  const { x, y } = node.position ?? { x: 0, y: 0 };
  const { width, handles } = drawnOf(node).size;
  const behind = edgeOf(flow, from);
  const port = handles.get(from.port);
  return { x: x + width + GAP.x, y: behind || !port ? y : Math.max(y, y + port.y - CARD.headMiddle) };
}

function nodeOf(flow: FlowDefinition, id: NodeId): FlowNode | undefined {
  return flow.nodes.find((node) => node.id === id);
}
