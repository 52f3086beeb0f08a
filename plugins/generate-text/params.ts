import { closed, shownText, text, variable } from '../../src/params/fields.js';
import { type ModelParams, model, writingFields } from '../../src/params/model.js';

export interface GenerateParams {
  readonly model: ModelParams;
  readonly prompt: string;
  readonly input?: string;
  readonly maxTokens: number;
  readonly temperature?: number;
  readonly fallback?: string;
  readonly saveAs?: string;
}

/** Used if the author gives none. */
const PROMPT = 'Answer the message of a customer. Be friendly and brief. If you do not know something, say so.';

export const params = closed<GenerateParams>({
  model,
  prompt: text('Instructions', 'What the model has to do. Texts of people belong into the input, because a model obeys its instructions.')
    .max(10_000)
    .default(PROMPT)
    .meta({ instructs: true, rows: 6 }),
  input: text(
    'Input',
    'The text that the model works on, such as {{ lastMessage.text }}. Without it, the model gets the instructions only.',
  )
    .allow('')
    .max(10_000)
    .meta({ rows: 2, example: '{{ lastMessage.text }}' }),
  saveAs: variable('Save as', 'Saves the text that the model has written.'),
  fallback: shownText('Fallback text', 'Saved if the model cannot answer; the node is then left by "Next" instead of "Failed".')
    .allow('')
    .max(4_000)
    .meta({ rows: 2 }),
  ...writingFields,
});
