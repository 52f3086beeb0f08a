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

/** A bot's code for one turn. */
export type BotLogic = (context: TurnContext) => Promise<void>;

export interface BotOptions {
  /** What `activity.text` says of a tap: the title that the person saw (when absent), or the value of the button. */
  readonly taps?: 'title' | 'value';
  /** Learns what became of a message, by the id that `sendActivity` gave. Receipts are no turns: they name no conversation. */
  readonly onReceipt?: (receipt: Omit<Receipt, 'channel'>) => void | Promise<void>;
}

/** What makes the adapter of a platform out of its translations. */
export interface PlatformParts<C> {
  readonly adapter: ChannelAdapter<C>;
  readonly settings: object;
  readonly options: BotOptions;
  readonly opensMedia: boolean;
}

/**
 * An ordinary botbuilder adapter for one account at a provider: webhooks in, activities through middleware to the bot, and what it
 * sends straight out again. Nothing is stored; a provider's repeats are known as long as the process lives.
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

  /** Holds secrets, so whoever logs an adapter must not see it. */
  protected get config(): C {
    return this.#config;
  }

  /**
   * Takes a request of the provider's and answers it when every turn in it is done: 200, or 500 when one threw and no `onTurnError`
   * took it; then the promise is rejected too, and the provider brings the delivery again.
   */
  processActivity(request: BotRequest, response: ServerResponse, logic: BotLogic): Promise<void> {
    const door = { adapter: this.#adapter, config: this.#config, channel: this.#side.account };
    return answerDelivery(door, { request, response }, (event, at) => this.#take(event, at, logic));
  }

  /** Writes to a person without having been asked: `TurnContext.getConversationReference(activity)`, or `{ conversation: { id: address } }`. */
  override async continueConversation(reference: Partial<ConversationReference>, logic: BotLogic): Promise<void> {
    const { platform, account } = this.#side;
    const { channelId = platform, conversation, user, bot } = reference;
    if (channelId !== platform || !conversation?.id)
      throw cannotSend('send/no-address', `the reference names no conversation on ${platform}`);
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

  /** As `continueConversation`; an id of an app, claims or an audience mean nothing here. */
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

  /** One after another; each answer has the id of the last message that the activity came to, and all of them in `ids`. */
  override async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const responses: (ResourceResponse & { readonly ids: readonly string[] })[] = [];
    for (const activity of activities) {
      const ids = await this.#sender.send(context, activity);
      responses.push({ id: ids.at(-1) ?? '', ids });
    }
    return responses;
  }

  override updateActivity(): Promise<void> {
    return Promise.reject(cannotSend('send/not-supported', `a message that was sent cannot be changed on ${this.#side.platform}`));
  }

  override deleteActivity(): Promise<void> {
    return Promise.reject(cannotSend('send/not-supported', `a message that was sent cannot be taken back on ${this.#side.platform}`));
  }

  /** Gives the connections to the provider back. */
  close(): Promise<void> {
    return this.#sender.close();
  }

  /** The request that shows the person that the bot is writing an answer to a message of theirs, where there is such a thing. */
  protected typingRequest(_messageId: string): ProviderRequest | undefined {
    return undefined;
  }

  /** One person's turns one after another, other people's beside them: what a bot keeps of a conversation is not lost between two. */
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
