import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { NodeId } from '../../../src/contract/index.js';
import type { NodeDescriptors } from '../api/descriptors.js';
import type { DrawnOf } from '../canvas/drawn.js';
import type { Measure } from '../flow/size.js';
import type { Say } from '../look/Languages.js';
import type { Autosave } from './autosave.js';
import type { EditorActions, EditorState, EditorStore } from './store.js';
import type { Place, View, ViewState } from './view.js';

/** What the canvas can do for the parts around it. */
export interface Stage {
  /** Brings a node into view, if it is not, and gives it the keyboard. */
  readonly focus: (node: NodeId) => void;
  /** Puts a node into the middle. */
  readonly center: (node: NodeId) => void;
  readonly showAll: () => void;
  /** Shows the whole flow if it can be read so, else its beginning: as when it is opened for the first time. */
  readonly showBeginning: () => void;
  readonly show: (nodes: readonly NodeId[]) => void;
  readonly actualSize: () => void;
  /** Where a point of the window is on the canvas; undefined if it is not over the canvas. */
  readonly placeAt: (screen: Place) => Place | undefined;
  /** Where a place of the canvas is in the window. */
  readonly screenAt: (place: Place) => Place;
  /** The middle of what is seen of the canvas. */
  readonly middle: () => Place;
}

/** The editor of one flow, for all that is drawn inside it. */
export interface EditorParts {
  readonly store: EditorStore;
  readonly view: View;
  readonly nodeTypes: NodeDescriptors;
  /** True for people who may only look. */
  readonly isReadOnly: boolean;
  readonly say: Say;
  readonly measure: Measure;
  readonly drawnOf: DrawnOf;
  /** The canvas, while it is shown. */
  readonly stage: { current: Stage | undefined };
  /** Saving by itself, while it runs. */
  readonly saving: { current: Autosave | undefined };
}

const Context = createContext<EditorParts | undefined>(undefined);

/** Gives what is inside it the editor. */
export const EditorProvider = Context.Provider;

/** Returns the editor around a component. It stays the same object while the flow is open. */
export function useEditor(): EditorParts {
  const editor = useContext(Context);
  if (!editor) throw new Error('There is no editor around this component');
  return editor;
}

/** Returns a part of the edited flow's state, and draws again when it changes. */
export function useEdited<T>(part: (state: EditorState & EditorActions) => T): T {
  return useStore(useEditor().store, part);
}

/** Returns a part of the view, and draws again when it changes. */
export function useView<T>(part: (state: ViewState) => T): T {
  return useStore(useEditor().view, part);
}
