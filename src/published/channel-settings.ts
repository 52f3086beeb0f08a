import Joi from 'joi';
import type { ChannelAdapter } from '../contract/index.js';
import { isBlankText } from '../text/fold.js';

/** The settings about STOP and START words. */
export interface OptOutSettings {
  readonly stopWords?: readonly string[];
  readonly startWords?: readonly string[];
  /** The same in all languages; '' for no answer. */
  readonly stopAnswer?: string;
}

/** Settings of a channel that are not about its provider. Every adapter's channels have them. */
export interface SharedSettings extends OptOutSettings {
  readonly operatorWebhook?: string;
  readonly operatorSecret?: string;
}

const words = (label: string, sentence: string) =>
  Joi.array()
    .items(
      Joi.string()
        .max(100)
        .custom((word: string, { message }) => (isBlankText(word) ? message({ custom: '{{#label}} has no visible character' }) : word)),
    )
    .max(200)
    .label(label)
    .description(sentence)
    .meta({ more: true });

const SHARED = {
  stopWords: words(
    'Words to opt out',
    'Who writes one of them, and nothing else, gets no more messages on this platform. By default words of nine languages, such as stop and unsubscribe; an empty list for none.',
  ),
  startWords: words(
    'Words to opt in again',
    'Who has opted out and writes one of them gets messages again. By default words of nine languages, such as start; an empty list for none.',
  ),
  stopAnswer: Joi.string()
    .allow('')
    .max(1_000)
    .label('Answer to an opt-out')
    .description("Sent once. By default a sentence in the contact's language; empty for none.")
    .meta({ more: true, rows: 3 }),
  operatorWebhook: Joi.string()
    .custom((value: string, { error }) => (isHttpAddress(value) ? value : error('string.uriCustomScheme', { scheme: 'http|https' })))
    .label("Operators' system")
    .description('Where hand-overs on this channel are told; by default OPERATOR_WEBHOOK of the host.')
    .meta({ more: true, address: true }),
  operatorSecret: Joi.string()
    .pattern(/^[\x21-\x7e]{8,1000}$/)
    .label("Secret of the operators' system")
    .description('Signs what is sent to that address: 8 to 1,000 printable characters without spaces.')
    .meta({ more: true }),
};
const SHARED_SECRETS: readonly string[] = ['operatorSecret' satisfies keyof SharedSettings];

function isHttpAddress(value: string): boolean {
  return /^https?:\/\//i.test(value) && URL.canParse(value) && new URL(value).username === '';
}

// biome-ignore lint/suspicious/noExplicitAny: adapters of every config type
type AnyAdapter = Pick<ChannelAdapter<any>, 'config' | 'secrets'>;

/** Returns the schema of all settings of a channel: those of its adapter, and those that every channel has. */
export function channelSettings({ config }: Pick<AnyAdapter, 'config'>): Joi.ObjectSchema {
  return config.keys(SHARED);
}

/** Returns the names of the settings that are never shown. */
export function secretNames({ secrets }: Pick<AnyAdapter, 'secrets'>): readonly string[] {
  return [...secrets, ...SHARED_SECRETS];
}
