import Joi from 'joi';
import type { Duration, Platform } from '../../src/contract/index.js';
import { duration } from '../../src/params/duration.js';
import { choice, closed, described, messageType, text, variable } from '../../src/params/fields.js';
import { anyMessageParams, type MessageParams } from '../../src/params/message.js';

export interface ResponseParams {
  readonly platform: Platform | 'any';
  readonly timeout: Duration;
  readonly timeoutBranch: boolean;
  readonly saveAs?: string;
  readonly accept?: readonly string[];
  readonly notAccepted?: string;
  readonly reminders?: readonly { readonly after: Duration; readonly message: MessageParams }[];
}

export const params = closed<ResponseParams>({
  platform: choice({ any: 'Any', whatsapp: 'WhatsApp', viber: 'Viber' }, 'Platform', 'The platform that the answer must come from.')
    .default('any')
    .meta({ more: true }),
  timeout: duration(
    'Waiting time',
    'At most 30 days. A message that is sent after 23 hours is still within the 24-hour window of WhatsApp.',
  ).default({ value: 23, unit: 'hours' }),
  timeoutBranch: described(
    Joi.boolean().default(false),
    'Way out for no answer',
    'Adds "Not replied"; otherwise the node is left by "Replied", with the variable empty.',
  ),
  saveAs: variable('Save as', 'Saves the text of the answer, or its content if it has no text.'),
  accept: described(
    Joi.array().items(messageType).min(1),
    'Accepted message types',
    'The types of messages that are an answer; by default all but reactions.',
  ).meta({ more: true }),
  notAccepted: text('Answer to other types', 'Sent before the wait goes on; once also to a tap on an older question.').meta({
    more: true,
    rows: 2,
  }),
  reminders: described(
    Joi.array()
      .items(
        closed({
          after: duration('After', 'Counted from the beginning of the wait.').required(),
          message: anyMessageParams().required(),
        }).label('Reminder'),
      )
      .max(10),
    'Reminders',
    'Sent while nobody answers.',
  ).meta({ more: true }),
});
