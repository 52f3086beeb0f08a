import Joi from 'joi';
import type { UnknownSends } from '../contract/index.js';

// Settings that most channels have, for the `config` of an adapter.

/**
 * A required secret that goes into a header or a query: 1 to 1000 printable ASCII characters without blanks. Name it in `secrets` of the
 * adapter as well, or it is shown.
 *
 * @example Joi.object<Config>({ token: secretSetting('Access token', 'From the page of the bot.') })
 */
export function secretSetting(label: string, sentence: string): Joi.StringSchema {
  return Joi.string()
    .pattern(/^[\x21-\x7e]{1,1000}$/)
    .required()
    .label(label)
    .description(sentence);
}

/**
 * The http or https address of the provider's API, so that a proxy or an emulator can take its place.
 *
 * @example baseUrlSetting('Address of the API').default('https://api.acme.example')
 */
export function baseUrlSetting(label: string): Joi.StringSchema {
  return Joi.string()
    .custom((value: string, { error }) => (isHttpAddress(value) ? value : error('string.uriCustomScheme', { scheme: 'http|https' })))
    .label(label)
    .description('Another address is only needed for a proxy or an emulator.')
    .meta({ more: true, address: true });
}

/** Joi's `uri` takes 15 ms to compile its pattern, which a start would wait for. */
function isHttpAddress(value: string): boolean {
  return /^https?:\/\/(?:[\w\-.~!$&'()*+,;=:@/?#[\]]|%[\da-f]{2})+$/i.test(value) && URL.canParse(value);
}

/**
 * How many messages a second the provider allows the account, 0 to 1000. 0 stands for no limit, as for an emulator.
 *
 * @example pace: ({ throughput }) => (throughput === 0 ? undefined : { perSecond: throughput })
 */
export function throughputSetting(perSecond: number): Joi.NumberSchema {
  return Joi.number()
    .integer()
    .min(0)
    .max(1_000)
    .default(perSecond)
    .label('Messages a second')
    .description('As many as the provider allows the account; 0 for no limit.')
    .meta({ more: true, unit: 'messages' });
}

/**
 * What to do with a send if nobody knows whether the provider took it; `repeat` by default.
 *
 * @example onUnknown: ({ onUnknown }) => onUnknown   // of the adapter
 */
export function onUnknownSetting(): Joi.StringSchema<UnknownSends> {
  return Joi.string<UnknownSends>()
    .valid('repeat', 'fail')
    .default('repeat')
    .label('If the provider may have taken a message')
    .description('The connection was lost before the answer came: a message that is sent again may arrive twice.')
    .meta({ more: true, titles: { repeat: 'Send it again', fail: 'Give it up' } });
}
