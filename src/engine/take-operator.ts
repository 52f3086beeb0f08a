import {
  BUDGET,
  type ChannelId,
  type Effect,
  type EventOf,
  type HandOver,
  type Json,
  type OutboundMessage,
  type Skipped,
} from '../contract/index.js';
import { jsonSize } from '../contract/json/json-size.js';
import { waitsForSubscription } from './add-effect.js';
import { noteSender } from './contact-changes.js';
import { currentHandOver, noteAnswered } from './hand-over.js';
import { judgeSend, type SendWorld } from './judge-send.js';
import { withOpenButtons } from './offer.js';
import { recordEffect } from './record-effect.js';
import type { Task } from './task.js';
import { wakeRun } from './wake-run.js';
import { conclude, type Work, warn, whereabouts } from './work.js';

type Operator = EventOf<'operator'>;

/** Takes what an operator writes to the person, and gives the talk back if the operator is done. An operator who is too late is refused. */
export function takeOperator(work: Work, event: Operator): Task | undefined {
  const { by, message, giveBack, outside, reached } = event;
  const handOver = currentHandOver(work);
  if (!handOver && !(outside && message)) return refuse(work, { code: 'operator/not-handed-over', reason: whyNot(work) });
  if (reached) noteSender(work, reached.channel, reached.from);
  const refused = message && sendByOperator(work, { by, message, handOver, channel: reached?.channel });
  if (refused) return refuse(work, refused);
  if (handOver && giveBack) return endHandOver(work, event, handOver);
  conclude(work, 'operator', `${by} has written to the person`);
  return undefined;
}

function refuse(work: Work, { code, reason }: Skipped): undefined {
  warn(work, { code, detail: reason });
  conclude(work, 'refused', reason);
}

/** Says to an operator who is too late what has become of the hand-over. */
function whyNot({ lastHandOver }: Work): string {
  if (!lastHandOver) return 'no flow has handed this person over';
  const { endedAt, how } = lastHandOver;
  return `${ENDS[how]}, at ${endedAt}`;
}

const ENDS = {
  'given-back': 'an operator gave the talk back',
  expired: 'nobody gave the talk back in time',
  ended: 'the flow that waited for it has ended or was moved on',
} as const;

interface OperatorMessage {
  readonly by: string;
  readonly message: OutboundMessage;
  readonly handOver: HandOver | undefined;
  /** Where the operator wants to write. */
  readonly channel: ChannelId | undefined;
}

/** Sends the message of an operator, as a flow would. Returns why it must not be sent; then nothing has changed. */
function sendByOperator(work: Work, { by, message, handOver, ...wanted }: OperatorMessage): Skipped | undefined {
  if (work.effects.length + work.input.waitingEffects >= BUDGET.waitingEffects)
    return { code: 'flow/over-budget', reason: `more than ${BUDGET.waitingEffects} messages are waiting to be sent` };
  if (jsonSize(message as unknown as Json) > BUDGET.effect)
    return { code: 'flow/over-budget', reason: `the message is larger than ${BUDGET.effect} characters` };
  const channel = wanted.channel ?? handOver?.channel ?? channelOf(work);
  const world: SendWorld = {
    ...whereabouts(work),
    now: work.input.event.at,
    optOut: work.contact.optOut,
    answers: lastHeard(work, channel),
    run: { channel, lane: 'reply', lastMessage: { channel } },
  };
  const { body, skipped, warnings } = judgeSend({ kind: 'send', message }, world);
  if (skipped) return skipped;
  // A flow's message waits until they subscribe. An operator wants to know.
  if (waitsForSubscription(work, body).parked) return NOT_SUBSCRIBED;
  for (const { code, detail } of warnings) warn(work, { code, detail });
  const { keeps } = withOpenButtons(work, body.channel, message);
  recordEffect(work, {
    body: keeps ? { ...body, message: { ...body.message, keeps } } : body,
    ...sourceOf(handOver),
    by,
  });
  if (handOver?.isAwaited) noteAnswered(work, handOver);
  return undefined;
}

const NOT_SUBSCRIBED: Skipped = { code: 'send/not-subscribed', reason: 'the person has not subscribed to the channel, or not any more' };

function sourceOf(handOver: HandOver | undefined): Pick<Effect, 'run' | 'flow' | 'version' | 'node'> {
  if (!handOver) return {};
  const { run, flow, version, node } = handOver;
  return { run, flow, version, node };
}

/** Returns what the person wrote last on a channel: the operator answers that. */
function lastHeard({ channels, input }: Work, channel: ChannelId): SendWorld['answers'] {
  const [platform, sentAt] = [input.channels.get(channel)?.platform, channels[channel]?.lastInboundAt];
  return platform === undefined || sentAt === undefined ? undefined : { platform, sentAt, type: 'text' };
}

/** Returns the channel of the run in the foreground, else the one on which the person wrote last. */
function channelOf({ runs, channels }: Work): ChannelId {
  const run = runs.find(({ place }) => place === 'foreground');
  if (run) return run.channel;
  const heard = Object.entries(channels).sort(([, a], [, b]) => ((a.lastInboundAt ?? '') < (b.lastInboundAt ?? '') ? 1 : -1));
  return heard[0]?.[0] ?? '';
}

/** Gives the talk back: the run that has waited for it goes on, or whatever is next starts. */
function endHandOver(work: Work, event: Operator, { id, isAwaited }: HandOver): Task | undefined {
  const what = `${event.by} gave the talk back`;
  if (isAwaited) return wakeRun(work, event, { fits: (wait) => wait.id === id, what });
  work.handOver = undefined;
  work.tasks.push({ kind: 'startNext' });
  conclude(work, 'operator', what);
  return undefined;
}
