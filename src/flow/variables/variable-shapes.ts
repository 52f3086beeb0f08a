import type { Shape } from '../../contract/index.js';

/** What the variables of a flow hold, as far as it is known before it runs. */
export interface VariableShapes {
  /** Returns what a variable or a given object holds anywhere in the flow; `any` if nothing is known. */
  of(name: string): Shape;
  /** Returns what it holds when a run arrives at a node: what the nodes have saved that lead there. Takes the node's JSON Pointer. */
  at(name: string, node: string): Shape;
}
