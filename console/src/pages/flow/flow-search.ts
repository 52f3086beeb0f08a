/** Which part of a flow is shown, and which node is opened and centred: what stands after `?` in the address of a flow. */
export interface FlowSearch {
  readonly tab?: 'history';
  readonly node?: string;
}
