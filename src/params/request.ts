import Joi from 'joi';
import { closed, described, sealed } from './fields.js';

// Params of nodes that call other systems over HTTP. All of their texts may contain `{{ secrets.NAME }}`.

export type Auth = { readonly bearer: string } | { readonly basic: { readonly user: string; readonly password: string } };

/** The address of a call. */
export const callAddress = (example: string): Joi.StringSchema =>
  sealed(
    'Address',
    'Begins with https:// or http://. Values of expressions are percent-encoded; only one at the very beginning is taken as it is.',
  ).meta({ address: true, example });

/** A list of names with values. */
export const sealedRows = (label: string, sentence: string): Joi.ArraySchema => {
  const name = described(Joi.string().max(200).meta({ holds: 'sealed' }).required(), 'Name', 'The name of the value.');
  const value = described(
    Joi.any().meta({ holds: 'sealed' }).required(),
    'Value',
    'A text that may contain templates and {{ secrets.NAME }}.',
  );
  return described(Joi.array().items(closed({ name, value })).max(100), label, sentence).meta({ control: 'rows' });
};

/** How a call proves who makes it. */
export const authParams = (): Joi.ObjectSchema =>
  described(
    closed({
      bearer: sealed('Bearer token', 'Sent as Authorization: Bearer ….'),
      basic: described(
        closed({
          user: sealed('User', 'For HTTP basic authentication.').required(),
          password: sealed('Password', 'For HTTP basic authentication.').allow('').required(),
        }),
        'User and password',
        'HTTP basic authentication.',
      ),
    }).xor('bearer', 'basic'),
    'Authentication',
    'A bearer token, or a user and a password.',
  ).meta({ more: true });

/** How long each try of a call may take. */
export const timeoutSeconds = (): Joi.NumberSchema =>
  described(Joi.number().min(1).max(60).default(10), 'Timeout', 'For each try.').meta({ more: true, unit: 'seconds' });

/** How often a call is repeated. */
export const retries = (): Joi.NumberSchema =>
  described(
    Joi.number().integer().min(0).max(5).default(0),
    'Retries',
    'How often the call is repeated after no answer, 429 or 5xx. All tries together end after two minutes.',
  ).meta({ more: true });
