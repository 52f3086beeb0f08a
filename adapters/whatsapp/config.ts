import Joi from 'joi';

/** A WhatsApp number at Meta's Cloud API. */
export interface WhatsAppConfig {
  readonly phoneNumberId: string;
  readonly businessAccountId: string;
  /** Meta is asked for it where it is left out. */
  readonly displayPhoneNumber?: string;
  readonly accessToken: string;
  readonly appSecret: string;
  readonly verifyToken: string;
  readonly apiVersion: string;
  readonly baseUrl: string;
  /** What to do with a send of which nobody knows whether it was taken, once no receipt has come. */
  readonly onUnknown: 'repeat' | 'fail';
  /** Messages a second that Meta allows this number; 0 for an emulator that nobody has to pace. */
  readonly throughput: number;
}

const id = (label: string) =>
  Joi.string()
    .pattern(/^\d{1,32}$/)
    .required()
    .label(label);
/** Goes into a header or a query: printable ASCII without blanks. */
const secret = (label: string) =>
  Joi.string()
    .pattern(/^[\x21-\x7e]{1,1000}$/)
    .required()
    .label(label);

export const DISPLAYED = /^\+?[\d ()-]{5,24}$/;

export const config = Joi.object<WhatsAppConfig>({
  phoneNumberId: id('Phone number ID'),
  businessAccountId: id('WhatsApp Business Account ID'),
  displayPhoneNumber: Joi.string().pattern(DISPLAYED).label('Phone number as people see it'),
  accessToken: secret('Access token'),
  appSecret: secret('App secret'),
  verifyToken: secret('Verify token'),
  apiVersion: Joi.string()
    .pattern(/^v\d{1,3}\.\d$/)
    .default('v25.0')
    .label('Graph API version'),
  baseUrl: Joi.string()
    .uri({ scheme: ['http', 'https'] })
    .default('https://graph.facebook.com')
    .label('Address of the Graph API'),
  throughput: Joi.number().integer().min(0).max(1_000).default(80).label('Messages a second'),
  onUnknown: Joi.string().valid('repeat', 'fail').default('repeat').label('When it is unknown whether a message was taken'),
});
