import { type BotOptions, PlatformAdapter } from '../../src/bots/platform-adapter.js';
import type { ProviderRequest } from '../../src/contract/index.js';
import type { WhatsAppConfig } from './config.js';
import { endpointOf } from './endpoint.js';
import whatsapp from './index.js';

type Required = 'phoneNumberId' | 'businessAccountId' | 'accessToken' | 'appSecret' | 'verifyToken';
/** A number's settings as in this folder's README; what has a default may be left out. */
export type WhatsAppSettings = Pick<WhatsAppConfig, Required> & Partial<WhatsAppConfig>;

/** WhatsApp for an ordinary botbuilder bot, without flows. */
export class WhatsAppAdapter extends PlatformAdapter<WhatsAppConfig> {
  constructor(settings: WhatsAppSettings, options: BotOptions = {}) {
    super({ adapter: whatsapp, settings, options, opensMedia: false });
  }

  /**
   * Says that the message was read as well, and lasts until the answer or 25 s; a proactive turn answers no message and shows nothing.
   * https://developers.facebook.com/documentation/business-messaging/whatsapp/typing-indicators
   */
  protected override typingRequest(messageId: string): ProviderRequest | undefined {
    if (!messageId.startsWith('wamid.')) return undefined;
    const body = { messaging_product: 'whatsapp', status: 'read', message_id: messageId, typing_indicator: { type: 'text' } };
    return { method: 'POST', ...endpointOf(this.config), body: JSON.stringify(body) };
  }
}
