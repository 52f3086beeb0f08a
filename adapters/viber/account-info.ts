import { readJson } from '../../src/contract/exact-json.js';
import type { Inquiry } from '../../src/contract/index.js';
import { member, readText } from '../../src/contract/json-members.js';
import { callTo } from './call.js';
import { URI, type ViberConfig } from './config.js';

/**
 * Asks Viber for the bot's `uri`, without which no link leads to it.
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
