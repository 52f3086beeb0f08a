import Joi from 'joi';
import type { UnknownSends } from '../contract/index.js';

// Settings that most channels have, for the `config` of an adapter.

/**
 * A required secret that goes into a header or a query: 1 to 1000 printable ASCII characters without blanks. Name it in `secrets` of the
 * adapter as well, or it is shown.
 *
 * @example Joi.object<Config>({ token: secretSetting('Access token') })
 */
export function secretSetting(label: string): Joi.StringSchema {
  return Joi.string()
    .pattern(/^[\x21-\x7e]{1,1000}$/)
    .required()
    .label(label);
}

/** The http or https address of the provider's API; an emulator has another one. */
export function baseUrlSetting(label: string): Joi.StringSchema {
  return Joi.string()
    .uri({ scheme: ['http', 'https'] })
    .label(label);
}

/** Messages a second, 0 to 1000. 0 stands for an account without a limit, which only an emulator is. */
export function throughputSetting(perSecond: number): Joi.NumberSchema {
  return Joi.number().integer().min(0).max(1_000).default(perSecond).label('Messages a second');
}

/** Whether a send is repeated of which it is unknown whether the provider took it; give it back by `onUnknown` of the adapter. */
export function onUnknownSetting(): Joi.StringSchema<UnknownSends> {
  return Joi.string<UnknownSends>().valid('repeat', 'fail').default('repeat').label('When it is unknown whether a message was taken');
}
