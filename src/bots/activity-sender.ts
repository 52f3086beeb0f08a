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
  /** Shows that an answer to a message is being written, where there is such a thing. */
  readonly typingRequest: (messageId: string) => ProviderRequest | undefined;
}

/** Brings a bot's activities to the provider at once; what is not taken is thrown. */
export class ActivitySender<C> {
  readonly #parts: SenderParts<C>;
  readonly #client = createHttpClient();

  constructor(parts: SenderParts<C>) {
    this.#parts = parts;
  }

  /** The provider's ids of the messages that the activity came to; none for signals, and for a welcome in a webhook's answer. */
  async send(context: TurnContext, activity: Partial<Activity>): Promise<readonly string[]> {
    if (activity.type === 'delay') await pause(activity.value);
    if (activity.type === ActivityTypes.Typing) await this.#showTyping(activity.replyToId ?? '');
    const { limits } = this.#parts.adapter;
    const address = activity.conversation?.id ?? context.activity.conversation?.id;
    const ids: string[] = [];
    for (const message of messagesOf(activity, limits)) {
      if (!address) throw cannotSend('send/no-address', 'the activity names no conversation');
      if (!this.#isWelcome(context, message)) ids.push(...(await this.#deliver(address, message, ids)));
    }
    return ids;
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  /** Viber takes one message to somebody who is not subscribed yet: in the answer to the webhook. */
  #isWelcome(context: TurnContext, message: OutboundMessage): boolean {
    const welcome = welcomeOf(context);
    if (!welcome || welcome.reply) return false;
    const { adapter, config } = this.#parts;
    try {
      const answer = adapter.answer?.(message, config, newEffectId());
      if (!answer?.isWhole) return false;
      welcome.reply = answer.reply;
      return true;
    } catch {
      // What cannot be rendered is told by the ordinary way out.
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

  /** Only a sign: a turn does not fail for want of it. */
  async #showTyping(messageId: string): Promise<void> {
    const request = this.#parts.typingRequest(messageId);
    if (request) await this.#client.send(request);
  }
}

function newEffectId(): string {
  return `bot-${randomUUID()}`;
}

/** A second, where a delay does not say how long. */
function pause(millis: unknown): Promise<void> {
  return new Promise((done) => setTimeout(done, typeof millis === 'number' && millis >= 0 ? millis : 1_000));
}
