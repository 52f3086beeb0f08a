import type { ChannelLimits } from './channel-adapter.js';
import type { FlowCode, Problem } from './flow.js';
import type { Platform } from './message.js';

/** What a node type's `check` may know of the flow around the node. */
export interface CheckScope {
  /** The platforms that the flow can be on, from its triggers; empty if anything else may start it. */
  readonly platforms: readonly Platform[];
  /**
   * Returns the limits that a message to a platform is held against, once for each adapter: those of the channels that the flow is bound to.
   * If it is bound to none on the platform, those of all channels there are, and all of them only warn.
   */
  limits(platform: Platform): readonly AdapterLimits[];
  /** Returns whether an edge leaves a port of the node. */
  readonly linked: (port: string) => boolean;
  /** The code of the flow; undefined if the file has none. */
  readonly code?: FlowCode;
  /** The time zone of the flow, else that of the installation; undefined if neither has one. */
  readonly timeZone?: string;
  /** Returns whether calls may be made to this private address (`OUTBOUND_ALLOW`). Undefined if the host's settings are not known. */
  readonly mayCall?: (address: string) => boolean;
  /** Returns whether this setting of the host is set. Undefined if the host's settings are not known. */
  readonly hasSetting?: (name: string) => boolean;
  /** Returns whether a text of the flow shows the value of this variable. */
  readonly shows?: (variable: string) => boolean;
}

/** The limits of the channels of one adapter. */
export interface AdapterLimits {
  readonly adapter: string;
  readonly limits: ChannelLimits;
  /** True if the flow is bound to such a channel: then it is an error to exceed the limits, else a warning. */
  readonly isBound: boolean;
}

/** A problem in the params of a node. An error by default. Its pointer, and those of its mend, lead into the params. */
export type NodeProblem = Omit<Problem, 'node' | 'severity'> & { readonly severity?: Problem['severity'] };
