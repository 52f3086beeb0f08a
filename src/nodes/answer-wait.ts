import Joi from 'joi';
import {
  type CheckScope,
  type Duration,
  durationMillis,
  type EffectBody,
  type InboundMessage,
  type IsoTime,
  type Json,
  type NodeOutcome,
  type NodeProblem,
  type NodeScope,
  type Platform,
} from '../contract/index.js';
import { duration } from '../params/duration.js';
import { closed, described } from '../params/fields.js';
import { anyMessageParams, fillMessage, type MessageParams } from '../params/message.js';
import { checkOnPlatforms } from '../params/message-limits.js';
import { checkUntil, momentOf, type Until, until } from '../params/until.js';

// What nodes that wait for an answer share: how long they wait, what they say meanwhile, and what an answer may be.

/** The params of the wait. */
export interface AnswerWaitParams {
  readonly timeout?: Duration;
  readonly until?: Until;
  readonly timeoutBranch: boolean;
  readonly takeFirst?: boolean;
  readonly reminders?: readonly { readonly after: Duration; readonly message: MessageParams }[];
}

/** When the wait ends, and which reminders have been sent. */
export type AnswerWait = {
  readonly endsAt: IsoTime;
  readonly remindAt: readonly IsoTime[];
  readonly reminded: number;
};

type WaitScope<M extends Json> = NodeScope<AnswerWaitParams, M>;

/** A message that is sent after it is still within the 24-hour window of WhatsApp. */
const DEFAULT_TIMEOUT: Duration = { value: 23, unit: 'hours' };

/** The schemas of `AnswerWaitParams`. `otherwise` says how the node is left if nobody answers and there is no port for it. */
export function answerWaitFields(otherwise: string): Readonly<Record<keyof AnswerWaitParams, Joi.Schema>> {
  return {
    timeout: duration(
      'Waiting time',
      'At most 30 days; 23 hours by default, so that a message sent after it is still within the 24-hour window of WhatsApp.',
    ),
    until: until('Until', 'The earlier of this moment and the waiting time counts. Without a waiting time, this moment alone.').meta({
      more: true,
    }),
    timeoutBranch: described(Joi.boolean().default(false), 'Way out for no answer', `Adds "Not replied"; otherwise ${otherwise}.`),
    takeFirst: described(
      Joi.boolean(),
      'Take the first message',
      'If nothing else has waited for a message, the message that started the flow is the answer.',
    ).meta({ more: true }),
    reminders: described(
      Joi.array()
        .items(
          closed({
            after: duration('After', 'Counted from the beginning of the wait.').required(),
            message: anyMessageParams().required(),
          }).label('Reminder'),
        )
        .max(10),
      'Reminders',
      'Sent while nobody answers.',
    ).meta({ more: true }),
  };
}

/** Returns the wait of a node that a run has just reached. */
export function newAnswerWait(scope: WaitScope<Json>): AnswerWait {
  const { timeout, until } = scope.params;
  const moment = until && momentOf(until, scope);
  const timed = timeout || !moment ? scope.after(timeout ?? DEFAULT_TIMEOUT) : moment;
  const endsAt = moment !== undefined && moment < timed ? moment : timed;
  return { endsAt, remindAt: inOrder(scope.params).map(({ after }) => scope.after(after)), reminded: 0 };
}

/** How a node waits for a message. */
export interface WaitingFor {
  readonly platform?: Platform | undefined;
  readonly takesFirst?: boolean;
  readonly effects?: readonly EffectBody[];
}

/** Waits for a message until the next reminder, or until the end. */
export function waitForAnswer<M extends AnswerWait>(memory: M, { platform, takesFirst, effects }: WaitingFor = {}): NodeOutcome<M> {
  const { endsAt, remindAt, reminded } = memory;
  const remind = remindAt[reminded];
  const until = remind !== undefined && remind < endsAt ? remind : endsAt;
  return {
    ...(effects ? { effects } : {}),
    memory,
    then: { wait: { for: 'message', until, ...(platform ? { platform } : {}), ...(takesFirst ? { takesFirst: true } : {}) } },
  };
}

/** Returns the reminder that is due, if any, and the wait with it counted. After the host was away several may be due; the last one is sent. */
export function dueReminder<M extends AnswerWait>(
  scope: WaitScope<M>,
  memory: M,
): { readonly memory: M; readonly effects: readonly EffectBody[] } {
  const reminded = memory.remindAt.filter((at) => at <= scope.now).length;
  const reminder = reminded > memory.reminded ? inOrder(scope.params)[reminded - 1] : undefined;
  const message = reminder && fillMessage(reminder.message, scope);
  return { memory: { ...memory, reminded }, effects: message ? [{ kind: 'send', message }] : [] };
}

/** Returns the reminders in the order in which they are sent. */
function inOrder({ reminders = [] }: AnswerWaitParams): NonNullable<AnswerWaitParams['reminders']> {
  return [...reminders].sort((a, b) => durationMillis(a.after) - durationMillis(b.after));
}

/** The longest wait for a time of day, in milliseconds. */
const A_DAY = 86_400_000 - 1;

/** Returns the longest time that the wait can last, in milliseconds. */
export function longestAnswerWait({ timeout, until }: AnswerWaitParams): number {
  const timed = timeout || !until ? durationMillis(timeout ?? DEFAULT_TIMEOUT) : Number.POSITIVE_INFINITY;
  return until && 'time' in until ? Math.min(timed, A_DAY) : timed;
}

/** Returns the reminders that a closed 24-hour window would skip, and when they are sent. */
export function remindersInWindow({ reminders = [] }: AnswerWaitParams): readonly { readonly pointer: string; readonly after: number }[] {
  return reminders.flatMap(({ after, message }, i) =>
    message.type === 'template' ? [] : [{ pointer: `/reminders/${i}/message`, after: durationMillis(after) }],
  );
}

/** Returns problems of a wait for an answer that its schema cannot find. */
export function problemsOfAnswerWait(params: AnswerWaitParams, world: CheckScope): readonly NodeProblem[] {
  const { reminders = [], until } = params;
  const longest = longestAnswerWait(params);
  return [
    ...checkUntil(until, '/until', world),
    ...reminders.flatMap(({ message }, i) => checkOnPlatforms(message, `/reminders/${i}/message`, world)),
    ...reminders.flatMap(({ after }, i): readonly NodeProblem[] => {
      if (durationMillis(after) < longest) return [];
      const hint = 'Send it earlier, or increase "timeout".';
      return [
        {
          pointer: `/reminders/${i}/after`,
          code: 'wait/late-reminder',
          message: 'the wait ends before this reminder, so it is never sent',
          hint,
          severity: 'warning',
        },
      ];
    }),
  ];
}

/** Returns what is saved of an answer: its text, or what it holds instead of one. */
export function valueOfAnswer(message: InboundMessage): Json {
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
