import type { InboundMessage, NodeOutcome, NodeScope, NodeType, OutboundMessage } from '../../src/contract/index.js';
import {
  type AnswerWait,
  dueReminder,
  longestAnswerWait,
  newAnswerWait,
  remindersInWindow,
  valueOfAnswer,
  type WaitingFor,
  waitForAnswer,
} from '../../src/nodes/answer-wait.js';
import { problemsIn } from './check.js';
import { params, type ResponseParams } from './params.js';

type WaitScope = NodeScope<ResponseParams, AnswerWait>;
type Outcome = NodeOutcome<AnswerWait>;

/** Waits for a message from the person. */
export const node: NodeType<ResponseParams, AnswerWait> = {
  type: 'wait-for-response',
  version: 1,
  title: 'Wait for a response',
  sentence: 'Waits for a message from the person and saves the answer.',
  words: ['ask', 'question', 'answer', 'reply', 'input', 'reminder'],
  icon: 'message-circle-question',
  group: 'messaging',
  params,
  blank: { timeout: { value: 23, unit: 'hours' }, saveAs: 'answer' },
  summary: ['/timeout', '/until', '/saveAs'],
  ports: [
    { name: 'replied', title: 'Replied' },
    { name: 'notReplied', title: 'Not replied', kind: 'time', when: '/timeoutBranch' },
  ],
  waitsFor: () => 'message',
  takesReactions: ({ accept }) => accept?.includes('reaction') === true,
  notAccepted,
  timeoutPorts: ({ timeoutBranch }) => [timeoutBranch ? 'notReplied' : 'replied'],
  longestWait: longestAnswerWait,
  needsWindow: remindersInWindow,
  sets: ({ saveAs }) => (saveAs === undefined ? [] : [saveAs]),
  setTypes: ({ saveAs }) => (saveAs === undefined ? {} : { [saveAs]: 'text' }),
  check: problemsIn,
  enter,
  on: { message: answered, timeout: timedOut },
};

function enter(scope: WaitScope): Outcome {
  const wait = newAnswerWait(scope);
  const { platform, takeFirst = false } = scope.params;
  const first = takeFirst ? scope.firstMessage : undefined;
  if (first && (platform === 'any' || first.platform === platform)) return waitOn(scope, wait, { takesFirst: true });
  // A date that has passed.
  return wait.endsAt <= scope.now ? leaveUnanswered(scope) : waitOn(scope, wait);
}

/** Saves an accepted answer. To another message it sends `notAccepted` and waits on. */
function answered(scope: WaitScope, message: InboundMessage): Outcome {
  const { accept, saveAs } = scope.params;
  const isAccepted = !accept || accept.includes(message.type) || (message.type === 'choice' && accept.includes('text'));
  if (isAccepted) return { then: { exit: 'replied' }, ...(saveAs === undefined ? {} : { set: { [saveAs]: valueOfAnswer(message) } }) };
  const words = notAccepted(scope);
  return waitOn(scope, scope.memory ?? newAnswerWait(scope), { effects: words ? [{ kind: 'send', message: words }] : [] });
}

function notAccepted(scope: WaitScope): OutboundMessage | undefined {
  const text = scope.text(scope.params.notAccepted ?? '');
  return text === '' ? undefined : { type: 'text', text };
}

/** Sends the next reminder, or leaves the node if its time is up. */
function timedOut(scope: WaitScope): Outcome {
  const wait = scope.memory ?? newAnswerWait(scope);
  if (scope.now >= wait.endsAt) return leaveUnanswered(scope);
  const { memory, effects } = dueReminder(scope, wait);
  return waitOn(scope, memory, { effects });
}

function leaveUnanswered({ params: { timeoutBranch, saveAs } }: WaitScope): Outcome {
  if (timeoutBranch) return { then: { exit: 'notReplied' } };
  return { then: { exit: 'replied' }, ...(saveAs === undefined ? {} : { set: { [saveAs]: '' } }) };
}

function waitOn({ params: { platform } }: WaitScope, { endsAt, remindAt, reminded }: AnswerWait, more: WaitingFor = {}): Outcome {
  return waitForAnswer({ endsAt, remindAt, reminded }, { ...more, platform: platform === 'any' ? undefined : platform });
}
