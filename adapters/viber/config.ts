import { createHash } from 'node:crypto';
import { baseUrlSetting, Joi, onUnknownSetting, secretSetting, throughputSetting } from '../../src/adapter-kit/index.js';
import type { UnknownSends } from '../../src/contract/index.js';

/** A Viber bot at the REST Bot API. */
export interface ViberConfig {
  readonly authToken: string;
  readonly senderName: string;
  readonly senderAvatar?: string;
  /** The bot's name in links, `viber://pa?chatURI=<uri>`. If it is missing, Viber is asked for it. */
  readonly uri?: string;
  readonly baseUrl: string;
  readonly onUnknown: UnknownSends;
  /** Messages a second; 0 for an emulator without a limit. */
  readonly throughput: number;
}

export const URI = /^[\w.-]{1,100}$/;

export const config = Joi.object<ViberConfig>({
  authToken: secretSetting('Authentication token', 'From the page of the bot in the Viber Admin Panel.'),
  senderName: Joi.string().trim().max(28).required().label('Name of the sender').description('Shown above each message.'),
  senderAvatar: Joi.string()
    .uri({ scheme: ['https'] })
    .max(2_000)
    .label('Picture of the sender')
    .description('An https address of a picture, shown beside each message.')
    .meta({ more: true }),
  uri: Joi.string()
    .pattern(URI)
    .label('URI of the bot')
    .description('Its name in links that open the chat. If it is missing, Viber is asked for it.')
    .meta({ more: true }),
  baseUrl: baseUrlSetting('Address of the Bot API').default('https://chatapi.viber.com'),
  throughput: throughputSetting(50),
  onUnknown: onUnknownSetting(),
});

/** Returns a fingerprint of the token: webhooks do not name the bot that they are for, and a token belongs to one bot. */
export function accountOf({ authToken }: Pick<ViberConfig, 'authToken'>): string {
  return createHash('sha256').update(authToken).digest('hex').slice(0, 32);
}
