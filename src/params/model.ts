import Joi from 'joi';
import { closed, described, sealed, text } from './fields.js';

/** Which model is asked, and where. */
export interface ModelParams {
  readonly baseUrl: string;
  readonly apiKey?: string;
  readonly name: string;
  readonly timeoutSeconds: number;
  readonly prices?: { readonly input: number; readonly output: number };
}

const price = (label: string, sentence: string): Joi.NumberSchema =>
  described(Joi.number().min(0).max(1_000_000).required(), label, sentence);

/** The model of a node: any that is asked by the protocol of OpenAI's chat completions. */
export const model: Joi.ObjectSchema<ModelParams> = described(
  closed<ModelParams>({
    baseUrl: sealed('Base address', 'The address of the API without /chat/completions.')
      .meta({ address: true, example: 'https://api.openai.com/v1' })
      .required(),
    apiKey: sealed('API key', 'Sent as Authorization: Bearer …. Local models need none.').meta({ example: '{{ secrets.OPENAI }}' }),
    name: text('Name', 'The name of the model, as its provider writes it.').max(200).meta({ example: 'gpt-4o-mini' }).required(),
    timeoutSeconds: described(
      Joi.number().min(1).max(110).default(60),
      'Timeout',
      'For all attempts together. The first words must come within half of it, and the next ones within a quarter.',
    ).meta({ more: true, unit: 'seconds' }),
    prices: described(
      closed({
        input: price('Input', 'For a million tokens that are read.'),
        output: price('Output', 'For a million tokens that are written.'),
      }),
      'Prices',
      'What a million tokens cost, so that the turn log and the metrics show the cost of each answer.',
    ).meta({ more: true }),
  }).required(),
  'Model',
  'The model that is asked: any with an API like that of OpenAI.',
);

/** The fields of nodes whose model writes texts: how much, and how freely. */
export const writingFields = {
  maxTokens: described(
    Joi.number().integer().min(1).max(8_000).default(1_000),
    'Maximum tokens',
    'How much the model may write. A token is about four letters. Models that think before they answer need more.',
  ).meta({ more: true }),
  temperature: described(
    Joi.number().min(0).max(2),
    'Temperature',
    'From 0 (always much the same) to 2 (very free). By default that of the model.',
  ).meta({ more: true }),
};

/** The model of a node that has just been added. */
export const BLANK_MODEL = { baseUrl: 'https://api.openai.com/v1', apiKey: '{{ secrets.OPENAI }}', name: '' };
