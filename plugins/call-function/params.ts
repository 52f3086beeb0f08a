import { closed, text } from '../../src/params/fields.js';
import { type Auth, authParams, callAddress, retries, sealedRows, timeoutSeconds } from '../../src/params/request.js';
import type { Row } from '../../src/params/rows.js';
import { type Saved, save } from '../../src/params/save.js';

export interface FunctionParams {
  readonly url: string;
  readonly function: string;
  readonly input?: readonly Row[];
  readonly auth?: Auth;
  readonly timeoutSeconds: number;
  readonly retries: number;
  readonly save?: readonly Saved[];
}

export const params = closed<FunctionParams>({
  url: callAddress('https://functions.example.com').required(),
  function: text('Function', 'The name that the function is called by, for a server with several of them.')
    .max(200)
    .meta({ example: 'price' })
    .required(),
  input: sealedRows('Input', 'What the function gets: an object of these names and values.'),
  save: save('Save', 'Variables for parts of what the function returns.'),
  auth: authParams(),
  timeoutSeconds: timeoutSeconds(),
  retries: retries(),
});
