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

const id = (label: string) =>
  Joi.string()
    .pattern(/^\d{1,32}$/)
    .required()
    .label(label);

export const DISPLAYED_NUMBER = /^\+?[\d ()-]{5,24}$/;

export const config = Joi.object<WhatsAppConfig>({
  phoneNumberId: id('Phone number ID'),
  businessAccountId: id('WhatsApp Business Account ID'),
  displayPhoneNumber: Joi.string().pattern(DISPLAYED_NUMBER).label('Phone number as people see it'),
  accessToken: secretSetting('Access token'),
  appSecret: secretSetting('App secret'),
  verifyToken: secretSetting('Verify token'),
  apiVersion: Joi.string()
    .pattern(/^v\d{1,3}\.\d$/)
    .default('v25.0')
    .label('Graph API version'),
  baseUrl: baseUrlSetting('Address of the Graph API').default('https://graph.facebook.com'),
  throughput: throughputSetting(80),
  onUnknown: onUnknownSetting(),
});
