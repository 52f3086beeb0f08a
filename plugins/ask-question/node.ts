import type {
  EffectBody,
  InboundMessage,
  Json,
  NodeOutcome,
  NodeScope,
  NodeType,
  OutboundContent,
  OutboundMessage,
} from '../../src/contract/index.js';
import { member } from '../../src/contract/json/json-members.js';
import {
  type AnswerWait,
  dueReminder,
  longestAnswerWait,
  newAnswerWait,
  remindersInWindow,
  waitForAnswer,
} from '../../src/nodes/answer-wait.js';
import { foldWords } from '../../src/text/fold.js';
import { shapeOfAnswer } from './answer-shape.js';
import { problemsIn } from './check.js';
import { params, type QuestionParams } from './params.js';
import { lacksChoices, questionOf } from './question.js';
import { type GivenAnswer, readAnswer } from './read-answer.js';

/** The wait, and what has come of it. */
type Memory = AnswerWait & {
  /** How many answers were invalid. */
  readonly tried: number;
  /** Whether the question was sent: the first message may be the answer to it. */
  readonly asked: boolean;
  /** The titles that were shown, of a question with several answers: the language of the contact may change before they write some. */
  readonly shown?: readonly string[];
};
type QuestionScope = NodeScope<QuestionParams, Memory>;
type Outcome = NodeOutcome<Memory>;

/** Asks a question, and waits until it is answered. */
export const node: NodeType<QuestionParams, Memory> = {
  type: 'ask-question',
  version: 1,
  title: 'Ask a question',
  sentence: 'Asks the person, checks the answer and saves it with its type.',
  words: ['question', 'answer', 'input', 'form', 'buttons', 'choices', 'menu', 'validate', 'number', 'date', 'e-mail', 'phone'],
  icon: 'help',
  group: 'messaging',
  params,
  blank: { message: { type: 'text', text: '' }, answer: { type: 'text' }, saveAs: 'answer' },
  summary: ['/message', '/answer/type', '/saveAs'],
  ports: [
    {
      each: '/message/choices',
      name: '/id',
      title: '/title',
      where: [{ pointer: '/branchByChoice' }, { pointer: '/answer/type', is: ['choice'] }],
      optional: true,
    },
    { name: 'answered', title: 'Answered' },
    { name: 'invalid', title: 'Invalid', kind: 'failure' },
    { name: 'notReplied', title: 'Not replied', kind: 'time', when: '/timeoutBranch' },
  ],
  waitsFor: () => 'message',
  notAccepted: invalidMessage,
  timeoutPorts: ({ timeoutBranch }) => [timeoutBranch ? 'notReplied' : 'invalid'],
  longestWait: (params, port) => (port === 'invalid' || port === 'notReplied' ? longestAnswerWait(params) : 0),
  needsWindow: (params) => [
    ...(params.message === undefined || params.message.type === 'template' ? [] : [{ pointer: '/message' }]),
    ...remindersInWindow(params),
  ],
  sets: ({ saveAs }) => (saveAs === undefined ? [] : [saveAs]),
  // With a branch of its own for silence, `invalid` means answers that cannot be read: then the default is saved.
  setsOn: ({ saveAs, timeoutBranch, default: value = null }, port) =>
    port === 'invalid' && saveAs !== undefined && timeoutBranch && value !== null ? [saveAs] : undefined,
  setTypes: ({ saveAs, answer }) => (saveAs === undefined ? {} : { [saveAs]: shapeOfAnswer(answer.type) }),
  check: problemsIn,
  enter,
  on: { message: answered, timeout: timedOut },
};

function enter(scope: QuestionScope): Outcome {
  const memory = begin(scope);
  if (scope.params.takeFirst && scope.firstMessage) return waitForAnswer({ ...memory, asked: false }, { takesFirst: true });
  // A date that has passed.
  return memory.endsAt <= scope.now ? leaveUnanswered(scope) : ask(scope, memory);
}

function begin(scope: QuestionScope): Memory {
  return { ...newAnswerWait(scope), tried: 0, asked: true };
}

function ask(scope: QuestionScope, memory: Memory): Outcome {
  const question = questionOf(scope);
  if (question && lacksChoices(scope, question)) return leave(scope, 'invalid', defaultOf(scope));
  return waitForAnswer({ ...memory, ...shownIn(scope, question) }, question ? { effects: [send(question)] } : {});
}

function shownIn({ params: { answer } }: QuestionScope, question: OutboundContent | undefined): Pick<Memory, 'shown'> {
  const choices = answer.type === 'choices' && question && 'choices' in question ? question.choices : undefined;
  return choices ? { shown: choices.map(({ title }) => title) } : {};
}

function answered(scope: QuestionScope, message: InboundMessage): Outcome {
  const memory = scope.memory ?? begin(scope);
  if (isSkipped(scope, message)) return leave(scope, 'answered', defaultOf(scope));
  const answer = readAnswer(scope, message, memory.shown);
  if (answer) return leave(scope, portOf(scope, answer), answer.value);
  return memory.asked ? refuse(scope, { ...memory, tried: memory.tried + 1 }) : ask(scope, { ...memory, asked: true });
}

/** Lets the person try again, or leaves the node if that was the last try. */
function refuse(scope: QuestionScope, memory: Memory): Outcome {
  const { tries } = scope.params;
  if (tries !== 'unlimited' && memory.tried >= tries) return leave(scope, 'invalid', defaultOf(scope));
  const words = invalidMessage(scope);
  return words ? waitForAnswer(memory, { effects: [send(words)] }) : ask(scope, memory);
}

function invalidMessage(scope: NodeScope<QuestionParams, Memory>): OutboundMessage | undefined {
  const text = scope.text(scope.params.invalidMessage ?? '');
  return text === '' ? undefined : { type: 'text', text };
}

/** Sends the next reminder, or leaves the node if its time is up. */
function timedOut(scope: QuestionScope): Outcome {
  const wait = scope.memory ?? begin(scope);
  if (scope.now >= wait.endsAt) return leaveUnanswered(scope);
  const { memory, effects } = dueReminder(scope, wait);
  return waitForAnswer(memory, { effects });
}

function leaveUnanswered(scope: QuestionScope): Outcome {
  return leave(scope, scope.params.timeoutBranch ? 'notReplied' : 'invalid', null);
}

function leave({ params: { saveAs } }: QuestionScope, exit: string, value: Json): Outcome {
  return { ...(saveAs === undefined ? {} : { set: { [saveAs]: value } }), then: { exit } };
}

function defaultOf(scope: QuestionScope): Json {
  return scope.value(scope.params.default);
}

function isSkipped(scope: QuestionScope, { type, text }: InboundMessage): boolean {
  const { skipWords = [] } = scope.params;
  if (skipWords.length === 0 || (type !== 'text' && type !== 'choice')) return false;
  const words = foldWords(text);
  return words !== '' && skipWords.some((one) => foldWords(scope.text(one)) === words);
}

/** Returns the port of the choice, or `answered` if the choice has no port or only `answered` leads on. */
function portOf(scope: QuestionScope, { choice }: GivenAnswer): string {
  const { branchByChoice, answer, message } = scope.params;
  if (!branchByChoice || answer.type !== 'choice' || choice === undefined) return 'answered';
  const drawn = message?.['choices'];
  const isDrawn = Array.isArray(drawn) && drawn.some((one: Json) => member(one, 'id') === choice);
  return isDrawn && (scope.linked(choice) || !scope.linked('answered')) ? choice : 'answered';
}

function send(message: OutboundMessage): EffectBody {
  return { kind: 'send', message };
}
