import type Joi from 'joi';
import type { Json, JsonObject } from './json.js';
import type { OutboundMessage } from './message.js';
import type { CheckScope, NodeProblem } from './node-check.js';
import type { NodeHandlers } from './node-handlers.js';
import type { NodeOutcome } from './node-outcome.js';
import type { NodeScope } from './node-scope.js';
import type { PortRule } from './ports.js';
import type { Shape } from './shape.js';

/**
 * A node type: one folder in `plugins/`, or a package of others. A node describes what should happen, it does not do it: nothing here is
 * async, asks for the time, or reaches outside. What it asks for is returned as an outcome; what comes of that arrives at a handler.
 *
 * `P` is what its params are after validation, `M` what it remembers between two events; a type that remembers nothing leaves `M` out.
 *
 * @example
 * export const node: NodeType<Params> = {
 *   type: 'wait-for-dice',
 *   version: 1,
 *   title: 'Roll a dice',
 *   sentence: 'Rolls a dice and saves the number.',
 *   group: 'core',
 *   params,
 *   ports: [{ name: 'next' }, { name: 'failed', kind: 'failure' }],
 *   enter: ({ params }) => ({
 *     effects: [{ kind: 'call', service: 'dice', input: { sides: params.sides } }],
 *     then: { wait: { for: 'call' } },
 *   }),
 *   on: { result: ({ params }, value) => ({ set: { [params.saveAs]: value }, then: { exit: 'next' } }) },
 * };
 */
export interface NodeType<P = unknown, M extends Json = null> {
  /** kebab-case, equal to the folder's name. */
  readonly type: string;
  /** A published version's meaning never changes: a new meaning is version 2 with an `upgrade` from 1. */
  readonly version: number;
  readonly title: string;
  /** What the node does, in one sentence. */
  readonly sentence: string;
  /** Words that people may search for, beside those of title and sentence. */
  readonly words?: readonly string[];
  /** The name of an icon of https://tabler.io/icons, such as `dice-5`; by default that of the group. */
  readonly icon?: string;
  readonly group: 'messaging' | 'core' | 'intelligence' | 'contact';
  /** Validation, the console's form and the reference page are made from this schema. */
  readonly params: Joi.ObjectSchema<P>;
  /**
   * The params of a node that has just been added to a flow; `{}` by default. They are valid, except for what only the author can know: a
   * member that is left out is reported as missing until it is set.
   */
  readonly blank?: JsonObject;
  /** JSON Pointers into the params: what a node shows of itself on the canvas, the most important first; none by default. */
  readonly summary?: readonly string[];
  /** The ways out, the main one first; `portsOf` reads them. */
  readonly ports: readonly PortRule[];
  /** Called when a run arrives at the node. */
  enter(scope: NodeScope<P, M>): NodeOutcome<M>;
  /** Called with what happens while the node waits. */
  readonly on?: NodeHandlers<P, M>;
  /** Returns whether a reaction can be the answer that the node waits for; by default it cannot. */
  takesReactions?(params: P): boolean;
  /** Returns what is sent, once for each wait, to a person who taps a button of an older question. */
  notAccepted?(scope: NodeScope<P, M>): OutboundMessage | undefined;
  /**
   * What the node waits for before it is left: a message or an operator, the end of another flow, time to pass, or something else that
   * comes by itself, such as the result of a call or a receipt. A circle of nodes must hold a wait for a person or for time, and a flow
   * that runs in the background may not wait for messages.
   */
  waitsFor?(params: P): 'message' | 'operator' | 'flow' | 'time' | 'other' | undefined;
  /** Returns the ports by which the node is left when nobody has answered in time. By default those of the kind `time`. */
  timeoutPorts?(params: P): readonly string[];
  /** Returns the longest time in milliseconds that can pass before the node is left by this port; 0 by default. */
  longestWait?(params: P, port: string): number;
  /**
   * Returns messages to the contact that a closed 24-hour window would skip, without a way out that is `linked`: where they are in the
   * params, and how many milliseconds after the node was reached they are sent.
   */
  needsWindow?(params: P, linked: (port: string) => boolean): readonly { readonly pointer: string; readonly after?: number }[];
  /** True if runs begin at this node: every flow has exactly one such node. */
  readonly startsFlow?: true;
  /** True if the flow is over at this node, and nothing comes in its place: every flow has such a node. */
  readonly endsFlow?: true;
  /** True if the node leads round a circle only a limited number of times. */
  readonly boundsLoops?: true;
  /** Returns the variables that the node may set, so that the check knows which ones are ever set. */
  sets?(params: P): readonly string[];
  /** Returns what those variables hold, as far as it is known, so that the check finds wrong members and an editor completes them. */
  setTypes?(params: P): Readonly<Record<string, Shape>>;
  /**
   * Returns the variables that have a value when the node is left by a port: those that it sets there, and those that it has tested.
   * Undefined for the rule for all others: what it sets is set behind ports of the kind `way`, and not behind a failure or a time-out.
   */
  setsOn?(params: P, port: string): readonly string[] | undefined;
  /** Returns what the expressions of the params read that are over a result: `{ members: { status: 'number', body: 'any' } }`. */
  resultShape?(params: P): Shape;
  /** Returns problems that the schema cannot find. Their pointers are relative to the params. */
  check?(params: P, scope: CheckScope): readonly NodeProblem[];
  /** Returns the params of the version before as this version has them. */
  upgrade?(params: Json): Json;
  /** True if the node's memory stays when the run leaves it, for as long as the flow runs. */
  readonly keepsMemory?: true;
}

/** A node type whose params and memory are not known here. */
// biome-ignore lint/suspicious/noExplicitAny: functions of a type take what its own schema let pass, and what the type itself has remembered
export type AnyNodeType = NodeType<any, any>;
