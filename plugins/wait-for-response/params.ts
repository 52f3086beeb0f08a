import Joi from 'joi';
import type { Duration, Platform } from '../../src/contract/index.js';
import { duration } from '../../src/params/duration.js';
import { closed, text, variable } from '../../src/params/fields.js';
import { type MessageParams, messageParams } from '../../src/params/message.js';

export interface WaitParams {
  readonly platform: Platform | 'any';
  readonly timeout: Duration;
  readonly timeoutBranch: boolean;
  readonly saveAs?: string;
  readonly accept?: readonly string[];
  readonly notAccepted?: string;
  readonly reminders?: readonly { readonly after: Duration; readonly message: MessageParams }[];
}

export const params = closed<WaitParams>({
  platform: Joi.string().valid('any', 'whatsapp', 'viber').default('any').label('Platform'),
  timeout: duration('Waiting time').default({ value: 30, unit: 'seconds' }),
  timeoutBranch: Joi.boolean().default(false).label('Own way out when nobody answers'),
  saveAs: variable('Save as'),
  accept: Joi.array().items(Joi.string().max(40)).min(1).label('Accepted message types'),
  notAccepted: text('Answer to other types'),
  reminders: Joi.array()
    .items(closed({ after: duration('After').required(), message: messageParams('whatsapp').required() }))
    .max(10)
    .label('Reminders'),
});
