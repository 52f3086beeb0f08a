import { isOnHost, member, readJson, readText } from '../../src/adapter-kit/index.js';
import type { MediaSource } from '../../src/contract/index.js';
import type { WhatsAppConfig } from './config.js';
import { endpointOf } from './endpoint.js';

const DAY = 86_400_000;
/** Hosts of Meta that serve files. */
const HOSTS = ['fbsbx.com', 'fbcdn.net', 'facebook.com', 'whatsapp.net', 'whatsapp.com'];

/**
 * Meta keeps a file that a person has sent for seven days. The address of a file works for five minutes, with the access token.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
 */
export const media: MediaSource<WhatsAppConfig> = {
  fetch: 'demand',
  keptFor: 7 * DAY,
  owns: (address, { baseUrl }) => isOnHost(address, HOSTS, baseUrl),
  headers: ({ accessToken }) => ({ authorization: `Bearer ${accessToken}` }),
  locate(mediaId, config) {
    const { url, headers } = endpointOf(config);
    const path = `/${encodeURIComponent(mediaId)}?phone_number_id=${config.phoneNumberId}`;
    return {
      request: { method: 'GET', url: url.replace(/\/[^/]+\/messages$/, path), headers, body: '' },
      read(reply) {
        if ('failed' in reply) return undefined;
        const body = readJson(reply.body);
        const found = readText(member(body, 'url'));
        if (reply.status === 200 && found !== undefined) return { url: found };
        // (#100): there is no such object, or no longer. (#131052) is for files that Meta itself could not download.
        const code = member(member(body, 'error'), 'code');
        return reply.status === 404 || code === 100 || code === 131_052 ? 'gone' : undefined;
      },
    };
  },
};
