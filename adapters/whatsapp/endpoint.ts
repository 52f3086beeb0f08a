import type { ProviderRequest } from '../../src/contract/index.js';
import type { WhatsAppConfig } from './config.js';

/** Where the messages of this number go, and as whom. */
export function endpointOf({ accessToken, apiVersion, baseUrl, phoneNumberId }: WhatsAppConfig): Pick<ProviderRequest, 'url' | 'headers'> {
  return {
    url: `${baseUrl.replace(/\/$/, '')}/${apiVersion}/${phoneNumberId}/messages`,
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
  };
}
