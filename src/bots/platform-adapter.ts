import type { ServerResponse } from 'node:http';
import type { ConversationReference, ResourceResponse } from 'botbuilder';
// As in src/host: single files, because the index of botbuilder costs 8 MB more.
import { BotAdapter } from 'botbuilder-core/lib/botAdapter.js';
import { TurnContext } from 'botbuilder-core/lib/turnContext.js';
import { type Activity, ActivityEx } from 'botframework-schema';
import { cannotSend } from '../activities/send-failed.js';
import { Mailboxes } from '../contract/host/index.js';
import type { ChannelAdapter, InboundEvent, ProviderRequest, Receipt, WebhookReply } from '../contract/index.js';
import { ActivitySender } from './activity-sender.js';
import { answerDelivery, type BotRequest } from './answer-delivery.js';
import { activityOf, type BotSide, type TurnEvent } from './inbound-activity.js';
import { SeenEvents } from './seen-events.js';
import { settingsOf } from './settings.js';
import { openWelcome } from './welcome.js';

/** The code of a bot for one turn. */
export type BotLogic = (context: TurnContext) => Promise<void>;

export interface BotOptions {
  /** What `activity.text` is for a tap: the title that the person saw (default), or the value of the button. */
  readonly taps?: 'title' | 'value';
  /** Called for each receipt, with the message id that `sendActivity` returned. Receipts are not turns, because they name no person. */
  readonly onReceipt?: (receipt: Omit<Receipt, 'channel'>) => void | Promise<void>;
}

/** What the bot adapter of a provider is made from. */
export interface PlatformParts<C> {
  readonly adapter: ChannelAdapter<C>;
  readonly settings: object;
  readonly options: BotOptions;
  readonly opensMedia: boolean;
}

/**
 * A botbuilder adapter for one account at a provider: webhooks become activities for middleware and the bot, and what the bot sends goes to
 * the provider at once. Nothing is stored; repeated webhooks are recognized until the process ends.
 */
export abstract class PlatformAdapter<C> extends BotAdapter {
  readonly #config: C;
  readonly #adapter: ChannelAdapter<C>;
  readonly #options: BotOptions;
  readonly #side: BotSide;
  readonly #sender: ActivitySender<C>;
  readonly #seen = new SeenEvents<WebhookReply | undefined>();
  readonly #mailboxes = new Mailboxes();

  protected constructor({ adapter, settings, options, opensMedia }: PlatformParts<C>) {
    super();
    const config = settingsOf(adapter, settings);
    this.#config = config;
    this.#adapter = adapter;
    this.#options = options;
    this.#side = { platform: adapter.platform, account: adapter.account(config), taps: options.taps ?? 'title', opensMedia };
    this.#sender = new ActivitySender({ adapter, config, typingRequest: (messageId) => this.typingRequest(messageId) });
  }

  /** The settings, with their secrets. Private, so that an adapter can be logged. */
  protected get config(): C {
    return this.#config;
  }

  /**
   * Handles a webhook of the provider, and answers it when all its turns are done. If a turn throws and there is no `onTurnError`, the answer
   * is 500, so that the provider delivers it again, and the promise is rejected.
   *
   * @example app.all('/webhook', (request, response) => adapter.processActivity(request, response, (context) => bot.run(context)));
   */
  processActivity(request: BotRequest, response: ServerResponse, logic: BotLogic): Promise<void> {
    const door = { adapter: this.#adapter, config: this.#config, channel: this.#side.account };
    return answerDelivery(door, { request, response }, (event, at) => this.#take(event, at, logic));
  }

  /**
   * Runs a turn that no message has begun, to write to a person first.
   *
   * @param reference From `TurnContext.getConversationReference(activity)`, or `{ conversation: { id: address } }`.
   */
  override async continueConversation(reference: Partial<ConversationReference>, logic: BotLogic): Promise<void> {
    const { platform, account } = this.#side;
    const { channelId = platform, conversation, user, bot } = reference;
    if (channelId !== platform || !conversation?.id)
      throw cannotSend('send/no-address', `the reference has no conversation on ${platform}`);
    const whole = {
      ...reference,
      channelId,
      conversation,
      serviceUrl: reference.serviceUrl ?? '',
      user: user ?? { id: conversation.id, name: '' },
      bot: bot ?? { id: account, name: '' },
    };
    await this.runMiddleware(new TurnContext(this, ActivityEx.getContinuationActivity(whole)), logic);
  }

  /** The same as `continueConversation`. App id, claims and audience are ignored. */
  override async continueConversationAsync(
    _botAppIdOrClaims: unknown,
    reference: Partial<ConversationReference>,
    logicOrAudience: BotLogic | string,
    logic?: BotLogic,
  ): Promise<void> {
    const run = typeof logicOrAudience === 'function' ? logicOrAudience : logic;
    if (!run) throw new TypeError('continueConversationAsync needs the logic to run');
    await this.continueConversation(reference, run);
  }

  /** Sends activities one after the other. Each response has the id of the activity's last message, and the ids of all of them in `ids`. */
  override async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const responses: (ResourceResponse & { readonly ids: readonly string[] })[] = [];
    for (const activity of activities) {
      const ids = await this.#sender.send(context, activity);
      responses.push({ id: ids.at(-1) ?? '', ids });
    }
    return responses;
  }

  override updateActivity(): Promise<void> {
    return Promise.reject(cannotSend('send/not-supported', `a sent message cannot be changed on ${this.#side.platform}`));
  }

  override deleteActivity(): Promise<void> {
    return Promise.reject(cannotSend('send/not-supported', `a sent message cannot be deleted on ${this.#side.platform}`));
  }

  /** Closes the connections to the provider. */
  close(): Promise<void> {
    return this.#sender.close();
  }

  /** Returns the request that shows the person that the bot is writing an answer to their message; undefined if the provider has none. */
  protected typingRequest(_messageId: string): ProviderRequest | undefined {
    return undefined;
  }

  /** Runs the turns of one person one after the other, so that the bot's state of a conversation is not overwritten. */
  async #take(event: InboundEvent, at: string, logic: BotLogic): Promise<WebhookReply | undefined> {
    if (event.account !== this.#side.account) return undefined;
    if (event.type === 'receipt') {
      await this.#options.onReceipt?.(event.receipt);
      return undefined;
    }
    const { address } = event.type === 'message' ? event.message.from : event.from;
    return this.#seen.once(event.id, () => this.#mailboxes.put(address, () => this.#turn(event, at, logic)));
  }

  async #turn(event: TurnEvent, at: string, logic: BotLogic): Promise<WebhookReply | undefined> {
    const context = new TurnContext(this, activityOf(event, this.#side, at));
    const isWelcomed = event.type === 'subscription' && event.change === 'started' && !event.subscribed;
    const welcome = isWelcomed && this.#adapter.answer ? openWelcome(context) : undefined;
    await this.runMiddleware(context, logic);
    return welcome?.reply;
  }
}
