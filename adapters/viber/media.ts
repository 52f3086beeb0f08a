import { isOnHost } from '../../src/adapter-kit/index.js';
import type { MediaSource } from '../../src/contract/index.js';
import type { ViberConfig } from './config.js';

/**
 * The address of a file works for an hour, for everybody who has it.
 * https://developers.viber.com/docs/api/rest-bot-api/#receive-message-from-user
 */
export const media: MediaSource<ViberConfig> = {
  fetch: 'arrival',
  keptFor: 3_600_000,
  owns: (address, { baseUrl }) => isOnHost(address, ['viber.com'], baseUrl),
};
