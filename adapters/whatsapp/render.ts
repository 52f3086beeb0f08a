import { outboundContents } from '../../platforms/whatsapp/outbound-content.js';
import type { JsonObject, OutboundMessage, ProviderRequest } from '../../src/contract/index.js';
import type { WhatsAppConfig } from './config.js';
import { endpointOf } from './endpoint.js';

/** How the addresses of group chats begin. */
const GROUP = 'group:';

/**
 * Returns the requests that send a message, one for each of its contents. Meta gives the effect's id back in every receipt.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
 */
export function render(to: string, message: OutboundMessage, config: WhatsAppConfig, effectId: string): readonly ProviderRequest[] {
  const quote = message.replyTo === undefined ? {} : { context: { message_id: message.replyTo } };
  return outboundContents(message).map((content) => {
    const body = { messaging_product: 'whatsapp', ...recipientOf(to), ...quote, ...content, biz_opaque_callback_data: effectId };
    return { method: 'POST', ...endpointOf(config), body: JSON.stringify(body) };
  });
}

/** A group, a business-scoped user id, or a phone number. Without `+`, Meta may put the country code of the business before a number. */
function recipientOf(to: string): JsonObject {
  if (to.startsWith(GROUP)) return { recipient_type: 'group', to: to.slice(GROUP.length) };
  if (/^[A-Z]{2}\./.test(to)) return { recipient_type: 'individual', recipient: to };
  return { recipient_type: 'individual', to: `+${to.replace(/\D/g, '')}` };
}
