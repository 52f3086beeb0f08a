import Joi from 'joi';
import { CallError, type HostedService, type Json, type OutboundAnswer } from '../../src/contract/index.js';
import { readJson } from '../../src/contract/json/exact-json.js';
import { tryOften } from '../../src/requests/try-often.js';
import { wordsOfError } from '../../src/requests/words-of-error.js';
import { type Sms, smsRequest } from './sms-request.js';

/** Tries after the first, and milliseconds for each. */
const RETRIES = 3;
const TIMEOUT = 15_000;

/** Sends an SMS by a request to the provider of the host. */
export const service: HostedService<Omit<Sms, 'id'>> = {
  name: 'send-sms',
  input: Joi.object<Omit<Sms, 'id'>>({ to: Joi.string().required(), text: Joi.string().required() }),
  settings: ['SMS_URL', 'SMS_BODY', 'SMS_HEADERS'],
  open: (host) => ({
    async call({ to, text }, tools): Promise<Json> {
      const request = smsRequest({ to, text, id: tools.id }, host);
      if (!request) throw new CallError('sms/not-configured', 'the host has no SMS provider: SMS_URL is not set');
      const answer = await tryOften({ ...request, timeout: TIMEOUT, isOfSettings: true }, RETRIES, tools);
      if (answer.status >= 400) throw refusalOf(answer);
      return { status: answer.status };
    },
  }),
};

function refusalOf({ status, body }: OutboundAnswer): CallError {
  return new CallError('sms/refused', `the SMS provider answered ${status}${wordsOfError(readJson(body))}`, false, status);
}
