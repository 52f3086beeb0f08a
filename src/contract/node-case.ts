import type { Json, JsonObject, Vars } from './json.js';
import type { ChannelId, InboundMessage } from './message.js';
import type { Happenings } from './node-handlers.js';
import type { NodeOutcome } from './node-outcome.js';
import type { Contact } from './session.js';
import type { IsoTime } from './time.js';

/**
 * One row of a plugin's `cases.ts`: what the node returns in a situation. It is played by the engine, in a flow of this one node.
 *
 * @example
 * { name: 'a number is doubled', params: { of: '{{ n }}' }, vars: { n: 2 }, expect: { set: { twice: 4 }, then: { exit: 'next' } } }
 * { name: 'an answer is saved', params, on: { message: { text: 'Ada' } }, expect: { set: { name: 'Ada' }, then: { exit: 'replied' } } }
 */
export interface NodeCase {
  /** A promise in plain words. */
  readonly name: string;
  readonly params: JsonObject;
  /** The version of the node type, if it is not the newest. */
  readonly version?: number;
  /** The variables of the flow. */
  readonly vars?: Vars;
  readonly contact?: Partial<Contact>;
  /** The channel of the run: `wa` (WhatsApp, the default), `wa-2`, or `vb` (Viber). The contact is known on all three. */
  readonly channel?: ChannelId;
  /** The message that the run has taken last. */
  readonly lastMessage?: Partial<InboundMessage>;
  /** Whether that message has started the run, and no node has waited for another one. */
  readonly opening?: true;
  /** What the node remembers. */
  readonly memory?: Json;
  /** The ports with an edge; all ports by default. */
  readonly linked?: readonly string[];
  /** What happens while the node waits, under the name of the handler. Without it a run arrives at the node. */
  readonly on?: CaseHappening;
  /** The time of the turn; 9:00 UTC on 24 November 2026 by default. */
  readonly now?: IsoTime;
  readonly expect: NodeOutcome<Json>;
  /** The codes of the node's warnings, in order. */
  readonly warnings?: readonly string[];
}

/** Something that happens in a case, such as `{ timeout: true }` or `{ result: { status: 200 } }`. */
export type CaseHappening =
  | { readonly message: Partial<InboundMessage> }
  | { readonly timeout: true }
  | { [K in Exclude<keyof Happenings, 'message' | 'timeout'>]: { readonly [N in K]: Happenings[K] } }[Exclude<
      keyof Happenings,
      'message' | 'timeout'
    >];
