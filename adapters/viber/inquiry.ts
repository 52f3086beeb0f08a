import { member, readJson, readText } from '../../src/adapter-kit/index.js';
import type { Inquiry } from '../../src/contract/index.js';
import { callTo } from './call.js';
import { URI, type ViberConfig } from './config.js';

/**
 * Asks Viber for the bot's `uri`, if the settings do not have it: links to the bot are made of it.
 * https://developers.viber.com/docs/api/rest-bot-api/#get-account-info
 */
export function inquiry(config: ViberConfig): Inquiry<ViberConfig> | undefined {
  if (config.uri !== undefined) return undefined;
  return {
    request: { ...callTo('get_account_info', config), body: '{}' },
    read(reply) {
      const uri = 'failed' in reply ? undefined : readText(member(readJson(reply.body), 'uri'));
      return uri !== undefined && URI.test(uri) ? { uri } : {};
    },
  };
}
