import { readJson } from '../../src/contract/exact-json.js';
import type { Inquiry } from '../../src/contract/index.js';
import { member, readText } from '../../src/contract/json-members.js';
import { DISPLAYED, type WhatsAppConfig } from './config.js';
import { endpointOf } from './endpoint.js';

/**
 * Asks Meta for the number as people see it, without which no link leads to it.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers
 */
export function inquiry(config: WhatsAppConfig): Inquiry<WhatsAppConfig> | undefined {
  if (config.displayPhoneNumber !== undefined) return undefined;
  const { url, headers } = endpointOf(config);
  return {
    request: { method: 'GET', url: url.replace(/\/messages$/, '?fields=display_phone_number'), headers, body: '' },
    read(reply) {
      const number = 'failed' in reply ? undefined : readText(member(readJson(reply.body), 'display_phone_number'));
      return number !== undefined && DISPLAYED.test(number) ? { displayPhoneNumber: number } : {};
    },
  };
}
