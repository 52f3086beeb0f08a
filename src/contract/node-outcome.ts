import type { EffectBody } from './effect.js';
import type { FlowCode } from './flow.js';
import type { Json, Vars } from './json.js';
import type { Platform } from './message.js';
import type { Membership } from './session.js';
import type { IsoTime } from './time.js';

/**
 * What a node asks for: messages and calls, variables, and how the run goes on. `M` is what the node remembers.
 *
 * @example
 * { set: { total: 12 }, then: { exit: 'next' } }
 * { effects: [{ kind: 'send', message }], memory: 1, then: { wait: { for: 'message', until: scope.after(timeout) } } }
 */
export interface NodeOutcome<M extends Json = null> {
  /** Messages to send and services to call, in this order. */
  readonly effects?: readonly EffectBody[];
  /** Variables of the flow to set. */
  readonly set?: Vars;
  /** What to change of the contact. */
  readonly setContact?: ContactChange;
  /** What the node remembers from now on. Cleared when the run leaves the node, unless the type sets `keepsMemory`. */
  readonly memory?: M;
  /** Other runs of the person to end, before the run goes on. */
  readonly endRuns?: EndRuns;
  /** Hands the talk over to an operator as soon as the run has ended; it does not wait. */
  readonly handOver?: { readonly queue: string; readonly note: string };
  readonly then: Then;
}

/**
 * A change of a contact. What is left out stays; null removes a text or a field.
 *
 * @example { name: 'Ada', timeZone: null, fields: { plan: 'gold', trial: null }, optOut: { viber: true } }
 */
export interface ContactChange {
  readonly name?: string | null;
  readonly language?: string | null;
  readonly timeZone?: string | null;
  /** Added to those that are there. */
  readonly fields?: Vars;
  /** All groups of the person from now on. */
  readonly groups?: readonly Membership[];
  /** For each platform, whether the person wants no messages there. */
  readonly optOut?: Readonly<Partial<Record<Platform, boolean>>>;
}

/** Which other runs of the person to end: those that are in a flow, or all of them. Never the run that asks for it. */
export interface EndRuns {
  readonly flow?: FlowCode;
  /** `background`: only runs in the background. `queued`: only starts that have not begun. */
  readonly where: 'any' | 'background' | 'queued';
}

/** How the run goes on after a node. */
export type Then =
  /** Leaves the node by a port. `why` becomes the variable `failure` if the port is `failed`. */
  | { readonly exit: string; readonly why?: Why }
  /** Stays at the node until something happens, which goes to a handler of the type. */
  | { readonly wait: WaitBody }
  /**
   * Begins another flow or a dialog: on top of this flow (`frame`), which hears of its end by `returned` or `failed`; in its place
   * (`instead`); or in a run of its own (`background`), while the node is left by its main port.
   */
  | {
      readonly begin: { readonly flow: FlowCode; readonly input: Vars; readonly as: 'frame' | 'instead' | 'background' };
      /** When the flow on top is dropped, and the node hears of it by `timeout`. */
      readonly until?: IsoTime;
    }
  /** Ends the flow with outputs for the flow that called it. */
  | { readonly end: { readonly outputs: Vars } }
  /** Leaves the node by `failed` if that port has an edge; else the flow fails. */
  | { readonly fail: Why };

/** Why a node could not do its part. */
export interface Why {
  readonly code: string;
  readonly reason: string;
  /** The status of an HTTP answer. */
  readonly status?: number;
}

/**
 * A wait. For `sent`, `delivered`, `read` and `call` it is for the one effect of the same outcome, or, if that has none, for the effect that
 * the node has waited for until now. `until` is when the handler `timeout` is called instead. With `takesFirst`, the handler `message` gets
 * `scope.firstMessage` at once, if there is one. What a person writes during a call came before the next question and is no answer to it;
 * with `hears` it is kept, and answers the node's next wait for a message.
 */
export type WaitBody =
  | { readonly for: 'message'; readonly platform?: Platform; readonly until?: IsoTime; readonly takesFirst?: true }
  | { readonly for: 'sent' | 'delivered' | 'read'; readonly until?: IsoTime }
  | { readonly for: 'call'; readonly until?: IsoTime; readonly hears?: true }
  /** Hands the talk over: what the person writes goes to an operator until that gives it back. `note` is for the operator. */
  | { readonly for: 'operator'; readonly queue?: string; readonly note?: string; readonly until?: IsoTime }
  | { readonly for: 'time'; readonly until?: IsoTime };
