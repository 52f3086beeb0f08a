import type { FlowEvent } from './event.js';
import type { Json, Vars } from './json.js';
import type { InboundMessage } from './message.js';
import type { NodeOutcome, Reach } from './node-type.js';
import type { Contact } from './session.js';
import type { IsoTime } from './time.js';

/** One row of a plugin's `cases.ts`: what a node does, given this. With `event` it is resumed, else entered. */
export interface NodeCase {
  /** A promise in plain words. */
  readonly name: string;
  readonly params: Json;
  readonly vars?: Vars;
  readonly contact?: Partial<Contact>;
  /** What the run's channel has other than the test's own. */
  readonly channel?: Partial<Reach>;
  /** Where else the contact can be reached. */
  readonly reach?: Readonly<Record<string, Reach>>;
  readonly lastMessage?: Partial<InboundMessage>;
  readonly memory?: Json;
  /** Ports with an edge; all of them when absent. */
  readonly linked?: readonly string[];
  readonly event?: FlowEvent;
  readonly now?: IsoTime;
  readonly expect: NodeOutcome;
  /** Codes of warnings, in order. */
  readonly warnings?: readonly string[];
}
