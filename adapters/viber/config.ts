import { createHash } from 'node:crypto';
import Joi from 'joi';

/** A Viber bot at the REST Bot API. */
export interface ViberConfig {
  readonly authToken: string;
  readonly senderName: string;
  readonly senderAvatar?: string;
  /** The bot's name in deep links, `viber://pa?chatURI=<uri>`; Viber is asked for it where it is left out. */
  readonly uri?: string;
  readonly baseUrl: string;
  /** What to do with a send of which nobody knows whether it was taken. */
  readonly onUnknown: 'repeat' | 'fail';
  /** Messages a second; 0 for an emulator that nobody has to pace. */
  readonly throughput: number;
}

export const URI = /^[\w.-]{1,100}$/;

export const config = Joi.object<ViberConfig>({
  // Goes into a header: printable ASCII without blanks.
  authToken: Joi.string()
    .pattern(/^[\x21-\x7e]{1,1000}$/)
    .required()
    .label('Authentication token'),
  senderName: Joi.string().trim().max(28).required().label('Name that people see'),
  senderAvatar: Joi.string()
    .uri({ scheme: ['https'] })
    .max(2_000)
    .label('Address of the picture that people see'),
  uri: Joi.string().pattern(URI).label('URI of the bot'),
  baseUrl: Joi.string()
    .uri({ scheme: ['http', 'https'] })
    .default('https://chatapi.viber.com')
    .label('Address of the Bot API'),
  throughput: Joi.number().integer().min(0).max(1_000).default(50).label('Messages a second'),
  onUnknown: Joi.string().valid('repeat', 'fail').default('repeat').label('When it is unknown whether a message was taken'),
});

/** Viber's webhooks do not say whose they are, but a token belongs to one bot: its fingerprint stands for the account. */
export function accountOf({ authToken }: Pick<ViberConfig, 'authToken'>): string {
  return createHash('sha256').update(authToken).digest('hex').slice(0, 32);
}
