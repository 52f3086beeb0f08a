import type Joi from 'joi';
import type { ChannelLimits } from './channel-adapter.js';
import type { EffectBody } from './effect.js';
import type { FlowEvent } from './event.js';
import type { FlowCode, Problem } from './flow.js';
import type { Json, Vars } from './json.js';
import type { ChannelId, InboundMessage, OutboundMessage, Platform } from './message.js';
import type { PortRule } from './ports.js';
import type { Contact } from './session.js';
import type { Duration, IsoTime } from './time.js';

/**
 * A node type: one folder in `plugins/`. A node describes, it does not do: nothing here is async, asks for the time, or reaches
 * outside. What is to be done is returned as effects; what came of it arrives as an event.
 */
export interface NodeType<P = unknown> {
  /** kebab-case, equal to the folder's name. */
  readonly type: string;
  /** A published version's meaning never changes: a new meaning is version 2 with an `upgrade` from 1. */
  readonly version: number;
  readonly title: string;
  readonly group: 'messaging' | 'core' | 'intelligence' | 'contact';
  /** The one source for validation, the console's form and the reference page. */
  readonly params: Joi.ObjectSchema<P>;
  /** The ways out, the main one first; `portsOf` reads them. */
  readonly ports: readonly PortRule[];
  /** Called when the flow arrives here. */
  enter(scope: NodeScope<P>): NodeOutcome;
  /** Called when an event this node waits for arrives. */
  resume?(scope: NodeScope<P>, event: FlowEvent): NodeOutcome;
  /** May a reaction be its answer? It is none otherwise. */
  takesReactions?(params: P): boolean;
  /** What a person is told whose tap answers an older question, once for each wait. */
  notAccepted?(scope: NodeScope<P>): OutboundMessage | undefined;
  /**
   * What the node waits for before it is left: a message or an operator, the end of another flow, time to pass, or something else that
   * comes by itself, such as the result of a call or a receipt. A circle of nodes must hold a wait for a person or for time, and a flow
   * that runs in the background may not wait for messages.
   */
  waitsFor?(params: P): 'message' | 'operator' | 'flow' | 'time' | 'other' | undefined;
  /** The ports by which the node is left when nobody has answered in time, if they are not those of the kind `time`. */
  timeoutPorts?(params: P): readonly string[];
  /** The longest time in milliseconds that may pass here before the node is left by this port; nothing passes where it is absent. */
  longestWait?(params: P, port: string): number;
  /**
   * Messages to the contact that a closed 24-hour window would skip, without a way out that is `linked`: where they stand in the params, and
   * how many milliseconds after the node was reached they are sent.
   */
  needsWindow?(params: P, linked: (port: string) => boolean): readonly { readonly pointer: string; readonly after?: number }[];
  /** True if runs begin at this node: every flow has exactly one such node. */
  readonly startsFlow?: true;
  /** True if the flow is over at this node, and nothing comes in its place: every flow has such a node. */
  readonly endsFlow?: true;
  /** True if the node leads round a circle only a limited number of times. */
  readonly boundsLoops?: true;
  /** Variables that the node may set, so that the check knows what is set somewhere. */
  sets?(params: P): readonly string[];
  /** What the schema cannot say. Pointers are relative to the params. */
  check?(params: P, world: CheckScope): readonly NodeProblem[];
  /** The params of the version before, as this version has them. */
  upgrade?(params: Json): Json;
  /** The node's memory is cleared when the flow leaves it, unless this is true (jump). */
  readonly keepsMemory?: true;
}

export interface CheckScope {
  /** The platforms that the flow can be on, from its triggers. */
  readonly platforms: readonly Platform[];
  limits(platform: Platform): ChannelLimits | undefined;
  readonly linked: (port: string) => boolean;
  /** The zone of the flow, else that of the installation; absent where neither names one. */
  readonly timeZone?: string;
  /** May a call be made to this private address as it stands in the file (`OUTBOUND_ALLOW`)? Absent where the host's settings are not known. */
  readonly mayCall?: (address: string) => boolean;
  /** Does any text of the flow show the value of this variable? */
  readonly shows?: (variable: string) => boolean;
}
export type NodeProblem = Omit<Problem, 'node' | 'severity'> & { readonly severity?: Problem['severity'] };

export interface NodeScope<P> {
  readonly params: P;
  readonly vars: Vars;
  readonly contact: Contact;
  /** Of the run. */
  readonly channel: Reach;
  /** The contact on another platform (heard from last there) or account; absent where no address is known. */
  reach(where: Platform | ChannelId): Reach | undefined;
  /** Has this port an edge? */
  linked(port: string): boolean;
  readonly lastMessage?: InboundMessage | undefined;
  /** This node's own, kept in the frame; null at the first visit. */
  readonly memory: Json;
  /** The event's time. */
  readonly now: IsoTime;
  /** The same whenever this turn is computed again. */
  newId(label: string): string;
  after(duration: Duration): IsoTime;
  /** A reproducible series of numbers from 0 to below 1. */
  random(): number;
  /** Fills a template; total: never throws, a mistake gives '' and a warning. `secrets` is empty here. */
  text(template: string): string;
  /** As `text` through all of a JSON value; a text that is one lone `{{ expression }}` keeps the value's type. `more` hides variables. */
  value(template: Json, more?: Vars): Json;
  /** The value of an expression (`order.total`), undefined where nothing is there. With `over`, of that alone: a node's own result. */
  expression(source: string, over?: Vars): Json | undefined;
  /**
   * As `value`, but a text with `{{ secrets.X }}` becomes `{ $sealed: ['Bearer ', { secret: 'X' }] }`, which only the outbox opens,
   * and a value that came from outside is `{ $plain: value }`: nobody can write a seal into it.
   */
  sealed(template: Json): Json;
  /**
   * As `text`, for an address. What expressions give is percent-encoded, so that it stays in its segment or value; an expression at the
   * very beginning is taken as it is, so is one whose last filter is `url_encode`, `cgi_escape` or `raw`.
   *
   * @returns undefined, with the warning `call/address`, where a part of the path with an expression comes out as `.`, `..` or empty, or the
   * host as something that is not a host.
   * @example scope.address('https://shop.example/orders/{{ answer }}') // https://shop.example/orders/a%2Fb
   */
  address(template: string): string | undefined;
  /** As `address`, with secrets as in `sealed`. */
  sealedAddress(template: string): Json | undefined;
  /**
   * Tests a text against a regular expression (RE2, at most 500 characters): the whole text, or with `anywhere` any part of it. Of a text
   * longer than 10,000 characters the beginning counts. False for an invalid pattern.
   */
  matches(pattern: string, text: string, where?: 'whole' | 'anywhere'): boolean;
  /** The flow's time zone, for dates without one. */
  readonly timeZone: string;
  /** The flow's language (BCP 47), where its settings name one. */
  readonly locale?: string | undefined;
  /** Lands in the turn log. */
  warn(code: string, detail: string): void;
}

/** The contact as reached on one channel. */
export interface Reach {
  readonly id: ChannelId;
  readonly platform: Platform;
  readonly address: string;
  /** Until when anything but a template may be sent; absent where the platform knows no window. In the past when closed. */
  readonly windowOpenUntil?: IsoTime;
  readonly limits: ChannelLimits;
}

/** What a node wants: effects, variables, and how to go on. */
export interface NodeOutcome {
  readonly effects?: readonly EffectBody[];
  readonly set?: Vars;
  readonly setContact?: Partial<Pick<Contact, 'name' | 'language' | 'timeZone' | 'fields' | 'groups' | 'optOut'>>;
  readonly memory?: Json;
  readonly then: /** `why` is what `failure` tells after a port called `failed`. */
    | { readonly exit: string; readonly why?: Why }
    | { readonly wait: WaitBody }
    | {
        readonly begin: { readonly flow: FlowCode; readonly input: Vars; readonly as: 'frame' | 'instead' | 'background' };
        readonly until?: IsoTime;
      }
    /** Ends the flow (end node): outputs for a calling flow. */
    | { readonly end: { readonly outputs: Vars } }
    /** Leaves by `failed` if that port has an edge, else by `onError`. */
    | { readonly fail: Why };
}

/** Why a node could not do its part; `status` is that of an HTTP answer. */
export interface Why {
  readonly code: string;
  readonly reason: string;
  readonly status?: number;
}

/** A wait without its ids: the engine takes them from the one effect of the same outcome, else from the wait that it goes on with. */
export type WaitBody =
  | { readonly for: 'message'; readonly platform?: Platform; readonly until?: IsoTime }
  | { readonly for: 'sent' | 'delivered' | 'read' | 'call'; readonly until?: IsoTime }
  | { readonly for: 'operator' | 'time'; readonly until?: IsoTime };
