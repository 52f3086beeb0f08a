import Joi from 'joi';
import type { Json } from '../../src/contract/index.js';
import { type AnswerWaitParams, answerWaitFields } from '../../src/nodes/answer-wait.js';
import { choice, closed, described, json, numberOrText, oneOf, shownText, variable, writtenWord } from '../../src/params/fields.js';
import { anyMessageParams, type MessageParams } from '../../src/params/message.js';

/** What an answer can be, with the titles of the types. */
const ANSWER_TITLES = {
  choice: 'One of the choices',
  choices: 'Several of the choices',
  text: 'Text',
  number: 'Number',
  integer: 'Whole number',
  email: 'E-mail address',
  phone: 'Phone number',
  date: 'Date',
  location: 'Location',
  media: 'Picture, video, audio or file',
  regex: 'Text of a pattern',
} as const;
export type AnswerType = keyof typeof ANSWER_TITLES;

/** The types of messages that are media. */
export const MEDIA_TITLES = { image: 'Picture', video: 'Video', audio: 'Audio', document: 'Document', sticker: 'Sticker' } as const;
export type MediaType = keyof typeof MEDIA_TITLES;

/** What an answer has to be. */
export interface Answer {
  readonly type: AnswerType;
  readonly regex?: string;
  readonly min?: number | string;
  readonly max?: number | string;
  readonly region?: string;
  readonly accept?: readonly MediaType[];
}

export interface QuestionParams extends AnswerWaitParams {
  readonly message?: MessageParams;
  readonly answer: Answer;
  readonly saveAs?: string;
  readonly invalidMessage?: string;
  readonly tries: number | 'unlimited';
  readonly skipWords?: readonly string[];
  readonly default: Json;
  readonly branchByChoice: boolean;
}

/** The types of answers that can have a lowest and a highest value. */
const BOUNDED: readonly AnswerType[] = ['number', 'integer', 'text', 'date', 'choices'];

const bound = (label: string, sentence: string) =>
  numberOrText(label, sentence)
    .when('type', { is: Joi.valid(...BOUNDED), otherwise: Joi.forbidden() })
    .meta({ when: [{ pointer: '/type', is: [...BOUNDED] }] });

const answer = described(
  closed<Answer>({
    type: choice(ANSWER_TITLES, 'Type', 'What counts as an answer; it is saved with this type.').required(),
    regex: described(
      Joi.string().max(500).meta({ holds: 'regex' }),
      'Pattern',
      'A regular expression (RE2) that the whole answer must match.',
    )
      .when('type', { is: 'regex', then: Joi.required(), otherwise: Joi.forbidden() })
      .meta({ when: [{ pointer: '/type', is: ['regex'] }] }),
    min: bound('At least', 'The lowest number, the earliest date, the fewest characters of a text or the fewest of several choices.'),
    max: bound('At most', 'The highest number, the latest date, the most characters of a text or the most of several choices.'),
    region: described(
      Joi.string().pattern(/^[A-Z]{2}$/, 'an ISO 3166 code such as DE'),
      'Country',
      'The country whose phone numbers count without a country code; by default that of the contact.',
    )
      .when('type', { is: 'phone', otherwise: Joi.forbidden() })
      .meta({ example: 'DE', when: [{ pointer: '/type', is: ['phone'] }] }),
    accept: described(Joi.array().items(oneOf(MEDIA_TITLES)).min(1).unique(), 'Accepted media', 'Any of them by default.')
      .when('type', { is: 'media', otherwise: Joi.forbidden() })
      .meta({ when: [{ pointer: '/type', is: ['media'] }] }),
  }).required(),
  'Answer',
  'What the person is asked for.',
);

const { timeout, until, timeoutBranch, takeFirst, reminders } = answerWaitFields('the node is left by "Invalid", with the variable null');

export const params = closed<QuestionParams>({
  message: anyMessageParams().description('The question. Without one, it was asked by the node before.'),
  answer,
  saveAs: variable(
    'Save as',
    'Saves the answer with its type: a number, an ISO date, a phone number with its country code, the title of a choice.',
  ),
  invalidMessage: shownText(
    'Reply to an invalid answer',
    'Sent before the person may try again; by default the question is repeated.',
  ).meta({
    rows: 2,
  }),
  tries: described(
    Joi.alternatives(
      Joi.number().integer().min(1).max(100).label('A number'),
      Joi.string()
        .valid('unlimited')
        .meta({ titles: { unlimited: 'Unlimited' } })
        .label('Unlimited'),
    ).default(3),
    'Tries',
    'How many invalid answers end the question, 3 by default: after the last one the node is left by "Invalid".',
  ),
  skipWords: described(
    Joi.array().items(writtenWord('Word to skip', 'What the person writes.').max(100)).min(1).max(20),
    'Words to skip the question',
    'A person who writes one of these words skips the question: the default is saved, and the node is left by "Answered".',
  ).meta({ more: true, example: ['skip'] }),
  default: json('Default', 'Saved if the person skips the question or has no tries left.').default(null).meta({ more: true }),
  branchByChoice: described(
    Joi.boolean().default(true),
    'A way out for each choice',
    'Adds a port for each choice, named by its id. A choice whose port leads nowhere leaves by "Answered" if that leads somewhere.',
  ).meta({ more: true, when: [{ pointer: '/answer/type', is: ['choice'] }] }),
  timeout,
  until,
  timeoutBranch,
  takeFirst,
  reminders,
});
