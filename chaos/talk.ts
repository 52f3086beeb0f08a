import type { FlowDefinition } from '../src/contract/index.js';
import { exactFlow } from './exact-flow.js';
import { edgesOf, flow, say, set } from './flow-parts.js';

/**
 * Kinds of people. `patient` people wait for every reply, and their flow waits for the provider's response to each question, which is a
 * turn of its own. `quick` people continue to write while they are being answered. So do `exact` people, who answer with numbers, and whose
 * flow calculates with them.
 */
export type Manner = 'patient' | 'quick' | 'exact';
export const MANNERS: readonly Manner[] = ['patient', 'quick', 'exact'];

/** A message of a person, and the replies that must come, in order. */
export interface Line {
  readonly text: string;
  readonly replies: readonly string[];
}

/** The number of answers in a conversation. The next message begins another one. */
const QUESTIONS = 4;

/** Returns a person's Nth message, from 1. The replies are known beforehand, because the flow counts and every reply names the message it answers. */
export function lineOf(manner: Manner, number: number): Line {
  const place = (number - 1) % (QUESTIONS + 1);
  if (place === 0) {
    const text = `${manner} m${number}`;
    return { text, replies: [`${text}: hello`, `${text}: question 1`] };
  }
  const text = textOf(manner, number);
  const answers = Array.from({ length: place }, (_, i) => number - place + 1 + i);
  const then = place < QUESTIONS ? `question ${place + 1}` : `goodbye, ${lastWords(manner, answers)}`;
  return { text, replies: [`${text}: answer ${place}`, `${text}: ${then}`] };
}

function textOf(manner: Manner, number: number): string {
  return manner === 'exact' ? `it is ${number}` : `m${number}`;
}

/** What the flow knows at the end, from the numbers of the messages that were answers. */
function lastWords(manner: Manner, answers: readonly number[]): string {
  if (manner === 'exact') return `the sum is ${answers.reduce((sum, one) => sum + one, 0)}, you are in chaos`;
  return `you said ${answers.map((one) => textOf(manner, one)).join(' ')}`;
}

/** Returns the flow that gives the replies of `lineOf`, the same on both platforms. */
export function flowOf(manner: Manner): FlowDefinition {
  return manner === 'exact' ? exactFlow(QUESTIONS) : talkingFlow(manner);
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
        params: { branches: [{ name: 'yes', when: { variable: 'n', operator: 'numberGreaterThan', value: QUESTIONS } }] },
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
