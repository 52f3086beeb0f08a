import type { FlowDefinition, FlowNode } from '../src/contract/index.js';

/**
 * Two kinds of people. `patient` people wait for every reply, and their flow waits for the provider's response to each question, which is a
 * turn of its own. `quick` people continue to write while they are being answered.
 */
export type Manner = 'patient' | 'quick';
export const MANNERS: readonly Manner[] = ['patient', 'quick'];

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
  const text = `m${number}`;
  const said = Array.from({ length: place }, (_, i) => `m${number - place + 1 + i}`);
  const then = place < QUESTIONS ? `question ${place + 1}` : `goodbye, you said ${said.join(' ')}`;
  return { text, replies: [`${text}: answer ${place}`, `${text}: ${then}`] };
}

/** Returns the flow that gives the replies of `lineOf`, the same on both platforms. */
export function flowOf(manner: Manner): FlowDefinition {
  return {
    format: 'parley/1',
    code: `chaos-${manner}`,
    name: `Chaos, ${manner}`,
    triggers: [
      { type: 'TriggeredByWhatsApp', match: { keywords: [manner] } },
      { type: 'TriggeredByViber', match: { keywords: [manner] } },
    ],
    nodes: [
      { id: 'start', type: 'start', version: 1, params: {} },
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
      { id: 'end', type: 'end', version: 1, params: {} },
    ],
    edges: [
      { from: 'start', port: 'next', to: 'begin' },
      { from: 'begin', port: 'next', to: 'hello' },
      { from: 'hello', port: 'next', to: 'question' },
      { from: 'question', port: 'next', to: 'listen' },
      ...(manner === 'patient' ? [{ from: 'question', port: 'failed', to: 'listen' }] : []),
      { from: 'listen', port: 'replied', to: 'note' },
      { from: 'listen', port: 'notReplied', to: 'end' },
      { from: 'note', port: 'next', to: 'answer' },
      { from: 'answer', port: 'next', to: 'count' },
      { from: 'count', port: 'next', to: 'over' },
      { from: 'over', port: 'yes', to: 'goodbye' },
      { from: 'over', port: 'else', to: 'question' },
      { from: 'goodbye', port: 'next', to: 'end' },
    ],
  };
}

function say(id: string, text: string): FlowNode {
  return { id, type: 'send-message', version: 1, params: { action: 'reply', message: { type: 'text', text } } };
}

function set(id: string, values: Readonly<Record<string, string | number>>): FlowNode {
  const rows = Object.entries(values).map(([name, value]) => ({ name, value }));
  return { id, type: 'set-variables', version: 1, params: { set: rows } };
}
