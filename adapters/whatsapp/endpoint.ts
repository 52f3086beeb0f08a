import type { ProviderRequest } from '../../src/contract/index.js';
import type { WhatsAppConfig } from './config.js';

/** Returns the address to which this number's messages are posted, and the headers that authorize them. */
export function endpointOf({ accessToken, apiVersion, baseUrl, phoneNumberId }: WhatsAppConfig): Pick<ProviderRequest, 'url' | 'headers'> {
  return {
    url: `${baseUrl.replace(/\/$/, '')}/${apiVersion}/${phoneNumberId}/messages`,
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
  };
}
