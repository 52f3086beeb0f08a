import { CallError } from '../contract/index.js';

/** The answer of a model. A type, not an interface, so that it is JSON. */
export type Completion = {
  readonly text: string;
  /** True if the text ends where the maximum of tokens was reached. */
  readonly isCut: boolean;
  /** The tokens that were read and written, if the server has counted them. */
  readonly usage?: Usage;
  /** What they cost, in the currency of the prices. */
  readonly cost?: number;
};
export type Usage = { readonly input: number; readonly output: number };

/** Prices of a million tokens. */
export interface Prices {
  readonly input: number;
  readonly output: number;
}

/** What came of an answer: its text, why it ended, and what it has used. */
export interface ModelAnswered {
  readonly text: string;
  readonly finish?: string | undefined;
  readonly refusal?: string | undefined;
  readonly usage?: Usage | undefined;
}

/**
 * Judges an answer.
 *
 * @throws CallError `model/filtered` if the model or its provider refused to answer, `model/empty` if the answer has no text.
 */
export function readCompletion({ text, finish, refusal, usage }: ModelAnswered, prices: Prices | undefined): Completion {
  if (finish === 'content_filter') throw new CallError('model/filtered', 'the filter of the model has stopped the answer');
  const words = withoutThoughts(text).trim();
  if (words === '' && refusal) throw new CallError('model/filtered', `the model refused to answer: ${refusal}`);
  if (words === '') throw new CallError('model/empty', WHY_EMPTY[finish ?? ''] ?? 'the answer of the model has no text');
  return {
    text: words,
    isCut: finish === 'length',
    ...(usage === undefined ? {} : { usage }),
    ...(usage === undefined || prices === undefined ? {} : { cost: costOf(usage, prices) }),
  };
}

const WHY_EMPTY: Readonly<Record<string, string>> = {
  length: 'the model had used up its tokens before it wrote any text; set a higher `maxTokens`',
  tool_calls: 'the model called a tool instead of answering',
};

/** Removes what some local models write before they answer: `<think>…</think>`. */
function withoutThoughts(text: string): string {
  const begins = /^\s*<think(?:ing)?>/.test(text);
  const end = begins ? /<\/think(?:ing)?>/.exec(text) : null;
  if (!begins) return text;
  return end ? text.slice(end.index + end[0].length) : '';
}

const PER_PRICE = 1_000_000;
/** Costs are rounded to this part of the currency's unit. */
const ROUNDED = 1_000_000;

function costOf(usage: Usage, prices: Prices): number {
  const cost = (usage.input * prices.input + usage.output * prices.output) / PER_PRICE;
  return Math.round(cost * ROUNDED) / ROUNDED;
}
