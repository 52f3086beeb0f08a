import type { Activity, Middleware, MiddlewareHandler, ResourceResponse } from 'botbuilder';
// Single files: the index of botbuilder takes 8 MB more.
import { BotAdapter } from 'botbuilder-core/lib/botAdapter.js';
import { TurnContext } from 'botbuilder-core/lib/turnContext.js';
import type { Dialog } from 'botbuilder-dialogs/lib/dialog.js';
import { ActivityTypes } from 'botframework-schema';
import { messagesOf } from '../activities/outbound-messages.js';
import type { Decision, Log } from '../contract/host/index.js';
import type { Clock, FlowEvent } from '../contract/index.js';
import { advance } from '../engine/advance.js';
import { UNKNOWN_LIMITS } from '../engine/reach.js';
import type { Decide, GuestCall, GuestResult, TurnInput, TurnProgress } from '../engine/turn-input.js';
import { addSends, channelOf } from './add-sends.js';
import { decisionContextOf, putDecisionContext, type Sink } from './decision-context.js';
import { createDialogRegistry, type DialogRegistry } from './dialog-registry.js';
import { runGuest } from './guest-dialog.js';
import { activityOf } from './inbound-activity.js';

/** The Bot Framework side of Parley. */
export interface BotHost {
  readonly decide: Decide;
  readonly registry: DialogRegistry;
  /** Adds botbuilder middleware around decisions. What it sends is stored with the turn. */
  use(middleware: Middleware | MiddlewareHandler, options?: MiddlewareOptions): void;
  readonly dialogs: { add(dialog: Dialog): void };
}

export interface MiddlewareOptions {
  /** The types of events that the middleware sees; by default all. Turns that no middleware sees are faster: they need no TurnContext. */
  readonly events?: readonly FlowEvent['type'][];
}

export interface BotHostParts {
  readonly log: Log;
  /** Without a clock, a dialog may take any time. */
  readonly clock?: Clock;
}

export function createBotHost(parts: BotHostParts): BotHost {
  const registry = createDialogRegistry();
  const adapter = new HostAdapter(registry, parts);
  return {
    registry,
    decide: (input) => adapter.decide(input),
    use: (middleware, options = {}) => adapter.observe(middleware, options),
    dialogs: { add: (dialog) => registry.addGuest(dialog) },
  };
}

/** A botbuilder adapter that sends nothing itself: what is sent in a turn becomes effects of its decision. */
class HostAdapter extends BotAdapter {
  readonly #registry: DialogRegistry;
  readonly #parts: BotHostParts;
  readonly #observed = new Set<FlowEvent['type'] | 'all'>();

  constructor(registry: DialogRegistry, parts: BotHostParts) {
    super();
    this.#registry = registry;
    this.#parts = parts;
  }

  observe(middleware: Middleware | MiddlewareHandler, { events }: MiddlewareOptions): void {
    for (const type of events ?? (['all'] as const)) this.#observed.add(type);
    this.use(events ? onlyFor(events, middleware) : middleware);
  }

  /** A TurnContext is made only for middleware and guest dialogs, because it takes as long as the turn itself. */
  decide(input: TurnInput): Decision | Promise<Decision> {
    if (this.#observed.has('all') || this.#observed.has(input.event.type)) return this.#decideInContext(input, undefined);
    const progress = advance(input);
    return 'done' in progress ? this.#finish(progress) : this.#decideInContext(input, progress);
  }

  async #decideInContext(input: TurnInput, begun: TurnProgress | undefined): Promise<Decision> {
    const { event, session } = input;
    const context = new TurnContext(this, activityOf(event, session.id));
    const sink: Sink = { limits: limitsOf(input, channelOf(event, session)), messages: [] };
    let decided: Promise<Decision> | undefined;
    const run = () => {
      decided ??= this.#run(begun, input, context);
      return decided;
    };
    putDecisionContext(context, { event, sink, run });
    await this.runMiddleware(context, async () => {
      await run();
    });
    const decision = decided ? await decided : ignoredByMiddleware(input);
    return addSends(decision, sink.messages, input);
  }

  async #run(begun: TurnProgress | undefined, input: TurnInput, context: TurnContext): Promise<Decision> {
    const event = withTextOf(context, input.event);
    const isChanged = event !== input.event;
    let progress = begun ?? advance(isChanged ? { ...input, event } : input);
    while ('guest' in progress) progress = progress.goOn(await this.#callGuest(progress.guest, input, context));
    const decision = this.#finish(progress);
    return isChanged ? { ...decision, guest: true } : decision;
  }

  #callGuest(call: GuestCall, input: TurnInput, context: TurnContext): Promise<GuestResult> {
    const { clock, log } = this.#parts;
    const logError = (error: unknown) => log.error({ dialog: call.dialog, run: call.run, stack: stackOf(error) }, 'a dialog threw');
    const host = {
      registry: this.#registry,
      context: call.event.id === input.event.id ? context : withActivity(context, activityOf(call.event, input.session.id)),
      limits: limitsOf(input, call.channel),
      logError,
      ...(clock ? { clock } : {}),
    };
    return runGuest(host, call);
  }

  #finish({ done, error }: Extract<TurnProgress, { done: Decision }>): Decision {
    if (done.bug !== undefined) {
      const { id, turn } = done.session;
      this.#parts.log.error({ session: id, turn, bug: done.bug, stack: stackOf(error) }, 'a node threw');
    }
    return done;
  }

  /** Called after the handlers that middleware has added with `onSendActivities`. Typing, delays, traces and other signals are not sent. */
  override async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const { sink } = decisionContextOf(context);
    for (const activity of activities)
      if ((activity.type ?? ActivityTypes.Message) === ActivityTypes.Message) sink.messages.push(...messagesOf(activity, sink.limits));
    return activities.map(() => ({ id: '' }));
  }

  override updateActivity(): Promise<void> {
    return Promise.reject(new Error('a sent message cannot be changed: neither WhatsApp nor Viber can do that'));
  }

  override deleteActivity(): Promise<void> {
    return Promise.reject(new Error('a sent message cannot be deleted: neither WhatsApp nor Viber can do that'));
  }

  override continueConversation(): Promise<void> {
    return Promise.reject(new Error('a conversation cannot be continued from code: start a flow by the trigger endpoint'));
  }

  override continueConversationAsync(): Promise<void> {
    return this.continueConversation();
  }
}

/** Returns middleware that is skipped for other types of events. */
function onlyFor(events: readonly FlowEvent['type'][], middleware: Middleware | MiddlewareHandler): MiddlewareHandler {
  const handler: MiddlewareHandler = typeof middleware === 'function' ? middleware : (context, next) => middleware.onTurn(context, next);
  return (context, next) => (events.includes(decisionContextOf(context).event.type) ? handler(context, next) : next());
}

/** Returns the context of the turn with another activity: a message that was held, and answers the dialog only now. */
function withActivity(context: TurnContext, activity: Partial<Activity>): TurnContext {
  return Object.create(context, { activity: { value: activity } }) as TurnContext;
}

/** Returns the event with the text that middleware has left in the activity: it may correct or translate what a person wrote. */
function withTextOf({ activity: { text } }: TurnContext, event: FlowEvent): FlowEvent {
  if (event.type !== 'message' || typeof text !== 'string' || text === event.message.text) return event;
  return { ...event, message: { ...event.message, text } };
}

function limitsOf({ channels }: TurnInput, channel: string | undefined): Sink['limits'] {
  return channels.get(channel ?? '')?.limits ?? UNKNOWN_LIMITS;
}

/** Returns the decision of a turn whose middleware did not call `next`: nothing changes. */
function ignoredByMiddleware({ session }: TurnInput): Decision {
  return {
    session,
    effects: [],
    decision: { kind: 'ignored', reason: 'a middleware kept the event from the flows', tried: [] },
    path: [],
    warnings: [],
    matches: [],
  };
}

function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack : String(error);
}
