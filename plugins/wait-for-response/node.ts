import {
  durationMillis,
  type InboundMessage,
  type IsoTime,
  type Json,
  type NodeOutcome,
  type NodeScope,
  type NodeType,
  type OutboundMessage,
} from '../../src/contract/index.js';
import { fillMessage } from '../../src/params/message.js';
import { problemsIn } from './check.js';
import { params, type ResponseParams } from './params.js';

/** When the wait ends, and which reminders have been sent. */
type Memory = {
  readonly endsAt: IsoTime;
  readonly remindAt: readonly IsoTime[];
  readonly reminded: number;
};
type WaitScope = NodeScope<ResponseParams, Memory>;

/** Waits for a message from the person. */
export const node: NodeType<ResponseParams, Memory> = {
  type: 'wait-for-response',
  version: 1,
  title: 'Wait for a response',
  sentence: 'Waits for a message from the person and saves the answer.',
  words: ['ask', 'question', 'answer', 'reply', 'input', 'reminder'],
  icon: 'message-circle-question',
  group: 'messaging',
  params,
  blank: { timeout: { value: 23, unit: 'hours' }, saveAs: 'answer' },
  summary: ['/timeout', '/saveAs'],
  ports: [
    { name: 'replied', title: 'Replied' },
    { name: 'notReplied', title: 'Not replied', kind: 'time', when: '/timeoutBranch' },
  ],
  waitsFor: () => 'message',
  takesReactions: ({ accept }) => accept?.includes('reaction') === true,
  notAccepted,
  timeoutPorts: ({ timeoutBranch }) => [timeoutBranch ? 'notReplied' : 'replied'],
  longestWait: ({ timeout }) => durationMillis(timeout),
  needsWindow: ({ reminders = [] }) =>
    reminders.flatMap(({ after, message }, i) =>
      message.type === 'template' ? [] : [{ pointer: `/reminders/${i}/message`, after: durationMillis(after) }],
    ),
  sets: ({ saveAs }) => (saveAs === undefined ? [] : [saveAs]),
  setTypes: ({ saveAs }) => (saveAs === undefined ? {} : { [saveAs]: 'text' }),
  check: problemsIn,
  enter: (scope) => waitOn(scope, newWait(scope)),
  on: { message: answered, timeout: timedOut },
};

function newWait(scope: WaitScope): Memory {
  const { timeout } = scope.params;
  return { endsAt: scope.after(timeout), remindAt: inOrder(scope.params).map(({ after }) => scope.after(after)), reminded: 0 };
}

/** Saves an accepted answer. To another message it sends `notAccepted` and waits on. */
function answered(scope: WaitScope, message: InboundMessage): NodeOutcome<Memory> {
  const { accept, saveAs } = scope.params;
  const isAccepted = !accept || accept.includes(message.type) || (message.type === 'choice' && accept.includes('text'));
  if (isAccepted) return { then: { exit: 'replied' }, ...(saveAs === undefined ? {} : { set: { [saveAs]: answerOf(message) } }) };
  const words = notAccepted(scope);
  return { effects: words ? [{ kind: 'send', message: words }] : [], ...waitOn(scope, scope.memory ?? newWait(scope)) };
}

function notAccepted(scope: WaitScope): OutboundMessage | undefined {
  const text = scope.text(scope.params.notAccepted ?? '');
  return text === '' ? undefined : { type: 'text', text };
}

/** Sends the next reminder, or leaves the node if its time is up. */
function timedOut(scope: WaitScope): NodeOutcome<Memory> {
  const { timeoutBranch, saveAs } = scope.params;
  const memory = scope.memory ?? newWait(scope);
  if (scope.now < memory.endsAt) {
    // After the host was away several may be due; one is sent.
    const reminded = memory.remindAt.filter((at) => at <= scope.now).length;
    const reminder = reminded > memory.reminded ? inOrder(scope.params)[reminded - 1] : undefined;
    const message = reminder && fillMessage(reminder.message, scope);
    return { effects: message ? [{ kind: 'send', message }] : [], ...waitOn(scope, { ...memory, reminded }) };
  }
  if (timeoutBranch) return { then: { exit: 'notReplied' } };
  return { then: { exit: 'replied' }, ...(saveAs === undefined ? {} : { set: { [saveAs]: '' } }) };
}

/** Returns the reminders in the order in which they are sent. */
function inOrder({ reminders = [] }: ResponseParams): NonNullable<ResponseParams['reminders']> {
  return [...reminders].sort((a, b) => durationMillis(a.after) - durationMillis(b.after));
}

/** Waits for a message until the next reminder, or until the end. */
function waitOn({ params: { platform } }: WaitScope, { endsAt, remindAt, reminded }: Memory): NodeOutcome<Memory> {
  const remind = remindAt[reminded];
  const until = remind !== undefined && remind < endsAt ? remind : endsAt;
  return { memory: { endsAt, remindAt, reminded }, then: { wait: { for: 'message', until, ...(platform === 'any' ? {} : { platform }) } } };
}

/** Returns what is saved of an answer: its text, or what it holds instead of one. */
function answerOf(message: InboundMessage): Json {
  const { type, text, latitude, longitude, contact, emoji, form, mediaUrl, mediaId, mimeType, fileName } = message;
  if (type === 'text' || type === 'choice') return text;
  if (latitude !== undefined && longitude !== undefined) return { type, ...(text === '' ? {} : { text }), latitude, longitude };
  if (contact !== undefined) return contact;
  if (form !== undefined) return form;
  if (emoji !== undefined) return emoji;
  const parts = Object.entries({ type, text, mediaUrl, mediaId, mimeType, fileName }).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  return Object.fromEntries(parts);
}
