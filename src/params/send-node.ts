import Joi from 'joi';
import type {
  Duration,
  EffectBody,
  FlowEvent,
  IsoTime,
  NodeOutcome,
  NodeProblem,
  NodeScope,
  NodeType,
  OutboundMessage,
  Platform,
  Reach,
} from '../contract/index.js';
import { duration } from './duration.js';
import { closed, described, text, variable } from './fields.js';
import { fillMessage, type MessageParams, messageParams, templateParams } from './message.js';
import { checkMessage } from './message-limits.js';

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
      to: text('To', 'The phone number or user id that gets it.').when('action', {
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
    ports: (params) => [
      'next',
      'failed',
      ...(hasWindow ? ['windowClosed'] : []),
      ...(params.notDelivered ? ['notDelivered'] : []),
      ...(params.notRead ? ['notRead'] : []),
    ],
    sets: (params) => (params.saveAs === undefined ? [] : [params.saveAs]),
    waitsFor: (params) => (params.notDelivered || params.notRead ? 'other' : undefined),
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
  const target = targetOf(scope, platforms);
  if (!target) return leaveFailed(scope, 'send/no-address', `the contact has no address on ${platforms.join(' or ')}`);
  const message = fillMessage(params.message, scope);
  if (!message) return leaveFailed(scope, 'send/nothing-to-send', 'the message came out empty');
  const quoted = params.replyToLast && scope.lastMessage?.channel === target.channel ? { replyTo: scope.lastMessage.id } : {};
  if (message.type === 'template' || !isWindowClosed(target.reach, scope.now)) return send(scope, target, { ...message, ...quoted });
  const { then, template } = params.ifWindowClosed ?? { then: 'port' };
  if (then === 'skip') {
    scope.warn('send/window-closed', 'the 24-hour window is closed; the message was skipped');
    return { then: { exit: 'next' } };
  }
  const instead = then === 'template' && template ? fillMessage(template, scope) : undefined;
  return instead ? send(scope, target, instead) : leaveWindowClosed(scope);
}

function resumeSend(scope: NodeScope<SendParams>, event: FlowEvent): NodeOutcome {
  const progress = scope.memory as Progress | null;
  const { notRead } = scope.params;
  if (!progress) return { then: { exit: 'next' } };
  if (event.type === 'timeout')
    return { ...saved(scope, progress.messageId), then: { exit: progress.stage === 'read' ? 'notRead' : 'notDelivered' } };
  if (event.type !== 'receipt') return { then: { exit: 'next' } };
  if (event.status === 'failed') {
    return event.error?.kind === 'window-closed'
      ? leaveWindowClosed(scope)
      : leaveFailed(scope, event.error?.code ?? 'send/failed', event.error?.message ?? '');
  }
  const messageId = event.messageId ?? progress.messageId;
  const reached = { sent: 0, delivered: 1, read: 2 };
  if (reached[event.status] < reached[progress.stage]) return waitFor({ ...progress, messageId });
  // Delivered, and now it may be read.
  if (progress.stage === 'delivered' && notRead && event.status !== 'read')
    return waitFor({ ...progress, stage: 'read', messageId, until: progress.readUntil });
  return { ...saved(scope, messageId), then: { exit: 'next' } };
}

interface Target {
  readonly channel: string;
  readonly to?: { readonly channel: string; readonly address: string };
  readonly reach?: Reach;
}

function targetOf(scope: NodeScope<SendParams>, platforms: readonly Platform[]): Target | undefined {
  const { params } = scope;
  if (params.action === 'send') {
    const channel = scope.text(params.channel ?? '').trim();
    const address = scope.text(params.to ?? '').trim();
    if (channel === '' || address === '') return undefined;
    const reach = scope.reach(channel);
    // Whether the window is open is known of the contact alone.
    const isContact = reach !== undefined && digits(reach.address) === digits(address);
    return { channel, to: { channel, address: isContact ? reach.address : address }, ...(isContact ? { reach } : {}) };
  }
  const own = scope.channel;
  const isOwn = platforms.includes(own.platform) && own.address !== '';
  const reach = isOwn ? own : platforms.map((platform) => scope.reach(platform)).find((one) => one !== undefined);
  if (!reach) return undefined;
  return { channel: reach.id, reach, ...(reach === own ? {} : { to: { channel: reach.id, address: reach.address } }) };
}

function send(scope: NodeScope<SendParams>, { to }: Target, message: OutboundMessage): NodeOutcome {
  const { notDelivered, notRead } = scope.params;
  const effects: readonly EffectBody[] = [{ kind: 'send', message, ...(to ? { to } : {}) }];
  const readUntil = notRead ? scope.after(notRead.after) : null;
  const begun = { messageId: null, readUntil };
  if (notDelivered) return { effects, ...waitFor({ ...begun, stage: 'delivered', until: scope.after(notDelivered.after) }) };
  if (readUntil !== null) return { effects, ...waitFor({ ...begun, stage: 'read', until: readUntil }) };
  if (scope.linked('failed') || scope.linked('windowClosed')) return { effects, ...waitFor({ ...begun, stage: 'sent', until: null }) };
  return { effects, ...saved(scope, null), then: { exit: 'next' } };
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

/** Without an edge, `failed` is no way out: it is recorded, and the flow goes on. */
function leaveFailed(scope: NodeScope<SendParams>, code: string, detail: string): NodeOutcome {
  scope.warn(code, detail);
  return { then: { exit: scope.linked('failed') ? 'failed' : 'next' } };
}

function leaveWindowClosed(scope: NodeScope<SendParams>): NodeOutcome {
  scope.warn('send/window-closed', 'the person has not written for 24 hours: only a template may be sent');
  const port = ['windowClosed', 'failed'].find((one) => scope.linked(one));
  return { then: { exit: port ?? 'next' } };
}

function isWindowClosed(reach: Reach | undefined, now: IsoTime): boolean {
  return reach?.windowOpenUntil !== undefined && reach.windowOpenUntil < now;
}

function digits(address: string): string {
  return /^\+?[\d\s()-]+$/.test(address) ? address.replace(/\D/g, '') : address;
}
