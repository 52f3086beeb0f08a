import Joi from 'joi';
import type { Json } from '../../src/contract/index.js';
import { choice, closed, described, sealed } from '../../src/params/fields.js';
import { type Auth, authParams, callAddress, retries, sealedRows, timeoutSeconds } from '../../src/params/request.js';
import type { Row } from '../../src/params/rows.js';
import { type Saved, save } from '../../src/params/save.js';

export type Body = { readonly json: Json } | { readonly form: readonly Row[] } | { readonly text: string };

export interface RequestParams {
  readonly method: string;
  readonly url: string;
  readonly headers?: readonly Row[];
  readonly query?: readonly Row[];
  readonly body?: Body;
  readonly auth?: Auth;
  readonly timeoutSeconds: number;
  readonly retries: number;
  readonly save?: readonly Saved[];
  /** An answer's body, for the check and completion alone. */
  readonly sample?: Json;
  /** Its JSON Schema, in place of an example. */
  readonly schema?: Json;
}

const body = closed({
  json: described(
    Joi.any().meta({ holds: 'sealed' }),
    'JSON',
    'Any JSON; texts in it may contain templates. A text that is one {{ expression }} becomes its value, with its type.',
  ).meta({ rows: 6 }),
  form: sealedRows('Form', 'Sent as application/x-www-form-urlencoded.'),
  text: sealed('Text', 'Sent as it is. Set its Content-Type in the headers.').allow('').meta({ rows: 6 }),
}).xor('json', 'form', 'text');

export const params = closed<RequestParams>({
  method: choice(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'], 'Method', 'The HTTP method.').default('GET'),
  url: callAddress('https://api.example.com/orders').required(),
  headers: sealedRows('Headers', 'Headers of the request.').meta({ more: true }),
  query: sealedRows('Query', 'Values that are added to the address, percent-encoded.').meta({ more: true }),
  body: described(body, 'Body', 'JSON, a form, or text.'),
  auth: authParams(),
  timeoutSeconds: timeoutSeconds(),
  retries: retries(),
  save: save('Save', 'Variables for parts of the answer: status, headers, body.'),
  sample: described(
    Joi.any(),
    'Example of the answer',
    'A body as the other system answers it. The check and the completion know its members; it is not used when the flow runs.',
  ).meta({ kind: 'json', more: true, rows: 6 }),
  schema: described(Joi.any(), 'Schema of the answer', 'The JSON Schema of the body, in place of an example.').meta({
    kind: 'json',
    more: true,
    rows: 6,
  }),
}).nand('sample', 'schema');
