import type { Activity, MiddlewareHandler, ResourceResponse } from 'botbuilder';
// Single files: the index of botbuilder takes 8 MB more.
import { BotAdapter } from 'botbuilder-core/lib/botAdapter.js';
import { TurnContext } from 'botbuilder-core/lib/turnContext.js';
import { ActivityTypes } from 'botframework-schema';
import { messagesOf } from '../activities/outbound-messages.js';
import type { Decision, Log } from '../contract/host/index.js';
import type { Clock, FlowEvent } from '../contract/index.js';
import { advance } from '../engine/advance.js';
import { UNKNOWN_LIMITS } from '../engine/reach.js';
import type { GuestCall, GuestResult, TurnInput, TurnProgress } from '../engine/turn-input.js';
import { addSends, channelOf } from './add-sends.js';
import { decisionContextOf, putDecisionContext, type Sink } from './decision-context.js';
import type { DialogRegistry } from './dialog-registry.js';
import { runGuest } from './guest-dialog.js';
import { activityOf } from './inbound-activity.js';
import { failUnknownDialogs, finishTurn, stackOf } from './turn-progress.js';

export interface HostAdapterParts {
  readonly registry: DialogRegistry;
  readonly middleware: readonly MiddlewareHandler[];
  readonly log: Log;
  /** Without a clock, a dialog may take any time. */
  readonly clock?: Clock;
}

/** A botbuilder adapter that sends nothing itself: what is sent in a turn becomes effects of its decision. */
export class HostAdapter extends BotAdapter {
  readonly #parts: HostAdapterParts;

  constructor(parts: HostAdapterParts) {
    super();
    this.#parts = parts;
    this.use(...parts.middleware);
  }

  /** Decides a turn with middleware around it, or goes on with one that has come to a guest dialog. */
  async decide(input: TurnInput, begun?: TurnProgress): Promise<Decision> {
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
    const { registry, log } = this.#parts;
    let progress = begun ?? failUnknownDialogs(advance(isChanged ? { ...input, event } : input), registry);
    while ('guest' in progress)
      progress = failUnknownDialogs(progress.goOn(await this.#callGuest(progress.guest, input, context)), registry);
    const decision = finishTurn(progress, log);
    return isChanged ? { ...decision, guest: true } : decision;
  }

  #callGuest(call: GuestCall, input: TurnInput, context: TurnContext): Promise<GuestResult> {
    const { registry, clock, log } = this.#parts;
    const logError = (error: unknown) => log.error({ dialog: call.dialog, run: call.run, stack: stackOf(error) }, 'a dialog threw');
    const host = {
      registry,
      context: call.event.id === input.event.id ? context : withActivity(context, activityOf(call.event, input.session.id)),
      limits: limitsOf(input, call.channel),
      logError,
      ...(clock ? { clock } : {}),
    };
    return runGuest(host, call);
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
