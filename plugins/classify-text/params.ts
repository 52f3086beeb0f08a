import Joi from 'joi';
import { closed, described, portName, text, variable } from '../../src/params/fields.js';
import { type ModelParams, model } from '../../src/params/model.js';

export interface ClassifyParams {
  readonly model: ModelParams;
  readonly input: string;
  readonly categories?: readonly Category[];
  readonly branch: boolean;
  readonly saveAs?: string;
}

/** What a text can be about. */
export interface Category {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
}

/** The categories if the author gives none. */
export const SENTIMENTS: readonly Category[] = [
  { name: 'positive', description: 'The person is satisfied, thankful or happy.' },
  { name: 'neutral', description: 'The person asks or says something without showing a feeling.' },
  { name: 'negative', description: 'The person is dissatisfied, disappointed, angry or sad.' },
];

const category = closed<Category>({
  name: portName('Name', 'Its way out, and what is saved: lower-case letters, digits and hyphens.').required(),
  title: described(Joi.string().max(100), 'Title', 'Shown instead of the name on the canvas.'),
  description: described(Joi.string().max(500), 'Description', 'What belongs into the category, in words for the model.').meta({ rows: 2 }),
});

export const params = closed<ClassifyParams>({
  model,
  input: text('Input', 'The text to classify, such as {{ answer }}.')
    .max(10_000)
    .meta({ rows: 2, example: '{{ lastMessage.text }}' })
    .required(),
  categories: described(
    Joi.array().items(category).min(1).max(50).unique('name'),
    'Categories',
    'Without categories, the text is classified by its mood: positive, neutral or negative.',
  ),
  branch: described(
    Joi.boolean().default(false),
    'Way out for each category',
    'Adds a way out for each category, and "Else" for a text that belongs to none; otherwise the node is left by "Next".',
  ),
  saveAs: variable('Save as', 'Saves the name of the category; null if the text belongs to none.'),
});
