import { baseUrlSetting, Joi, onUnknownSetting, secretSetting, throughputSetting } from '../../src/adapter-kit/index.js';
import type { UnknownSends } from '../../src/contract/index.js';

/** A WhatsApp number at Meta's Cloud API. */
export interface WhatsAppConfig {
  readonly phoneNumberId: string;
  readonly businessAccountId: string;
  /** The phone number that people see. If it is missing, Meta is asked for it. */
  readonly displayPhoneNumber?: string;
  readonly accessToken: string;
  readonly appSecret: string;
  readonly verifyToken: string;
  readonly apiVersion: string;
  readonly baseUrl: string;
  readonly onUnknown: UnknownSends;
  /** Messages a second that Meta allows this number; 0 for an emulator without a limit. */
  readonly throughput: number;
}

const id = (label: string, sentence: string) =>
  Joi.string()
    .pattern(/^\d{1,32}$/)
    .required()
    .label(label)
    .description(sentence);

export const DISPLAYED_NUMBER = /^\+?[\d ()-]{5,24}$/;

export const config = Joi.object<WhatsAppConfig>({
  phoneNumberId: id('Phone number ID', 'From the page "API Setup" of the app at Meta.'),
  businessAccountId: id('WhatsApp Business Account ID', 'From the page "API Setup" of the app at Meta.'),
  displayPhoneNumber: Joi.string()
    .pattern(DISPLAYED_NUMBER)
    .label('Phone number')
    .description('As people see it. If it is missing, Meta is asked for it.')
    .meta({ more: true, example: '+49 30 1234567' }),
  accessToken: secretSetting('Access token', 'A permanent token of a system user, with the permission whatsapp_business_messaging.'),
  appSecret: secretSetting('App secret', 'From the basic settings of the app at Meta. It proves that a webhook is from Meta.'),
  verifyToken: secretSetting('Verify token', 'Any word of yours. Enter the same one at Meta, together with the address of the webhook.'),
  apiVersion: Joi.string()
    .pattern(/^v\d{1,3}\.\d$/)
    .default('v25.0')
    .label('Version of the Graph API')
    .description('Another version is only needed when Meta ends this one.')
    .meta({ more: true }),
  baseUrl: baseUrlSetting('Address of the Graph API').default('https://graph.facebook.com'),
  throughput: throughputSetting(80),
  onUnknown: onUnknownSetting(),
});
