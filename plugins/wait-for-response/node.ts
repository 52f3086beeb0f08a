import type { FlowEvent, InboundMessage, IsoTime, Json, NodeOutcome, NodeScope, NodeType } from '../../src/contract/index.js';
import { fillMessage } from '../../src/params/message.js';
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
  ports: ({ timeoutBranch }) => ['replied', ...(timeoutBranch ? ['notReplied'] : [])],
  waitsFor: () => 'message',
  sets: ({ saveAs }) => (saveAs === undefined ? [] : [saveAs]),
  enter(scope) {
    const { timeout, reminders = [] } = scope.params;
    return waitOn(scope, { endsAt: scope.after(timeout), remindAt: reminders.map(({ after }) => scope.after(after)), reminded: 0 });
  },
  resume(scope, event) {
    // The engine gives back what `enter` has put there.
    const memory = scope.memory as Memory;
    return event.type === 'message' ? answered(scope, memory) : timedOut(scope, { event, memory });
  },
};

function answered(scope: NodeScope<WaitParams>, memory: Memory): NodeOutcome {
  const { accept, notAccepted, saveAs } = scope.params;
  const message = scope.lastMessage;
  if (message && accept && !accept.includes(message.type) && !(message.type === 'choice' && accept.includes('text'))) {
    const said = notAccepted === undefined ? '' : scope.text(notAccepted);
    const effects = said === '' ? [] : [{ kind: 'send' as const, message: { type: 'text' as const, text: said } }];
    return { effects, ...waitOn(scope, memory) };
  }
  return { ...(saveAs === undefined ? {} : { set: { [saveAs]: message ? answerOf(message) : '' } }), then: { exit: 'replied' } };
}

function timedOut(scope: NodeScope<WaitParams>, { memory }: { readonly event: FlowEvent; readonly memory: Memory }): NodeOutcome {
  const { reminders = [], timeoutBranch, saveAs } = scope.params;
  const reminder = reminders[memory.reminded];
  if (reminder && scope.now < memory.endsAt) {
    const message = fillMessage(reminder.message, scope);
    return { effects: message ? [{ kind: 'send', message }] : [], ...waitOn(scope, { ...memory, reminded: memory.reminded + 1 }) };
  }
  if (timeoutBranch) return { then: { exit: 'notReplied' } };
  return { ...(saveAs === undefined ? {} : { set: { [saveAs]: '' } }), then: { exit: 'replied' } };
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
  if (latitude !== undefined && longitude !== undefined) return { latitude, longitude };
  if (contact !== undefined) return contact;
  if (form !== undefined) return form;
  if (emoji !== undefined) return emoji;
  const parts = Object.entries({ type, text, mediaUrl, mediaId, mimeType, fileName }).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  return Object.fromEntries(parts);
}
