import {
  durationMillis,
  type IsoTime,
  type MessageReceipt,
  type NodeFailure,
  type NodeOutcome,
  type NodeScope,
  type NodeType,
  type Platform,
  type PortRule,
  type SendRequest,
  type TemplateMessage,
} from '../contract/index.js';
import { fillMessage } from '../params/message.js';
import { problemsOfSend } from './check-send.js';
import { type SendParams, sendParams } from './send-params.js';

/** How far the message has come. */
type Progress = {
  /** What the node waits for. */
  readonly stage: 'sent' | 'delivered' | 'read';
  readonly messageId: string | null;
  /** When the wait ends; null while the provider's answer is awaited, which always comes. */
  readonly until: IsoTime | null;
  readonly readUntil: IsoTime | null;
};
type SendScope = NodeScope<SendParams, Progress>;
type Outcome = NodeOutcome<Progress>;

/** What tells nodes that send apart. */
export interface SendingNode extends Pick<NodeType, 'type' | 'title' | 'sentence' | 'icon'> {
  readonly platforms: readonly Platform[];
}

/**
 * Returns the node type that sends a message on one platform. With several platforms it sends on that of the run; then a message can be
 * what all of them can show.
 *
 * @example
 * sendNode({ type: 'send-on-viber', title: 'Send on Viber', sentence: 'Sends a message on Viber.', platforms: ['viber'] })
 */
export function sendNode({ platforms, ...about }: SendingNode): NodeType<SendParams, Progress> {
  const hasWindow = platforms.includes('whatsapp');
  return {
    ...about,
    version: 1,
    words: ['reply', 'text', 'picture', 'file', 'buttons', 'list', 'choices', 'question'],
    group: 'messaging',
    params: sendParams(platforms, hasWindow),
    blank: { message: { type: 'text', text: '' } },
    summary: ['/message'],
    ports: portRules(hasWindow),
    sets: ({ saveAs }) => (saveAs === undefined ? [] : [saveAs]),
    setTypes: ({ saveAs }) => (saveAs === undefined ? {} : { [saveAs]: { members: { messageId: 'text' } } }),
    setsOn: ({ saveAs }, port) => (saveAs !== undefined && (port === 'notDelivered' || port === 'notRead') ? [saveAs] : undefined),
    waitsFor: ({ notDelivered, notRead }) => (notDelivered || notRead ? 'other' : undefined),
    longestWait: ({ notDelivered, notRead }) => Math.max(0, ...[notDelivered, notRead].map((one) => (one ? durationMillis(one.after) : 0))),
    needsWindow({ action, message, ifWindowClosed }, linked) {
      const isDecided = ifWindowClosed !== undefined && ifWindowClosed.then !== 'port';
      const hasWayOut = isDecided || linked('windowClosed') || linked('failed');
      return !hasWindow || action === 'send' || message.type === 'template' || hasWayOut ? [] : [{ pointer: '/message' }];
    },
    check: (params, world) => problemsOfSend(params, platforms, world),
    enter: (scope) => send(scope, platforms),
    on: { receipt, timeout, failed },
  };
}

function portRules(hasWindow: boolean): readonly PortRule[] {
  return [
    { name: 'next', title: 'Next' },
    { name: 'failed', title: 'Failed', kind: 'failure' },
    ...(hasWindow ? [{ name: 'windowClosed', title: 'Window closed', kind: 'failure' } as const] : []),
    { name: 'notDelivered', title: 'Not delivered', kind: 'time', when: '/notDelivered' },
    { name: 'notRead', title: 'Not read', kind: 'time', when: '/notRead' },
  ];
}

function send(scope: SendScope, platforms: readonly Platform[]): Outcome {
  const { params } = scope;
  const message = fillMessage(params.message, scope);
  if (!message) return failed(scope, { code: 'send/nothing-to-send', reason: 'the message came out empty' });
  const template = templateInstead(scope);
  const effect: SendRequest = {
    kind: 'send',
    message: params.replyToLast && scope.lastMessage ? { replyTo: scope.lastMessage.id, ...message } : message,
    ...(params.action === 'send' ? { to: addressOf(scope) } : { on: platforms }),
    ...(template ? { ifWindowClosed: template } : {}),
  };
  return { effects: [effect], ...firstWait(scope) };
}

/** Returns the template that is sent if the window is closed. */
function templateInstead(scope: SendScope): TemplateMessage | undefined {
  const { then, template } = scope.params.ifWindowClosed ?? {};
  const filled = then === 'template' && template ? fillMessage(template, scope) : undefined;
  return filled?.type === 'template' ? filled : undefined;
}

function addressOf(scope: SendScope): NonNullable<SendRequest['to']> {
  const { channel = '', to = '' } = scope.params;
  return { channel: scope.text(channel), address: scope.text(to) };
}

/** Waits for as much as a port depends on; goes on at once if no port does. */
function firstWait(scope: SendScope): Outcome {
  const { notDelivered, notRead } = scope.params;
  const readUntil = notRead ? scope.after(notRead.after) : null;
  const begun = { messageId: null, readUntil };
  if (notDelivered) return waitFor({ ...begun, stage: 'delivered', until: scope.after(notDelivered.after) });
  if (readUntil !== null) return waitFor({ ...begun, stage: 'read', until: readUntil });
  if (scope.linked('failed') || scope.linked('windowClosed')) return waitFor({ ...begun, stage: 'sent', until: null });
  return { then: { exit: 'next' }, ...saved(scope, null) };
}

const REACHED = { sent: 0, delivered: 1, read: 2 } as const;

/** Waits on until the message has come as far as it should. */
function receipt(scope: SendScope, { status, messageId: newId }: MessageReceipt): Outcome {
  const { params, memory } = scope;
  const messageId = newId ?? memory?.messageId ?? null;
  if (memory && REACHED[status] < REACHED[memory.stage]) return waitFor({ ...memory, messageId });
  const isReadNext = memory?.stage === 'delivered' && params.notRead !== undefined && status !== 'read';
  if (isReadNext) return waitFor({ ...memory, stage: 'read', messageId, until: memory.readUntil });
  return { then: { exit: 'next' }, ...saved(scope, messageId) };
}

function timeout(scope: SendScope): Outcome {
  const { stage, messageId = null } = scope.memory ?? {};
  return { ...saved(scope, messageId), then: { exit: stage === 'read' ? 'notRead' : 'notDelivered' } };
}

/** Leaves by the port for the failure if it has an edge. If not, the failure is only recorded, and the flow goes on. */
function failed(scope: SendScope, { kind, code, reason }: NodeFailure): Outcome {
  const mayBeSkipped = scope.params.ifWindowClosed?.then === 'skip';
  const ports = kind !== 'window-closed' ? ['failed'] : mayBeSkipped ? [] : ['windowClosed', 'failed'];
  const exit = ports.find((port) => scope.linked(port)) ?? 'next';
  return { ...saved(scope, null), then: { exit, ...(exit === 'failed' ? { why: { code, reason } } : {}) } };
}

function waitFor({ stage, messageId, until, readUntil }: Progress): Outcome {
  return {
    memory: { stage, messageId, until, readUntil },
    then: { wait: { for: stage, ...(until === null ? {} : { until }) } },
  };
}

function saved({ params }: SendScope, messageId: string | null): Pick<Outcome, 'set'> {
  return params.saveAs === undefined ? {} : { set: { [params.saveAs]: { messageId } } };
}
