import Joi from 'joi';
import type { Duration, Platform } from '../../src/contract/index.js';
import { duration } from '../../src/params/duration.js';
import { closed, described, text, variable } from '../../src/params/fields.js';
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
  platform: described(
    Joi.string().valid('any', 'whatsapp', 'viber').default('any'),
    'Platform',
    'The platform that the answer must come from.',
  ),
  timeout: duration(
    'Waiting time',
    'At most 30 days. A message that is sent after 23 hours is still within the 24-hour window of WhatsApp.',
  ).default({ value: 23, unit: 'hours' }),
  timeoutBranch: described(
    Joi.boolean().default(false),
    'Port for no answer',
    'Adds the port notReplied; otherwise the node is left by replied, with the variable empty.',
  ),
  saveAs: variable('Save as', 'Saves the text of the answer, or its content if it has no text.'),
  accept: described(
    Joi.array().items(Joi.string().max(40)).min(1),
    'Accepted message types',
    'text, image, video, audio, document, sticker, location, contacts, …; by default all but reactions.',
  ),
  notAccepted: text('Answer to other types', 'Sent before the wait goes on; once also to a tap on an older question.'),
  reminders: described(
    Joi.array()
      .items(
        closed({
          after: duration('After', 'Counted from the beginning of the wait.').required(),
          message: anyMessageParams().required(),
        }),
      )
      .max(10),
    'Reminders',
    'Sent while nobody answers.',
  ),
});
