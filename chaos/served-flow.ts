import type { FlowDefinition } from '../src/contract/index.js';
import { edgesOf, flow, say, set } from './flow-parts.js';

/** The code of the flow that is started for a colleague at the end of each conversation. */
export const TOLD = 'chaos-told';

/** What the model server at `baseUrl` answers to what a person said. */
export function modelAnswer(said: string): string {
  return `${said}: answer`;
}

/** What an operator answers, who knows the note of the hand-over: the last message of the person. */
export function operatorAnswer(note: string): string {
  return `${note}: an operator`;
}

/** What the colleague of a person reads. */
export function toldText(word: string): string {
  return `${word}: told`;
}

/**
 * Creates a flow in which a model writes the answers. At the end the person talks with an operator, and then a flow is started for a
 * colleague, whose phone number the first message ends with.
 */
export function servedFlow(questions: number, { baseUrl }: { readonly baseUrl: string }): FlowDefinition {
  return flow('served', {
    nodes: [
      set('begin', { n: 1, word: '{{ incomingMessage }}', colleague: "{{ incomingMessage | split: ' ' | last }}" }),
      say('hello', '{{ word }}: hello'),
      say('question', '{{ word }}: question {{ n }}'),
      {
        id: 'listen',
        type: 'wait-for-response',
        version: 1,
        params: { timeout: { value: 1, unit: 'days' }, timeoutBranch: true, saveAs: 'word' },
      },
      {
        id: 'write',
        type: 'generate-text',
        version: 1,
        params: { model: { baseUrl, name: 'chaos', timeoutSeconds: 10 }, input: '{{ word }}', saveAs: 'written' },
      },
      { id: 'again', type: 'jump', version: 1, params: { limit: 1_000 } },
      say('answer', '{{ written }} {{ n }}'),
      set('count', { n: '{{ n | plus: 1 }}' }),
      {
        id: 'over',
        type: 'conditional-branch',
        version: 1,
        params: { branches: [{ name: 'yes', when: { variable: 'n', operator: 'numberGreaterThan', value: questions } }] },
      },
      { id: 'desk', type: 'hand-over', version: 1, params: { queue: 'chaos', note: '{{ word }}' } },
      {
        id: 'tell',
        type: 'start-flow',
        version: 1,
        params: { flow: TOLD, contact: 'whatsapp:{{ colleague }}', input: [{ name: 'order', value: toldText('{{ word }}') }] },
      },
      say('goodbye', '{{ word }}: goodbye, you were served'),
    ],
    edges: edgesOf({
      start: 'begin',
      begin: 'hello',
      hello: 'question',
      question: 'listen',
      listen: { replied: 'write', notReplied: 'end' },
      write: { next: 'answer', failed: 'again' },
      again: { jump: 'write', next: 'end' },
      answer: 'count',
      count: 'over',
      over: { yes: 'desk', else: 'question' },
      desk: { returned: 'tell' },
      // With a way out for failures the flow waits for the start. Starts that nothing waits for are made in any order.
      tell: { next: 'goodbye', failed: 'end' },
      goodbye: 'end',
    }),
  });
}
