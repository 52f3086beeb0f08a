import type { FlowDefinition } from '../src/contract/index.js';
import { edgesOf, flow, say, set } from './flow-parts.js';

/** Creates a flow that asks for numbers, adds them up with code of the flow, and remembers the sum with the contact. */
export function exactFlow(questions: number): FlowDefinition {
  return flow('exact', {
    nodes: [
      set('begin', { n: 1, sum: 0, word: '{{ incomingMessage }}' }),
      { id: 'join', type: 'subscribe-to-group', version: 1, params: { group: 'chaos' } },
      { id: 'split', type: 'random-split', version: 1, params: { arms: [{ name: 'left' }, { name: 'right' }] } },
      say('left', '{{ word }}: hello'),
      say('right', '{{ word }}: hello'),
      {
        id: 'question',
        type: 'ask-question',
        version: 1,
        params: {
          message: { type: 'text', text: '{{ word }}: question {{ n }}' },
          answer: { type: 'integer' },
          timeout: { value: 1, unit: 'days' },
          timeoutBranch: true,
          saveAs: 'value',
        },
      },
      set('note', { word: '{{ lastMessage.text }}' }),
      {
        id: 'add',
        type: 'run-code',
        version: 1,
        params: {
          code: 'return { sum: vars.sum + vars.value, answered: vars.n, n: vars.n + 1 };',
          save: ['sum', 'answered', 'n'],
          timeoutMillis: 5_000,
        },
      },
      { id: 'again', type: 'jump', version: 1, params: { limit: 1_000 } },
      { id: 'remember', type: 'set-contact', version: 1, params: { fields: [{ name: 'sum', value: '{{ sum }}' }] } },
      say('answer', '{{ word }}: answer {{ answered }}'),
      {
        id: 'over',
        type: 'conditional-branch',
        version: 1,
        params: { branches: [{ name: 'yes', when: { variable: 'answered', operator: 'numberGreaterOrEqual', value: questions } }] },
      },
      say('goodbye', "{{ word }}: goodbye, the sum is {{ contact.sum }}, you are in {{ contact.groups | join: ' ' }}"),
    ],
    edges: edgesOf({
      start: 'begin',
      begin: 'join',
      join: 'split',
      split: { left: 'left', right: 'right' },
      left: 'question',
      right: 'question',
      question: { answered: 'note', notReplied: 'end' },
      note: 'add',
      // A host that is paused while code runs finds that the code took too long.
      add: { next: 'remember', failed: 'again' },
      again: { jump: 'add', next: 'end' },
      remember: 'answer',
      answer: 'over',
      over: { yes: 'goodbye', else: 'question' },
      goodbye: 'end',
    }),
  });
}
