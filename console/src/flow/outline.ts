import type { NodeId } from '../../../src/contract/flow.js';
import type { Shape } from '../../../src/contract/shape.js';

/** What the check of a flow has found out about it, beside its problems. It comes with each save. */
export interface Outline {
  readonly variables: readonly OutlineVariable[];
  /** What the contact holds, if nodes of the flow set fields of it. */
  readonly contact?: Shape;
  /** The nodes that no way from the start leads to. */
  readonly unreachable: readonly NodeId[];
}

/** A variable that the flow declares, sets or reads. */
export interface OutlineVariable {
  readonly name: string;
  readonly type?: string;
  /** What is in it, if more is known than its type. */
  readonly shape?: Shape;
  readonly declared?: boolean;
  readonly setBy: readonly NodeId[];
  readonly readBy: readonly NodeId[];
}

/** A variable or an object that flows are given without setting it, as `GET /api/language` answers. */
export interface GivenName {
  readonly name: string;
  readonly type?: string;
  /** What is in an object or a list. */
  readonly shape?: Shape;
  readonly sentence: string;
}
