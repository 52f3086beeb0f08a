import type { ProviderRequest } from '../../src/contract/index.js';
import type { ViberConfig } from './config.js';

/** Returns a call of the Bot API by its name, without the body: `callTo('send_message', config)`. */
export function callTo(name: string, { authToken, baseUrl }: ViberConfig): Omit<ProviderRequest, 'body'> {
  return {
    method: 'POST',
    url: `${baseUrl.replace(/\/$/, '')}/pa/${name}`,
    headers: { 'x-viber-auth-token': authToken, 'content-type': 'application/json' },
  };
}
