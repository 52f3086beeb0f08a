import Joi from 'joi';
import { CallError, type Json, type OutboundAnswer, type Service } from '../../src/contract/index.js';
import { readJson } from '../../src/contract/json/exact-json.js';
import type { Auth } from '../../src/params/request.js';
import type { Row } from '../../src/params/rows.js';
import { authorization } from '../../src/requests/authorization.js';
import { tryOften } from '../../src/requests/try-often.js';
import { wordsOfError } from '../../src/requests/words-of-error.js';

/** The input of a call. */
interface Input {
  readonly url: string;
  readonly function: string;
  readonly input: readonly Row[];
  readonly auth: Auth | null;
  readonly timeout: number;
  readonly retries: number;
}

/** Posts `{ function, input }` to the author's server. What it answers is what the function returns. */
export const service: Service<Input> = {
  name: 'call-function',
  input: Joi.object<Input>({
    url: Joi.string().required(),
    function: Joi.string().allow('').required(),
    input: Joi.array().items(Joi.object({ name: Joi.string().required(), value: Joi.any() }).unknown(true)),
    auth: Joi.object().unknown(true).allow(null),
    timeout: Joi.number(),
    retries: Joi.number(),
  }),
  async call({ url, function: name, input, auth, timeout, retries }, tools) {
    const ask = {
      method: 'POST',
      url,
      timeout,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': tools.id,
        ...(auth === null ? {} : { authorization: authorization(auth) }),
      },
      body: JSON.stringify({ function: name, input: Object.fromEntries(input.map((row) => [row.name, row.value])) }),
    };
    return returnedBy(await tryOften(ask, retries, tools));
  },
};

/** Returns what the function has returned. @throws CallError if it has failed, or did not answer with JSON. */
function returnedBy({ status, body }: OutboundAnswer): Json {
  const json = body.trim() === '' ? null : readJson(body);
  if (status >= 400) throw new CallError('request/status', `the answer was ${status}${wordsOfError(json)}`, false, status);
  if (json === undefined) throw new CallError('request/unreadable', 'the answer is not JSON', false, status);
  return json;
}
