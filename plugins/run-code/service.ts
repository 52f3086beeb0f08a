import Joi from 'joi';
import { CallError, type HostedService, type Json, type JsonObject } from '../../src/contract/index.js';
import { createPool, type Pool } from './pool.js';

/** The input of a call. */
interface Input {
  readonly code: string;
  readonly given: JsonObject;
  readonly now: string;
  readonly seed: number;
  readonly save: readonly string[];
  readonly timeoutMillis: number;
}

/** Runs code in worker threads, so that no code can hold up the host. The members of the returned object that are saved are the result. */
export const service: HostedService<Input> = {
  name: 'run-code',
  input: Joi.object<Input>({
    code: Joi.string().required(),
    given: Joi.object().unknown(true).required(),
    now: Joi.string().required(),
    seed: Joi.number().required(),
    save: Joi.array().items(Joi.string()).required(),
    timeoutMillis: Joi.number().required(),
  }),
  open() {
    let pool: Pool | undefined;
    return {
      async call({ given, ...run }) {
        pool ??= createPool();
        const result = await pool.run({ ...run, given: JSON.stringify(given) });
        if ('failed' in result) throw new CallError(result.failed, result.reason, result.failed === 'code/busy');
        const members: Json = JSON.parse(result.json);
        return members;
      },
      close: async () => pool?.close(),
    };
  },
};
