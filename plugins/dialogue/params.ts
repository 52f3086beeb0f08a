import Joi from 'joi';
import type { Duration } from '../../src/contract/index.js';
import { duration } from '../../src/params/duration.js';
import { closed, described, shownText, text, variable } from '../../src/params/fields.js';
import { type ModelParams, model, writingFields } from '../../src/params/model.js';

export interface DialogueParams {
  readonly model: ModelParams;
  readonly prompt: string;
  readonly maxTurns: number;
  readonly stopWords?: readonly string[];
  readonly handOverWords?: readonly string[];
  readonly timeout: Duration;
  readonly timeoutBranch: boolean;
  readonly fallback?: string;
  readonly maxTokens: number;
  readonly temperature?: number;
  readonly saveAs?: string;
}

/** Used if the author gives none. */
const PROMPT =
  'You are a friendly assistant of a company and talk to one of its customers. Be brief. If you do not know something, say so: never make up facts, prices or promises.';

const words = (label: string, sentence: string): Joi.ArraySchema =>
  described(Joi.array().items(Joi.string().max(100)).max(50), label, sentence);

export const params = closed<DialogueParams>({
  model,
  prompt: text('Instructions', 'Who the model is, what it knows and what it may do. Texts of people are never part of them.')
    .max(10_000)
    .default(PROMPT)
    .meta({ instructs: true, rows: 8 }),
  stopWords: words('Words to end', 'A message that is one of these words ends the talk; case and punctuation do not count.').meta({
    example: ['bye'],
  }),
  handOverWords: words(
    'Words for a person',
    'A message that is one of these words leaves by "Hand over". The model can ask for it, too.',
  ).meta({
    example: ['agent'],
  }),
  maxTurns: described(
    Joi.number().integer().min(1).max(100).default(20),
    'Maximum answers',
    'After so many answers of the model the talk ends.',
  ),
  timeout: duration('Waiting time', 'How long the next message of the person is waited for.').default({ value: 23, unit: 'hours' }),
  timeoutBranch: described(
    Joi.boolean().default(false),
    'Way out for no answer',
    'Adds "Not replied"; otherwise the talk has ended when the person does not write any more.',
  ),
  fallback: shownText(
    'Fallback text',
    'Sent if the model cannot answer; the talk goes on. After three failures in a row the node is left by "Failed".',
  )
    .allow('')
    .max(4_000)
    .meta({ rows: 2 }),
  saveAs: variable('Save as', 'Saves the talk as a text, a line for each message.'),
  ...writingFields,
});
