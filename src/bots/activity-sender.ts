import { randomUUID } from 'node:crypto';
import type { TurnContext } from 'botbuilder';
import { type Activity, ActivityTypes } from 'botframework-schema';
import { messagesOf } from '../activities/outbound-messages.js';
import { cannotSend, SendFailed } from '../activities/send-failed.js';
import type { ChannelAdapter, OutboundMessage, ProviderRequest } from '../contract/index.js';
import { deliverMessage } from '../outbox/deliver-message.js';
import { createHttpClient } from '../outbox/http-client.js';
import { welcomeOf } from './welcome.js';

interface SenderParts<C> {
  readonly adapter: ChannelAdapter<C>;
  readonly config: C;
  /** Returns the request that shows the person that an answer to their message is being written; undefined if there is none. */
  readonly typingRequest: (messageId: string) => ProviderRequest | undefined;
}

/** Sends a bot's activities to the provider at once. */
export class ActivitySender<C> {
  readonly #parts: SenderParts<C>;
  readonly #client = createHttpClient();

  constructor(parts: SenderParts<C>) {
    this.#parts = parts;
  }

  /**
   * Sends an activity and returns the provider's ids of its messages: none for signals, and none for a welcome in the answer to a webhook.
   *
   * @throws SendFailed if the provider does not take a message, or if it cannot be shown.
   */
  async send(context: TurnContext, activity: Partial<Activity>): Promise<readonly string[]> {
    if (activity.type === 'delay') await pause(activity.value);
    if (activity.type === ActivityTypes.Typing) await this.#showTyping(activity.replyToId ?? '');
    const { limits } = this.#parts.adapter;
    const address = activity.conversation?.id ?? context.activity.conversation?.id;
    const ids: string[] = [];
    for (const message of messagesOf(activity, limits)) {
      if (!address) throw cannotSend('send/no-address', 'the activity has no conversation to send to');
      if (!this.#answersWebhook(context, message)) ids.push(...(await this.#deliver(address, message, ids)));
    }
    return ids;
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  /** Puts the first message to a new person into the answer to the webhook, the only way on Viber. Returns false if it was not put there. */
  #answersWebhook(context: TurnContext, message: OutboundMessage): boolean {
    const welcome = welcomeOf(context);
    if (!welcome || welcome.reply) return false;
    const { adapter, config } = this.#parts;
    try {
      const answer = adapter.answer?.(message, config, newEffectId());
      if (!answer?.isWhole) return false;
      welcome.reply = answer.reply;
      return true;
    } catch {
      // The ordinary way of sending reports messages that cannot be rendered.
      return false;
    }
  }

  async #deliver(address: string, message: OutboundMessage, before: readonly string[]): Promise<readonly string[]> {
    const { adapter, config } = this.#parts;
    const { error, providerIds } = await deliverMessage(this.#client, {
      adapter,
      config,
      body: { address, message },
      waiting: { effect: { id: newEffectId() }, accepted: 0, providerIds: [] },
      hasTime: () => true,
    });
    if (error) throw new SendFailed(error, [...before, ...providerIds]);
    return providerIds;
  }

  /** Not awaited for its outcome: a turn does not fail because the sign was not shown. */
  async #showTyping(messageId: string): Promise<void> {
    const request = this.#parts.typingRequest(messageId);
    if (request) await this.#client.send(request);
  }
}

function newEffectId(): string {
  return `bot-${randomUUID()}`;
}

/** Waits for the milliseconds of a `delay` activity; by default one second. */
function pause(millis: unknown): Promise<void> {
  return new Promise((done) => setTimeout(done, typeof millis === 'number' && millis >= 0 ? millis : 1_000));
}
