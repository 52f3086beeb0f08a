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
import { params, type WaitParams } from './params.js';

/** When the wait ends, and how many reminders have gone out. */
type Memory = {
  readonly endsAt: IsoTime;
  readonly remindAt: readonly IsoTime[];
  readonly reminded: number;
};

/** Waits for a message of the person. */
export const node: NodeType<WaitParams> = {
  type: 'wait-for-response',
  version: 1,
  title: 'Wait for a response',
  group: 'messaging',
  params,
  ports: [{ name: 'replied' }, { name: 'notReplied', kind: 'time', when: '/timeoutBranch' }],
  waitsFor: () => 'message',
  takesReactions: ({ accept }) => accept?.includes('reaction') === true,
  notAccepted: refusal,
  timeoutPorts: ({ timeoutBranch }) => [timeoutBranch ? 'notReplied' : 'replied'],
  longestWait: ({ timeout }) => durationMillis(timeout),
  needsWindow: ({ reminders = [] }) =>
    reminders.flatMap(({ after, message }, i) =>
      message.type === 'template' ? [] : [{ pointer: `/reminders/${i}/message`, after: durationMillis(after) }],
    ),
  sets: ({ saveAs }) => (saveAs === undefined ? [] : [saveAs]),
  check: problemsIn,
  enter(scope) {
    const remindAt = ladder(scope.params).map(({ after }) => scope.after(after));
    return waitOn(scope, { endsAt: scope.after(scope.params.timeout), remindAt, reminded: 0 });
  },
  resume(scope, event) {
    // The engine gives back what `enter` has put there.
    const memory = scope.memory as Memory;
    return event.type === 'message' ? answered(scope, memory) : timedOut(scope, memory);
  },
};

function answered(scope: NodeScope<WaitParams>, memory: Memory): NodeOutcome {
  const { accept, saveAs } = scope.params;
  const message = scope.lastMessage;
  if (message && accept && !accept.includes(message.type) && !(message.type === 'choice' && accept.includes('text'))) {
    const words = refusal(scope);
    return { effects: words ? [{ kind: 'send', message: words }] : [], ...waitOn(scope, memory) };
  }
  return { ...(saveAs === undefined ? {} : { set: { [saveAs]: message ? answerOf(message) : '' } }), then: { exit: 'replied' } };
}

/** What is said to an answer that is none. */
function refusal(scope: NodeScope<WaitParams>): OutboundMessage | undefined {
  const text = scope.text(scope.params.notAccepted ?? '');
  return text === '' ? undefined : { type: 'text', text };
}

function timedOut(scope: NodeScope<WaitParams>, memory: Memory): NodeOutcome {
  const { timeoutBranch, saveAs } = scope.params;
  if (scope.now < memory.endsAt) {
    // After a pause of the host several may be due; one is enough.
    const reminded = memory.remindAt.filter((at) => at <= scope.now).length;
    const reminder = reminded > memory.reminded ? ladder(scope.params)[reminded - 1] : undefined;
    const message = reminder && fillMessage(reminder.message, scope);
    return { effects: message ? [{ kind: 'send', message }] : [], ...waitOn(scope, { ...memory, reminded }) };
  }
  if (timeoutBranch) return { then: { exit: 'notReplied' } };
  return { ...(saveAs === undefined ? {} : { set: { [saveAs]: '' } }), then: { exit: 'replied' } };
}

/** The reminders, the first to be sent first. */
function ladder({ reminders = [] }: WaitParams): NonNullable<WaitParams['reminders']> {
  return [...reminders].sort((a, b) => durationMillis(a.after) - durationMillis(b.after));
}

function waitOn({ params: { platform } }: NodeScope<WaitParams>, { endsAt, remindAt, reminded }: Memory): NodeOutcome {
  const remind = remindAt[reminded];
  const until = remind !== undefined && remind < endsAt ? remind : endsAt;
  return { memory: { endsAt, remindAt, reminded }, then: { wait: { for: 'message', until, ...(platform === 'any' ? {} : { platform }) } } };
}

/** What is saved of an answer: its words where it has some, else what it holds. */
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
