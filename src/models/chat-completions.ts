import Joi from 'joi';
import { CallError, type JsonObject, type Service, type ServiceTools } from '../contract/index.js';
import { type Completion, type Prices, readCompletion } from './completion.js';
import { createAnswerReader } from './read-answer.js';
import { errorOf, pauseAfter, type Refusal, refusalOf, withoutRefused } from './refusal.js';

/** What a model is asked. */
export interface ModelCall {
  readonly baseUrl: string;
  readonly apiKey?: string;
  readonly name: string;
  readonly messages: readonly { readonly role: 'system' | 'user' | 'assistant'; readonly content: string }[];
  readonly maxTokens: number;
  readonly temperature?: number;
  /** Asks for an answer that is one JSON object. */
  readonly json?: boolean;
  /** Milliseconds for all attempts together. */
  readonly timeout: number;
  readonly prices?: Prices;
}

/** How often a model is asked at most, if it is busy or the connection is lost. */
const MAX_TRIES = 3;
/** The first token must come within this share of the time, the next ones within the other. A model that thinks sends nothing for long. */
const FIRST_SHARE = 1 / 2;
const NEXT_SHARE = 1 / 4;

/**
 * Asks a model by the protocol of OpenAI's chat completions, which most providers and local servers speak. The answer is streamed, so that
 * a model which stalls is noticed before the whole time is over. Returns a `Completion`.
 *
 * https://platform.openai.com/docs/api-reference/chat
 */
export const chatCompletions: Service<ModelCall> = {
  name: 'chat-completions',
  input: Joi.object<ModelCall>({
    baseUrl: Joi.string().required(),
    apiKey: Joi.string().allow(''),
    name: Joi.string().required(),
    messages: Joi.array()
      .items(Joi.object({ role: Joi.string().valid('system', 'user', 'assistant').required(), content: Joi.string().allow('').required() }))
      .required(),
    maxTokens: Joi.number().required(),
    temperature: Joi.number(),
    json: Joi.boolean(),
    timeout: Joi.number().required(),
    prices: Joi.object({ input: Joi.number().required(), output: Joi.number().required() }),
  }),
  async call(asked, tools) {
    let body = bodyOf(asked);
    for (let tries = 1; ; ) {
      const answer = await attempt({ ...asked, body }, tools);
      if ('text' in answer) return { ...answer };
      const less = withoutRefused(body, answer);
      const pause = pauseAfter(answer, { tries, timeout: asked.timeout });
      if (less) body = less;
      else if (tries === MAX_TRIES || pause === undefined) throw errorOf(answer);
      else {
        await tools.pause(pause);
        tries += 1;
      }
    }
  },
};

function bodyOf({ name, messages, maxTokens, temperature, json }: ModelCall): JsonObject {
  return {
    model: name,
    messages: messages.map(({ role, content }) => ({ role, content })),
    stream: true,
    stream_options: { include_usage: true },
    max_tokens: maxTokens,
    ...(temperature === undefined ? {} : { temperature }),
    ...(json ? { response_format: { type: 'json_object' } } : {}),
  };
}

type Attempt = ModelCall & { readonly body: JsonObject };

/** Asks once. A lost connection and a status of 400 or more are refusals; everything else that goes wrong is thrown. */
async function attempt({ baseUrl, apiKey, timeout, body, prices }: Attempt, tools: ServiceTools): Promise<Completion | Refusal> {
  const reader = createAnswerReader();
  const ask = {
    method: 'POST',
    url: addressOf(baseUrl),
    timeout,
    firstWithin: timeout * FIRST_SHARE,
    nextWithin: timeout * NEXT_SHARE,
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream, application/json',
      ...(apiKey === undefined || apiKey === '' ? {} : { authorization: `Bearer ${inHeader(apiKey)}` }),
    },
    body: JSON.stringify(body),
  };
  try {
    const head = await tools.stream(ask, reader.take);
    if (head.status >= 400) return refusalOf(head, reader.raw);
  } catch (error) {
    // What comes after the end of the answer is not needed: some servers leave the connection open.
    if (!(error instanceof CallError)) throw error;
    if (!reader.isComplete) return isLost(error) ? { lost: error } : raise(error);
  }
  const answer = reader.answer();
  return 'lost' in answer ? answer : readCompletion(answer, prices);
}

/** A stall and the end of the time are final: asking again would let the person wait twice as long. */
function isLost({ code }: CallError): boolean {
  return code === 'request/no-answer' || code === 'request/broken-off' || code === 'model/unavailable';
}

function raise(error: CallError): never {
  throw error;
}

/** Removes characters that may not stand in a header, such as the line break at the end of a secret. */
function inHeader(value: string): string {
  return value.replace(/[^\x20-\x7e\x80-\xff]+/g, '');
}

/** Returns the address of chat completions. A base address that has the whole path, or a query as on Azure, is fine. */
function addressOf(baseUrl: string): string {
  if (!URL.canParse(baseUrl)) throw new CallError('request/bad-address', 'the base address of the model is not a valid address');
  const url = new URL(baseUrl);
  const path = url.pathname.endsWith('/') ? url.pathname.slice(0, -1) : url.pathname;
  url.pathname = path.endsWith(PATH) ? path : `${path}${PATH}`;
  return url.href;
}

const PATH = '/chat/completions';
