import type { NodeId } from '../../../src/contract/flow.js';

/** What the check of a flow has found out about it, beside its problems. It comes with each save. */
export interface Outline {
  readonly variables: readonly OutlineVariable[];
  /** The nodes that no way from the start leads to. */
  readonly unreachable: readonly NodeId[];
}

/** A variable that the flow declares, sets or reads. */
export interface OutlineVariable {
  readonly name: string;
  readonly type?: string;
  readonly declared?: boolean;
  readonly setBy: readonly NodeId[];
  readonly readBy: readonly NodeId[];
}

/** A variable or an object that flows are given without setting it, as `GET /api/language` answers. */
export interface GivenName {
  readonly name: string;
  readonly type?: string;
  /** The members of an object; it may have others. */
  readonly members?: readonly { readonly name: string; readonly type?: string }[];
  readonly sentence: string;
}
