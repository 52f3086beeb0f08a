import { type BotOptions, PlatformAdapter } from '../../src/bots/platform-adapter.js';
import type { ViberConfig } from './config.js';
import viber from './index.js';

/** The settings of a bot, as in the README. Those with a default may be left out. */
export type ViberSettings = Pick<ViberConfig, 'authToken' | 'senderName'> & Partial<ViberConfig>;

/** Viber for an ordinary botbuilder bot, without flows. */
export class ViberAdapter extends PlatformAdapter<ViberConfig> {
  constructor(settings: ViberSettings, options: BotOptions = {}) {
    super({ adapter: viber, settings, options, opensMedia: true });
  }
}
