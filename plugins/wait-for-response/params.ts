import Joi from 'joi';
import type { Platform } from '../../src/contract/index.js';
import { type AnswerWaitParams, answerWaitFields } from '../../src/nodes/answer-wait.js';
import { choice, closed, described, messageType, shownText, variable } from '../../src/params/fields.js';

export interface ResponseParams extends AnswerWaitParams {
  readonly platform: Platform | 'any';
  readonly saveAs?: string;
  readonly accept?: readonly string[];
  readonly notAccepted?: string;
}

const { timeout, until, timeoutBranch, takeFirst, reminders } = answerWaitFields('the node is left by "Replied", with the variable empty');

export const params = closed<ResponseParams>({
  platform: choice({ any: 'Any', whatsapp: 'WhatsApp', viber: 'Viber' }, 'Platform', 'The platform that the answer must come from.')
    .default('any')
    .meta({ more: true }),
  timeout,
  until,
  timeoutBranch,
  saveAs: variable('Save as', 'Saves the text of the answer, or its content if it has no text.'),
  accept: described(
    Joi.array().items(messageType).min(1),
    'Accepted message types',
    'The types of messages that are an answer; by default all but reactions.',
  ).meta({ more: true }),
  notAccepted: shownText('Answer to other types', 'Sent before the wait goes on; once also to a tap on an older question.').meta({
    more: true,
    rows: 2,
  }),
  takeFirst,
  reminders,
});
