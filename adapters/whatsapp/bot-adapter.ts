import { type BotOptions, PlatformAdapter } from '../../src/bots/platform-adapter.js';
import type { ProviderRequest } from '../../src/contract/index.js';
import type { WhatsAppConfig } from './config.js';
import { endpointOf } from './endpoint.js';
import whatsapp from './index.js';

type Required = 'phoneNumberId' | 'businessAccountId' | 'accessToken' | 'appSecret' | 'verifyToken';
/** The settings of a number, as in the README. Those with a default may be left out. */
export type WhatsAppSettings = Pick<WhatsAppConfig, Required> & Partial<WhatsAppConfig>;

/** WhatsApp for an ordinary botbuilder bot, without flows. */
export class WhatsAppAdapter extends PlatformAdapter<WhatsAppConfig> {
  constructor(settings: WhatsAppSettings, options: BotOptions = {}) {
    super({ adapter: whatsapp, settings, options, opensMedia: false });
  }

  /**
   * Shows the typing indicator until the next message or for 25 s, and marks the message as read. Shows nothing in a proactive turn, which
   * has no message to answer.
   * https://developers.facebook.com/documentation/business-messaging/whatsapp/typing-indicators
   */
  protected override typingRequest(messageId: string): ProviderRequest | undefined {
    if (!messageId.startsWith('wamid.')) return undefined;
    const body = { messaging_product: 'whatsapp', status: 'read', message_id: messageId, typing_indicator: { type: 'text' } };
    return { method: 'POST', ...endpointOf(this.config), body: JSON.stringify(body) };
  }
}
