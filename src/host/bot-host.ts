import type { Activity, Middleware, MiddlewareHandler, ResourceResponse } from 'botbuilder';
// The index of botbuilder costs 8 MB more than the two files that are needed of it.
import { BotAdapter } from 'botbuilder-core/lib/botAdapter.js';
import { TurnContext } from 'botbuilder-core/lib/turnContext.js';
import type { Dialog } from 'botbuilder-dialogs/lib/dialog.js';
import type { Decision, Log } from '../contract/host/index.js';
import type { Clock, Effect, FlowEvent, OutboundMessage, SessionState } from '../contract/index.js';
import { advance } from '../engine/advance.js';
import { judgeSend } from '../engine/judge-send.js';
import type { Decide, GuestCall, GuestResult, TurnInput, TurnProgress } from '../engine/turn-input.js';
import { activityOf, messagesOf } from './activity.js';
import { decisionContextOf, putDecisionContext } from './decision-context.js';
import { createDialogRegistry, type DialogRegistry } from './dialog-registry.js';
import { runGuest } from './guest-dialog.js';

/** The Bot Framework side of Parley. */
export interface BotHost {
  readonly decide: Decide;
  readonly registry: DialogRegistry;
  /** Botbuilder middleware around every decision; what it sends joins the turn's commit. */
  use(middleware: Middleware | MiddlewareHandler): void;
  readonly dialogs: { add(dialog: Dialog): void };
}

/** What the host needs; with a clock, a dialog that takes too long fails. */
export interface BotHostParts {
  readonly log: Log;
  readonly clock?: Clock;
}

export function createBotHost(parts: BotHostParts): BotHost {
  const registry = createDialogRegistry();
  const adapter = new HostAdapter(registry, parts);
  return {
    registry,
    decide: (input) => adapter.decide(input),
    use(middleware) {
      adapter.use(middleware);
      adapter.isObserved = true;
    },
    dialogs: { add: (dialog) => registry.addGuest(dialog) },
  };
}

/** A host without a wire: what a turn sends becomes effects of its decision instead of going out. */
class HostAdapter extends BotAdapter {
  /** Middleware is there to see the TurnContext; else it is made for guest dialogs alone: nobody could tell the difference, and it costs as much as the turn. */
  isObserved = false;

  constructor(
    readonly registry: DialogRegistry,
    readonly parts: BotHostParts,
  ) {
    super();
  }

  decide(input: TurnInput): Decision | Promise<Decision> {
    if (this.isObserved) return this.#decideInContext(input, undefined);
    const step = advance(input);
    return 'done' in step ? this.#finish(step) : this.#decideInContext(input, step);
  }

  async #decideInContext(input: TurnInput, begun: TurnProgress | undefined): Promise<Decision> {
    const context = new TurnContext(this, activityOf(input.event, input.session.id));
    let decided: Promise<Decision> | undefined;
    const aside: OutboundMessage[] = [];
    putDecisionContext(context, {
      sink: aside,
      run: () => {
        decided ??= this.#run(begun, input, context);
        return decided;
      },
    });
    await this.runMiddleware(context, async () => {
      await decisionContextOf(context).run();
    });
    const made = decided ? await decided : swallowed(input);
    return withSends(made, aside, input);
  }

  async #run(begun: TurnProgress | undefined, input: TurnInput, context: TurnContext): Promise<Decision> {
    const event = asMiddlewareLeftIt(input.event, context);
    let step = begun ?? advance(event === input.event ? input : { ...input, event });
    while ('guest' in step) step = step.goOn(await this.#guest(context, step.guest));
    const decision = this.#finish(step);
    return event === input.event ? decision : { ...decision, guest: true };
  }

  #guest(context: TurnContext, call: GuestCall): Promise<GuestResult> {
    const threw = (error: unknown) =>
      this.parts.log.error(
        { dialog: call.dialog, run: call.run, stack: error instanceof Error ? error.stack : String(error) },
        'a dialog threw',
      );
    const { clock } = this.parts;
    return runGuest({ registry: this.registry, context, threw, ...(clock ? { clock } : {}) }, call);
  }

  #finish({ done, error }: Extract<TurnProgress, { done: Decision }>): Decision {
    if (done.bug !== undefined)
      this.parts.log.error(
        { session: done.session.id, turn: done.session.turn, bug: done.bug, stack: error instanceof Error ? error.stack : String(error) },
        'a node threw',
      );
    return done;
  }

  /** Comes last, after what middleware has hooked into the sending: what is left of it joins the decision. */
  override async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const { sink } = decisionContextOf(context);
    for (const activity of activities) sink.push(...messagesOf(activity));
    return activities.map(() => ({ id: '' }));
  }

  override updateActivity(): Promise<void> {
    return Promise.reject(new Error('a message that was sent cannot be changed: neither WhatsApp nor Viber can'));
  }

  override deleteActivity(): Promise<void> {
    return Promise.reject(new Error('a message that was sent cannot be taken back: neither WhatsApp nor Viber can'));
  }

  override continueConversation(): Promise<void> {
    return Promise.reject(new Error('Parley begins conversations by the trigger endpoint, so that they are stored first'));
  }

  override continueConversationAsync(): Promise<void> {
    return this.continueConversation();
  }
}

/** A middleware may correct or translate what a person wrote, as it may everywhere in botbuilder. */
function asMiddlewareLeftIt(event: FlowEvent, { activity: { text } }: TurnContext): FlowEvent {
  if (event.type !== 'message' || typeof text !== 'string' || text === event.message.text) return event;
  return { ...event, message: { ...event.message, text } };
}

/** A middleware did not call `next`: the event is consumed, and nothing came of it. */
function swallowed({ session }: TurnInput): Decision {
  return {
    session,
    effects: [],
    decision: { kind: 'ignored', reason: 'a middleware kept the event from the flows', tried: [] },
    path: [],
    warnings: [],
    matches: [],
  };
}

/** What middleware has sent, after the turn's own effects, to where the event came from: by the same rule as what flows send. */
function withSends(decision: Decision, sends: readonly OutboundMessage[], { channels, event }: TurnInput): Decision {
  if (sends.length === 0) return decision;
  const { id, turn, effectCount } = decision.session;
  const channel = channelOf(event, decision.session);
  if (channel === undefined)
    return {
      ...decision,
      warnings: [...decision.warnings, { code: 'send/no-address', detail: 'a middleware sent something, and there is nowhere to send it' }],
    };
  const world = { facts: channels, uses: usesBy(event, decision.session), now: event.at, run: { channel, lane: 'reply' } } as const;
  const judged = sends.map((message) => judgeSend({ kind: 'send', message }, world));
  const effects = judged.map(
    ({ body, skipped }, i): Effect => ({
      id: `${id}.${turn}.${decision.effects.length + i + 1}`,
      number: effectCount + i + 1,
      at: event.at,
      body,
      ...(skipped ? { skipped } : {}),
    }),
  );
  // Middleware is not replayed, as guest dialogs are not.
  return {
    ...decision,
    guest: true,
    session: { ...decision.session, effectCount: effectCount + sends.length },
    effects: [...decision.effects, ...effects],
    warnings: [...decision.warnings, ...judged.flatMap(({ warnings }) => warnings)],
  };
}

/** Who writes can be written to, also where a middleware has kept their message from the session. */
function usesBy(event: FlowEvent, { channels }: SessionState): SessionState['channels'] {
  if (event.type !== 'message') return channels;
  const { channel, from } = event.message;
  return { ...channels, [channel]: { ...channels[channel], address: from.address, lastInboundAt: event.at } };
}

function channelOf(event: FlowEvent, { runs }: SessionState): string | undefined {
  return event.type === 'message' ? event.message.channel : runs.find(({ place }) => place === 'foreground')?.channel;
}
