import type { ProviderRequest } from '../../src/contract/index.js';
import type { WhatsAppConfig } from './config.js';
import { endpointOf } from './endpoint.js';

/**
 * Returns the request that shows "typing…" for 25 seconds or until the next message, and marks a message of the person as read.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/typing-indicators
 */
export function typing(messageId: string, config: WhatsAppConfig): ProviderRequest {
  const body = { messaging_product: 'whatsapp', status: 'read', message_id: messageId, typing_indicator: { type: 'text' } };
  return { method: 'POST', ...endpointOf(config), body: JSON.stringify(body) };
}
