import type { FlowDefinition } from '../src/contract/index.js';
import { exactFlow } from './exact-flow.js';
import { edgesOf, flow, say, set } from './flow-parts.js';
import { operatorAnswer, servedFlow, toldText } from './served-flow.js';

/**
 * Kinds of people. `patient` people wait for every reply, and their flow waits for the provider's response to each question, which is a
 * turn of its own. `quick` people continue to write while they are being answered. `exact` people answer with numbers, with which code of their
 * flow calculates. A model answers `served` people; then an operator writes to them, and their colleague is told. Both wait for every reply,
 * because what is written during a call is no answer to the question after it.
 */
export type Manner = 'patient' | 'quick' | 'exact' | 'served';
export const MANNERS: readonly Manner[] = ['patient', 'quick', 'exact', 'served'];

/** A message of a person, and the replies that must come, in order. */
export interface Line {
  readonly text: string;
  readonly replies: readonly string[];
  /** What the colleague of the person must read. */
  readonly told?: string;
}

/**
 * The number of answers in a conversation. The next message begins another one. Few where the end matters, because on a busy machine there are
 * few messages from each person in a short run.
 */
const QUESTIONS: Readonly<Record<Manner, number>> = { patient: 4, quick: 4, exact: 2, served: 1 };

/**
 * Returns a person's Nth message, from 1. The replies are known beforehand, because the flow counts and every reply names the message it
 * answers.
 *
 * @param colleague the phone number that a `served` person names in the first message.
 */
export function lineOf(manner: Manner, number: number, colleague = ''): Line {
  const questions = QUESTIONS[manner];
  const place = (number - 1) % (questions + 1);
  if (place === 0) {
    const text = `${manner} m${number} ${colleague}`.trim();
    return { text, replies: [`${text}: hello`, `${text}: question 1`] };
  }
  const text = textOf(manner, number);
  const answers = Array.from({ length: place }, (_, i) => number - place + 1 + i);
  const then = place < questions ? `question ${place + 1}` : `goodbye, ${lastWords(manner, answers)}`;
  const replies = [`${text}: answer ${place}`, `${text}: ${then}`];
  if (manner !== 'served' || place < questions) return { text, replies };
  return { text, replies: replies.toSpliced(1, 0, operatorAnswer(text)), told: toldText(text) };
}

function textOf(manner: Manner, number: number): string {
  return manner === 'exact' ? `it is ${number}` : `m${number}`;
}

/** What the flow knows at the end, from the numbers of the messages that were answers. */
function lastWords(manner: Manner, answers: readonly number[]): string {
  if (manner === 'served') return 'you were served';
  if (manner === 'exact') return `the sum is ${answers.reduce((sum, one) => sum + one, 0)}, you are in chaos`;
  return `you said ${answers.map((one) => textOf(manner, one)).join(' ')}`;
}

/** Returns the flow that gives the replies of `lineOf`, the same on both platforms. */
export function flowOf(manner: Manner, model: { readonly baseUrl: string }): FlowDefinition {
  if (manner === 'served') return servedFlow(QUESTIONS[manner], model);
  return manner === 'exact' ? exactFlow(QUESTIONS[manner]) : talkingFlow(manner);
}

function talkingFlow(manner: Manner): FlowDefinition {
  return flow(manner, {
    nodes: [
      set('begin', { n: 1, all: '', word: '{{ incomingMessage }}' }),
      say('hello', '{{ word }}: hello'),
      say('question', '{{ word }}: question {{ n }}'),
      {
        id: 'listen',
        type: 'wait-for-response',
        version: 1,
        params: { timeout: { value: 1, unit: 'days' }, timeoutBranch: true, saveAs: 'word' },
      },
      set('note', { all: '{{ all }} {{ word }}' }),
      say('answer', '{{ word }}: answer {{ n }}'),
      set('count', { n: '{{ n | plus: 1 }}' }),
      {
        id: 'over',
        type: 'conditional-branch',
        version: 1,
        params: { branches: [{ name: 'yes', when: { variable: 'n', operator: 'numberGreaterThan', value: QUESTIONS[manner] } }] },
      },
      say('goodbye', '{{ word }}: goodbye, you said{{ all }}'),
    ],
    edges: edgesOf({
      start: 'begin',
      begin: 'hello',
      hello: 'question',
      question: { next: 'listen', ...(manner === 'patient' ? { failed: 'listen' } : {}) },
      listen: { replied: 'note', notReplied: 'end' },
      note: 'answer',
      answer: 'count',
      count: 'over',
      over: { yes: 'goodbye', else: 'question' },
      goodbye: 'end',
    }),
  });
}
