import { member, readJson, readText } from '../../src/adapter-kit/index.js';
import type { Inquiry } from '../../src/contract/index.js';
import { DISPLAYED_NUMBER, type WhatsAppConfig } from './config.js';
import { endpointOf } from './endpoint.js';

/**
 * Asks Meta for the phone number that people see, if the settings do not have it: links lead to this number.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers
 */
export function inquiry(config: WhatsAppConfig): Inquiry<WhatsAppConfig> | undefined {
  if (config.displayPhoneNumber !== undefined) return undefined;
  const { url, headers } = endpointOf(config);
  return {
    request: { method: 'GET', url: url.replace(/\/messages$/, '?fields=display_phone_number'), headers, body: '' },
    read(reply) {
      const number = 'failed' in reply ? undefined : readText(member(readJson(reply.body), 'display_phone_number'));
      return number !== undefined && DISPLAYED_NUMBER.test(number) ? { displayPhoneNumber: number } : {};
    },
  };
}
