import type { EffectBody, Json, NodeScope, Why } from '../contract/index.js';
import { member, readNumber, readText } from '../contract/json/json-members.js';
import type { ModelParams } from '../params/model.js';
import { isLonger, startOf } from '../text/cut-text.js';
import { fillCallAddress } from './call-address.js';

/** A message of a conversation with a model. People write as `user`, never as `system`. */
export type ModelMessage = { readonly role: 'system' | 'user' | 'assistant'; readonly content: string };

/** What a model is asked. */
export interface Question {
  readonly messages: readonly ModelMessage[];
  readonly maxTokens: number;
  readonly temperature?: number | undefined;
  /** Asks for an answer that is one JSON object. */
  readonly json?: true;
}

/** Longer than the model itself may take, so that its own reason comes first. In milliseconds. */
const GRACE = 2_000;

/**
 * Returns the call that asks a model, or why it cannot be made. The node gets the answer at `on.result`, where `readAnswer` reads it. Its
 * plugin has the service `chatCompletions` of `src/models`.
 */
export function askModel(
  scope: NodeScope<{ readonly model: ModelParams }>,
  { messages, maxTokens, temperature, json }: Question,
): { readonly effect: EffectBody } | { readonly why: Why } {
  const { baseUrl, apiKey, name, timeoutSeconds, prices } = scope.params.model;
  const filled = fillCallAddress(scope, baseUrl);
  if ('why' in filled) return filled;
  const timeout = timeoutSeconds * 1_000;
  const input = {
    baseUrl: filled.address,
    ...(apiKey === undefined ? {} : { apiKey: scope.sealed(apiKey) }),
    name: scope.text(name).trim(),
    messages: messages.map(({ role, content }) => ({ role, content })),
    maxTokens,
    ...(temperature === undefined ? {} : { temperature }),
    ...(json ? { json } : {}),
    timeout,
    ...(prices === undefined ? {} : { prices: { input: prices.input, output: prices.output } }),
  };
  return { effect: { kind: 'call', service: 'chat-completions', input, deadline: timeout + GRACE } };
}

/** Returns the text of a model's answer, and warns if it was cut or is missing its tokens. */
export function readAnswer(scope: NodeScope<unknown>, answer: Json): string {
  if (member(answer, 'isCut') === true)
    scope.warn(
      'model/cut',
      `the answer ends where its ${readNumber(member(member(answer, 'usage'), 'output')) ?? 'maximum of'} tokens were used up`,
    );
  return readText(member(answer, 'text')) ?? '';
}

/** Returns a text of which at most `limit` characters are sent to a model, and warns if it was longer. */
export function boundedText(scope: NodeScope<unknown>, text: string, limit: number): string {
  if (!isLonger(text, limit)) return text;
  scope.warn('model/input-cut', `only the first ${limit} characters are sent to the model`);
  return startOf(text, limit);
}

/** Returns what a model is told of the language that the person understands; '' if it is not known. */
export function languageLine({ contact: { language } }: Pick<NodeScope<unknown>, 'contact'>): string {
  return language === undefined
    ? ''
    : `The person's language is ${language} (BCP 47). Write in this language unless you were told another one.`;
}

/** Joins the parts of instructions; empty ones are left out. */
export function instructions(...parts: readonly string[]): ModelMessage {
  return { role: 'system', content: parts.filter((part) => part.trim() !== '').join('\n\n') };
}
