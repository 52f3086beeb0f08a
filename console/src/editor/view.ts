import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Edge, FlowDefinition, NodeId } from '../../../src/contract/index.js';
import type { PortOfNode } from '../flow/ports.js';
import type { Clashing } from './autosave.js';

/** A place on the canvas, in the units of the positions of nodes. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where a new node goes: behind a port, onto an edge, or to a place, which may be that at which a port was dropped. */
export interface AddRequest {
  readonly from?: PortOfNode | Edge;
  readonly at?: Place;
  /** Where the picker opens, in pixels from the left and the top of the window. */
  readonly screen: Place;
}

/** A question about clashes with another editor's draft. */
export interface ClashQuestion extends Clashing {
  /** Goes on with the flow that the person chose. */
  readonly choose: (flow: FlowDefinition) => void;
}

/** What of the editor is open, and how the canvas is looked at. Nothing of it is a step of undo. */
export interface ViewState {
  /** The node type that was chosen from the palette and waits for its place. */
  readonly armed: string | undefined;
  readonly picker: AddRequest | undefined;
  /** Where the menu of the selected nodes, or of the canvas, is open. */
  readonly menu: Place | undefined;
  /** Whether the panel is open where there is no room for it beside the canvas. */
  readonly isPanelOpen: boolean;
  readonly dialog: 'keys' | 'find' | 'connect' | 'everywhere' | 'publish' | undefined;
  readonly edge: Edge | undefined;
  /** The nodes that a search found: the others fade. */
  readonly found: ReadonlySet<NodeId> | undefined;
  readonly clash: ClashQuestion | undefined;
  /** What another editor changed, told until it is closed. */
  readonly merged: { readonly by?: string; readonly nodes: readonly NodeId[] } | undefined;
  readonly isMapShown: boolean;
  /** What a screen reader says next. The number makes the same words twice two announcements. */
  readonly spoken: { readonly words: string; readonly count: number };
}

export type View = StoreApi<ViewState>;

/** Creates the view of an opened flow. */
export function createView(): View {
  return createStore<ViewState>(() => ({
    armed: undefined,
    picker: undefined,
    menu: undefined,
    isPanelOpen: false,
    dialog: undefined,
    edge: undefined,
    found: undefined,
    clash: undefined,
    merged: undefined,
    isMapShown: true,
    spoken: { words: '', count: 0 },
  }));
}

/** Has a screen reader say these words. */
export function speak(view: View, words: string): void {
  view.setState(({ spoken }) => ({ spoken: { words, count: spoken.count + 1 } }));
}
