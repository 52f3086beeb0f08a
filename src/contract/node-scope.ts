import type { ChannelLimits } from './channel-adapter.js';
import type { Json, JsonObject, Vars } from './json.js';
import type { ChannelId, InboundMessage, Platform } from './message.js';
import type { Contact } from './session.js';
import type { Duration, IsoTime } from './time.js';

/**
 * What a node knows while one of its functions is called. Call its functions on the scope, as in `scope.text(template)`: taken out of it
 * they fail. `P` is the node's params, `M` what it remembers.
 */
export interface NodeScope<P, M extends Json = Json> {
  /** The params in the contact's language, with their defaults. */
  readonly params: P;
  /** The variables of the flow. */
  readonly vars: Vars;
  readonly contact: Contact;
  /** The channel that the run is on. */
  readonly channel: Reach;
  /** Returns how the contact is reached on a channel, or on a platform (where they wrote last). Undefined if no address is known. */
  reach(where: Platform | ChannelId): Reach | undefined;
  /** Returns whether an edge leaves a port of the node. */
  linked(port: string): boolean;
  /** The newest message that the run has taken. */
  readonly lastMessage?: InboundMessage | undefined;
  /** The message that started the run, until a node waits for a message; undefined if something else started it. */
  readonly firstMessage?: InboundMessage | undefined;
  /** Whether the run has sent anything since it took the last message. */
  readonly hasReplied: boolean;
  /** Whether a message is held that the node's next wait for a message takes at once. */
  readonly hasHeldAnswer: boolean;
  /** What the node has remembered by `memory` of an outcome; null if it has not. */
  readonly memory: M | null;
  /** The time of the event. */
  readonly now: IsoTime;
  /** Returns a new id, which is the same whenever this turn is computed again. */
  newId(label: string): string;
  /** Returns the time that is so much later than `now`. */
  after(duration: Duration): IsoTime;
  /** Returns a number from 0 to below 1, which is the same whenever this turn is computed again. */
  random(): number;
  /**
   * Returns a number from 0 to below 1, which is the same whenever this contact reaches this node of the flow, in every run and version.
   * Each label has a number of its own.
   */
  steadyRandom(label: string): number;
  /**
   * Fills a template. Never throws: a mistake gives `''` and a warning. `secrets` is empty here. `more` are variables for this call, which
   * hide those of the flow; the same warning is given once.
   */
  text(template: string, more?: Vars): string;
  /**
   * Fills every text in a JSON value, like `text`. A text that consists of one `{{ expression }}` becomes the value of the expression, with
   * its type. `more` are variables for this call, which hide those of the flow.
   */
  value(template: Json, more?: Vars): Json;
  /** Returns the value of an expression such as `order.total`, undefined if there is none. With `over` it reads that object alone. */
  expression(source: string, over?: JsonObject): Json | undefined;
  /**
   * Fills a JSON value like `value`, for the input of a call. A text with `{{ secrets.X }}` becomes `{ $sealed: ['Bearer ', { secret: 'X' }] }`,
   * which only the outbox opens. A value that came from outside becomes `{ $plain: value }`, so that nobody can write a seal into it.
   */
  sealed(template: Json): Json;
  /**
   * Fills a template like `text`, for an address. What expressions give is percent-encoded, so that it stays in its segment or value; an
   * expression at the very beginning is taken as it is, and so is one whose last filter is `url_encode`, `cgi_escape` or `raw`.
   *
   * @returns undefined, with the warning `call/address`, if a part of the path with an expression comes out as `.`, `..` or empty, or the
   * host as something that is not a host.
   * @example scope.address('https://shop.example/orders/{{ answer }}') // https://shop.example/orders/a%2Fb
   */
  address(template: string, more?: Vars): string | undefined;
  /** Fills an address like `address`, with secrets as in `sealed`. */
  sealedAddress(template: string): Json | undefined;
  /**
   * Tests a text against a regular expression (RE2, at most 500 characters): the whole text, or with `anywhere` any part of it. Of a text
   * longer than 10,000 characters the beginning counts. False for an invalid pattern.
   */
  matches(pattern: string, text: string, where?: 'whole' | 'anywhere'): boolean;
  /**
   * Returns the first part of a text that matches a regular expression, and its groups: `['order 17', '17']`. A group that is not part of the
   * match is empty. Undefined if nothing matches, or for an invalid pattern. The limits are those of `matches`.
   */
  find(pattern: string, text: string): readonly string[] | undefined;
  /** The time zone of the flow, for dates without an offset. */
  readonly timeZone: string;
  /** The language of the flow (BCP 47), if its settings have one. */
  readonly locale?: string | undefined;
  /** Adds a warning to the turn log. */
  warn(code: string, detail: string): void;
}

/** How a contact is reached on one channel. */
export interface Reach {
  readonly id: ChannelId;
  readonly platform: Platform;
  readonly address: string;
  /** Until when anything but a template may be sent: in the past if the window is closed. Undefined if the platform has no window. */
  readonly windowOpenUntil?: IsoTime | undefined;
  readonly limits: ChannelLimits;
}
