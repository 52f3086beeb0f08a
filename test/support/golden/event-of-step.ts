import {
  type Effect,
  type FlowEvent,
  type QuotedMessage,
  type Sender,
  type SessionState,
  timeoutEventId,
  type Wait,
} from '../../../src/contract/index.js';
import { dueWaits } from '../../../src/engine/waits.js';
import { timeAt } from '../../../src/play/play-clock.js';
import { personOn as personOfPlay } from '../../../src/play/play-world.js';
import type { Step } from './conversation.js';

/** Returns the person as they write on a channel. */
export function personOn(channel: string): Sender {
  return personOfPlay(channel === 'vb' ? 'viber' : 'whatsapp', 'Ada');
}

/** Where the conversation stands. */
export interface Now {
  /** The number of the step. */
  readonly i: number;
  readonly state: SessionState;
  /** The newest effect. */
  readonly newest: string;
  /** The message that the step taps on. */
  readonly tapped: Effect | undefined;
}

/** Makes the event of a step. */
export function eventOfStep(step: Step, { i, state, newest, tapped }: Now): FlowEvent {
  const base = { id: `e${i}`, at: timeAt(step.at) };
  const channel = step.on ?? 'wa';
  const from = personOn(channel);
  if (step.timeout) {
    const [wait] = dueWaits(state, base.at);
    const waitId = wait?.id ?? 'none';
    return { id: timeoutEventId(waitId), at: base.at, type: 'timeout', waitId };
  }
  if (step.opens) {
    const token = state.links?.at(-1)?.token ?? 'none';
    return { ...base, type: 'linked', channel: step.opens, from: personOn(step.opens), token, subscribed: false };
  }
  if (step.receipt) {
    const error = step.receipt === 'failed' ? { error: { kind: 'rejected' as const, code: '131026', message: 'no' } } : {};
    return { ...base, type: 'receipt', effectId: newest, status: step.receipt, messageId: 'wamid.1', ...error };
  }
  if (step.answer) {
    const callId = callOf(state) ?? 'none';
    return { id: `${callId}:result`, at: base.at, type: 'callResult', callId, ...step.answer };
  }
  if (step.subscribes)
    return { ...base, type: 'subscription', channel, from, change: step.subscribes, subscribed: step.subscribes === 'subscribed' };
  if (step.start) {
    const { flow, onBusy, data = {}, discardAt } = step.start;
    const discard = discardAt === undefined ? {} : { discardAt: timeAt(discardAt) };
    return { ...base, type: 'start', flow, version: 1, run: `run${i}`, channel, from, by: 'api', lane: 'reply', onBusy, data, ...discard };
  }
  if (step.operator) {
    const { text, message = text === undefined ? undefined : { type: 'text' as const, text }, ...rest } = step.operator;
    return { ...base, type: 'operator', by: 'operator', ...(message ? { message } : {}), ...rest };
  }
  if (step.command) return { ...base, type: 'command', ...step.command, by: 'operator' };
  const said = step.tap
    ? { type: 'choice', choice: step.tap.id, title: step.tap.title, text: step.tap.title, ...(tapped ? { quoted: quotedBy(tapped) } : {}) }
    : { type: 'text', text: step.say ?? '', ...step.sends };
  const platform = channel === 'vb' ? 'viber' : 'whatsapp';
  return { ...base, type: 'message', message: { id: `m${i}`, channel, platform, from, sentAt: base.at, ...said } };
}

function quotedBy({ id, node, flow, run }: Effect): QuotedMessage {
  return {
    id,
    effect: id,
    ...(node === undefined ? {} : { node }),
    ...(flow === undefined ? {} : { flow }),
    ...(run === undefined ? {} : { run }),
  };
}

/** Returns the call that a run waits for. */
function callOf({ runs }: SessionState): string | undefined {
  const waits = runs.flatMap(({ stack }) =>
    stack.flatMap((frame): readonly Wait[] => (frame.kind === 'flow' && frame.wait ? [frame.wait] : [])),
  );
  return waits.flatMap((wait) => (wait.for === 'call' ? [wait.callId] : []))[0];
}
