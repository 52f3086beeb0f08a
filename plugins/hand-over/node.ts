import { durationMillis, type NodeOutcome, type NodeScope, type NodeType } from '../../src/contract/index.js';
import { cutText } from '../../src/text/cut-text.js';
import { problemsIn } from './check.js';
import { type HandOverParams, params } from './params.js';

/** In characters; what is longer is cut. */
const MAX_QUEUE = 100;
const MAX_NOTE = 4_000;

/** Hands the talk over to a person, who answers until they give it back. */
export const node: NodeType<HandOverParams> = {
  type: 'hand-over',
  version: 1,
  title: 'Hand over to an operator',
  sentence: 'Lets a person answer until they give the talk back.',
  words: ['human', 'agent', 'live chat', 'support', 'help desk', 'ticket', 'operator'],
  icon: 'headset',
  group: 'contact',
  params,
  blank: { queue: '', timeout: { value: 8, unit: 'hours' }, timeoutBranch: true },
  summary: ['/queue', '/note', '/timeout'],
  ports: [
    { name: 'returned', title: 'Returned' },
    { name: 'notReplied', title: 'Not replied', kind: 'time', when: ['/wait', '/timeout', '/timeoutBranch'] },
  ],
  waitsFor: ({ wait }) => (wait ? 'operator' : undefined),
  timeoutPorts: ({ timeout, timeoutBranch }) => (timeout ? [timeoutPort(timeoutBranch)] : []),
  longestWait: ({ timeout }) => (timeout ? durationMillis(timeout) : 0),
  check: problemsIn,
  enter,
  on: {
    operator: () => ({ then: { exit: 'returned' } }),
    timeout: ({ params: { timeoutBranch } }) => ({ then: { exit: timeoutPort(timeoutBranch) } }),
  },
};

function enter(scope: NodeScope<HandOverParams>): NodeOutcome {
  const { wait, timeout } = scope.params;
  const queue = cutText(scope.text(scope.params.queue ?? '').trim(), MAX_QUEUE);
  const note = cutText(scope.text(scope.params.note ?? '').trim(), MAX_NOTE);
  if (!wait) return { handOver: { queue, note }, then: { exit: 'returned' } };
  return { then: { wait: { for: 'operator', queue, note, ...(timeout ? { until: scope.after(timeout) } : {}) } } };
}

function timeoutPort(timeoutBranch: boolean): string {
  return timeoutBranch ? 'notReplied' : 'returned';
}
