import type { Json, NodeOutcome, NodeScope, NodeType, Why } from '../../src/contract/index.js';
import { askModel, boundedText, instructions, languageLine, type ModelMessage, readAnswer } from '../../src/nodes/ask-model.js';
import { BLANK_MODEL } from '../../src/params/model.js';
import { problemsIn } from './check.js';
import { type GenerateParams, params } from './params.js';

type GenerateScope = NodeScope<GenerateParams, null>;

/** In characters, so that a call stays far below the maximum size of an effect. */
const MAX_PROMPT = 10_000;
const MAX_INPUT = 20_000;

/** Lets a model write a text and saves it. */
export const node: NodeType<GenerateParams> = {
  type: 'generate-text',
  version: 1,
  title: 'Generate text',
  sentence: 'Lets a language model write a text and saves it.',
  words: ['ai', 'llm', 'gpt', 'openai', 'chatgpt', 'model', 'prompt', 'answer', 'translate', 'summarise'],
  icon: 'sparkles',
  group: 'intelligence',
  params,
  blank: { model: BLANK_MODEL, prompt: '', input: '{{ lastMessage.text }}', saveAs: 'text' },
  summary: ['/model/name', '/prompt', '/input'],
  ports: [
    { name: 'next', title: 'Next' },
    { name: 'failed', title: 'Failed', kind: 'failure' },
  ],
  waitsFor: () => 'other',
  sets: ({ saveAs }) => (saveAs === undefined ? [] : [saveAs]),
  setTypes: ({ saveAs }) => (saveAs === undefined ? {} : { [saveAs]: 'text' }),
  check: problemsIn,
  enter(scope) {
    const { maxTokens, temperature } = scope.params;
    const asked = askModel(scope, { messages: messagesOf(scope), maxTokens, temperature });
    if ('why' in asked) return failed(scope, asked.why);
    return { effects: [asked.effect], ...saved(scope, null), then: { wait: { for: 'call' } } };
  },
  on: {
    result: (scope, answer) => ({ ...saved(scope, readAnswer(scope, answer)), then: { exit: 'next' } }),
    failed,
  },
};

/** What a person wrote is in the input, so it is no instruction. Many servers refuse a call without a message of the user. */
function messagesOf(scope: GenerateScope): readonly ModelMessage[] {
  const { prompt, input = '' } = scope.params;
  const task = boundedText(scope, scope.text(prompt), MAX_PROMPT);
  const text = boundedText(scope, scope.text(input), MAX_INPUT);
  if (text.trim() === '') return [{ role: 'user', content: [task, languageLine(scope)].filter(Boolean).join('\n\n') }];
  return [instructions(task, languageLine(scope)), { role: 'user', content: text }];
}

/** With a fallback a failure is a warning in the turn log, and the flow goes on with that text. */
function failed(scope: GenerateScope, { code, reason, status }: Why): NodeOutcome {
  const { fallback } = scope.params;
  if (fallback === undefined) return { then: { fail: { code, reason, ...(status === undefined ? {} : { status }) } } };
  scope.warn(code, reason);
  return { ...saved(scope, scope.text(fallback)), then: { exit: 'next' } };
}

function saved({ params: { saveAs } }: GenerateScope, value: Json): Pick<NodeOutcome, 'set'> {
  return saveAs === undefined ? {} : { set: { [saveAs]: value } };
}
