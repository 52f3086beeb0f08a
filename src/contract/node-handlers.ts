import type { SendErrorKind } from './effect.js';
import type { Json, Vars } from './json.js';
import type { InboundMessage } from './message.js';
import type { NodeOutcome, Why } from './node-outcome.js';
import type { NodeScope } from './node-scope.js';

/**
 * What a node does when something happens while it waits; a type has handlers for what it waits for. An event without a handler is a
 * mistake of the type and fails the run, but for failures: those leave the node by its port `failed`.
 *
 * @example
 * on: { message: (scope, { text }) => ({ set: { answer: text }, then: { exit: 'replied' } }), timeout: () => ({ then: { exit: 'silent' } }) }
 */
export type NodeHandlers<P, M extends Json> = {
  readonly [K in keyof Happenings]?: (scope: NodeScope<P, M>, what: Happenings[K]) => NodeOutcome<M>;
};

/** What can happen while a node waits, by the name of the handler, with what the handler gets. */
export interface Happenings {
  /** The person has answered. The message is also `scope.lastMessage`. */
  readonly message: InboundMessage;
  /** The wait's `until` has passed. */
  readonly timeout: undefined;
  /** The message that the node waits for has been sent, delivered or read. */
  readonly receipt: MessageReceipt;
  /** The service that was called has answered. */
  readonly result: Json;
  /** The operator has given the talk back. */
  readonly operator: OperatorAnswer;
  /** The flow or dialog that was begun has ended; these are its outputs. A dialog has the one output `result`. */
  readonly returned: Vars;
  /**
   * The message could not be sent, the call or the flow has failed. Without this handler the node is left by `failed`, and the variable
   * `failure` says why.
   */
  readonly failed: NodeFailure;
}

/** How far a message has come. */
export interface MessageReceipt {
  readonly status: 'sent' | 'delivered' | 'read';
  /** The provider's id of the message. */
  readonly messageId?: string;
}

export interface OperatorAnswer {
  /** What the operator wrote last, with the same call; it is sent already. */
  readonly text?: string;
  /** The operator is done; the flow may go on by itself. */
  readonly giveBack?: boolean;
}

/** Why what a node waits for has failed. `kind` is known of messages. */
export interface NodeFailure extends Why {
  readonly kind?: SendErrorKind;
}
