import Joi from 'joi';
import {
  type Duration,
  durationMillis,
  type FlowEvent,
  type IsoTime,
  type NodeOutcome,
  type NodeProblem,
  type NodeScope,
  type NodeType,
  type Platform,
  type SendFailure,
  type SendRequest,
  type TemplateMessage,
} from '../contract/index.js';
import { duration } from '../params/duration.js';
import { closed, described, text, variable } from '../params/fields.js';
import { fillMessage, type MessageParams, messageParams, templateParams } from '../params/message.js';
import { checkMessage } from '../params/message-limits.js';

/** The settings of a node that sends a message. */
export interface SendParams {
  readonly action: 'reply' | 'send';
  readonly channel?: string;
  readonly to?: string;
  readonly message: MessageParams;
  readonly replyToLast?: boolean;
  readonly ifWindowClosed?: { readonly then: 'port' | 'skip' | 'template'; readonly template?: MessageParams };
  readonly notDelivered?: { readonly after: Duration };
  readonly notRead?: { readonly after: Duration };
  readonly saveAs?: string;
}

/** How far the node has come with its message. */
type Progress = {
  readonly stage: 'sent' | 'delivered' | 'read';
  readonly messageId: string | null;
  /** When the stage's own time is up; null where the provider's answer is awaited, which always comes. */
  readonly until: IsoTime | null;
  readonly readUntil: IsoTime | null;
};

/**
 * The node type that sends on one platform, or, with several, on that of the run; sending is the same on each but for what can be
 * shown.
 */
export function sendNode({
  type,
  title,
  platforms,
}: {
  readonly type: string;
  readonly title: string;
  readonly platforms: readonly Platform[];
}): NodeType<SendParams> {
  const hasWindow = platforms.includes('whatsapp');
  return {
    type,
    version: 1,
    title,
    group: 'messaging',
    params: closed<SendParams>({
      action: described(
        Joi.string().valid('reply', 'send').default('reply'),
        'Action',
        'reply: to the contact of the run; send: from a channel to an address.',
      ),
      channel: text('From', 'The id of the channel that sends.')
        .meta({ holds: 'channel' })
        .when('action', { is: 'send', then: Joi.required(), otherwise: Joi.forbidden() }),
      to: text('To', 'The phone number or user id that gets it; "group:<id>" for a group chat.').when('action', {
        is: 'send',
        then: Joi.required(),
        otherwise: Joi.forbidden(),
      }),
      message: messageParams(platforms).required(),
      replyToLast: described(Joi.boolean(), 'Quote the last message', 'Shows what it answers, where the channel can.'),
      ...(hasWindow
        ? {
            ifWindowClosed: closed({
              then: described(
                Joi.string().valid('port', 'skip', 'template').required(),
                'Then',
                'Leave by windowClosed, go on without sending, or send a template instead.',
              ),
              template: templateParams.when('then', { is: 'template', then: Joi.required(), otherwise: Joi.forbidden() }).label('Template'),
            })
              .label('If the 24-hour window is closed')
              .description('Meta takes nothing but templates 24 hours after the last message of the person.'),
          }
        : {}),
      notDelivered: described(
        closed({ after: duration('After', 'Counted from the sending.').required() }),
        'If not delivered',
        'Waits for the receipt, and leaves by notDelivered when none came in time.',
      ),
      notRead: described(
        closed({ after: duration('After', 'Counted from the sending.').required() }),
        'If not read',
        'Waits for the receipt, and leaves by notRead when none came in time.',
      ),
      saveAs: variable('Save as', 'Keeps { messageId }; null where the node did not wait for an answer of the provider.'),
    }),
    ports: [
      { name: 'next' },
      { name: 'failed', kind: 'failure' },
      ...(hasWindow ? [{ name: 'windowClosed', kind: 'failure' } as const] : []),
      { name: 'notDelivered', kind: 'time', when: '/notDelivered' },
      { name: 'notRead', kind: 'time', when: '/notRead' },
    ],
    sets: (params) => (params.saveAs === undefined ? [] : [params.saveAs]),
    waitsFor: (params) => (params.notDelivered || params.notRead ? 'other' : undefined),
    longestWait: ({ notDelivered, notRead }) => Math.max(0, ...[notDelivered, notRead].map((one) => (one ? durationMillis(one.after) : 0))),
    needsWindow({ action, message, ifWindowClosed }, linked) {
      const isDecided = ifWindowClosed !== undefined && ifWindowClosed.then !== 'port';
      const hasWayOut = isDecided || linked('windowClosed') || linked('failed');
      return !hasWindow || action === 'send' || message.type === 'template' || hasWayOut ? [] : [{ pointer: '/message' }];
    },
    check(params, world) {
      // A node for one platform sends there whatever the triggers say; one for all sends where the flow is.
      const shownOn = platforms.length === 1 || world.platforms.length === 0 ? platforms : world.platforms;
      const problems = shownOn.flatMap((platform) => {
        const limits = world.limits(platform);
        return limits && params.message ? checkMessage(params.message, limits) : [];
      });
      const seen = new Set<string>();
      const once = problems.filter(({ pointer, code }) => !seen.has(`${pointer} ${code}`) && seen.add(`${pointer} ${code}`));
      return [...once.map((one) => ({ ...one, pointer: `/message${one.pointer}` })), ...misplaced(params, platforms, world.platforms)];
    },
    enter: (scope) => enterSend(scope, platforms),
    resume: resumeSend,
  };
}

/** A reply on a platform that none of the triggers is on. */
function misplaced({ action }: SendParams, platforms: readonly Platform[], of: readonly Platform[]): readonly NodeProblem[] {
  if (of.length === 0 || action === 'send' || platforms.some((platform) => of.includes(platform))) return [];
  return [
    {
      // `action` may have been left out.
      pointer: '',
      code: 'node/other-platform',
      message: `the flow's triggers are never on ${platforms.join(' or ')}`,
      hint: `Use a node that sends on ${of.join(' or ')}, or a trigger on ${platforms.join(' or ')}.`,
      severity: 'warning',
    },
  ];
}

function enterSend(scope: NodeScope<SendParams>, platforms: readonly Platform[]): NodeOutcome {
  const { params } = scope;
  const message = fillMessage(params.message, scope);
  if (!message) return leaveUnsent(scope, { code: 'send/nothing-to-send', message: 'the message came out empty' });
  const request = instead(scope);
  const effect: SendRequest = {
    kind: 'send',
    message: params.replyToLast && scope.lastMessage ? { ...message, replyTo: scope.lastMessage.id } : message,
    ...(params.action === 'send' ? { to: addressOf(scope) } : { on: platforms }),
    ...(request ? { ifWindowClosed: request } : {}),
  };
  return { effects: [effect], ...heardOf(scope) };
}

/** The template for a closed window. */
function instead(scope: NodeScope<SendParams>): TemplateMessage | undefined {
  const { then, template } = scope.params.ifWindowClosed ?? {};
  const filled = then === 'template' && template ? fillMessage(template, scope) : undefined;
  return filled?.type === 'template' ? filled : undefined;
}

function addressOf(scope: NodeScope<SendParams>): NonNullable<SendRequest['to']> {
  const { channel = '', to = '' } = scope.params;
  return { channel: scope.text(channel), address: scope.text(to) };
}

/** What is waited for after the sending, where a way out depends on it. */
function heardOf(scope: NodeScope<SendParams>): Pick<NodeOutcome, 'memory' | 'set' | 'then'> {
  const { notDelivered, notRead } = scope.params;
  const readUntil = notRead ? scope.after(notRead.after) : null;
  const begun = { messageId: null, readUntil };
  if (notDelivered) return waitFor({ ...begun, stage: 'delivered', until: scope.after(notDelivered.after) });
  if (readUntil !== null) return waitFor({ ...begun, stage: 'read', until: readUntil });
  if (scope.linked('failed') || scope.linked('windowClosed')) return waitFor({ ...begun, stage: 'sent', until: null });
  return { ...saved(scope, null), then: { exit: 'next' } };
}

function resumeSend(scope: NodeScope<SendParams>, event: FlowEvent): NodeOutcome {
  const progress = scope.memory as Progress | null;
  const { notRead } = scope.params;
  if (!progress) return { then: { exit: 'next' } };
  if (event.type === 'timeout')
    return { ...saved(scope, progress.messageId), then: { exit: progress.stage === 'read' ? 'notRead' : 'notDelivered' } };
  if (event.type !== 'receipt') return { then: { exit: 'next' } };
  if (event.status === 'failed') return leaveUnsent(scope, event.error);
  const messageId = event.messageId ?? progress.messageId;
  const reached = { sent: 0, delivered: 1, read: 2 };
  if (reached[event.status] < reached[progress.stage]) return waitFor({ ...progress, messageId });
  // Delivered, and now it may be read.
  if (progress.stage === 'delivered' && notRead && event.status !== 'read')
    return waitFor({ ...progress, stage: 'read', messageId, until: progress.readUntil });
  return { ...saved(scope, messageId), then: { exit: 'next' } };
}

function waitFor(progress: Progress): Pick<NodeOutcome, 'memory' | 'then'> {
  const { stage, messageId, until, readUntil } = progress;
  return {
    memory: { stage, messageId, until, readUntil },
    then: { wait: { for: stage, ...(until === null ? {} : { until }) } },
  };
}

function saved({ params }: NodeScope<SendParams>, messageId: string | null): Pick<NodeOutcome, 'set'> {
  return params.saveAs === undefined ? {} : { set: { [params.saveAs]: { messageId } } };
}

type Unsent = Partial<Pick<SendFailure, 'kind' | 'code' | 'message'>>;

/** Without an edge no port is a way out: what was not sent is recorded, and the flow goes on. */
function leaveUnsent(scope: NodeScope<SendParams>, { kind, code = 'send/failed', message: reason = '' }: Unsent = {}): NodeOutcome {
  const isSkipWished = scope.params.ifWindowClosed?.then === 'skip';
  const ports = kind !== 'window-closed' ? ['failed'] : isSkipWished ? [] : ['windowClosed', 'failed'];
  const exit = ports.find((port) => scope.linked(port)) ?? 'next';
  return { ...saved(scope, null), then: { exit, ...(exit === 'failed' ? { why: { code, reason } } : {}) } };
}
