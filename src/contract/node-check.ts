import type { ChannelLimits } from './channel-adapter.js';
import type { Problem } from './flow.js';
import type { Platform } from './message.js';

/** What a node type's `check` may know of the flow around the node. */
export interface CheckScope {
  /** The platforms that the flow can be on, from its triggers; empty if anything else may start it. */
  readonly platforms: readonly Platform[];
  limits(platform: Platform): ChannelLimits | undefined;
  /** Returns whether an edge leaves a port of the node. */
  readonly linked: (port: string) => boolean;
  /** The time zone of the flow, else that of the installation; undefined if neither has one. */
  readonly timeZone?: string;
  /** Returns whether calls may be made to this private address (`OUTBOUND_ALLOW`). Undefined if the host's settings are not known. */
  readonly mayCall?: (address: string) => boolean;
  /** Returns whether a text of the flow shows the value of this variable. */
  readonly shows?: (variable: string) => boolean;
}

/** A problem in the params of a node. An error by default. */
export type NodeProblem = Omit<Problem, 'node' | 'severity'> & { readonly severity?: Problem['severity'] };
