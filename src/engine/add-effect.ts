import {
  BUDGET,
  type Effect,
  type EffectBody,
  type Json,
  type SendBody,
  type SendRequest,
  type Skipped,
  STARTS,
} from '../contract/index.js';
import { jsonSize } from '../contract/json/json-size.js';
import { addTyping } from './add-typing.js';
import { judgeSend } from './judge-send.js';
import { type LiveRun, topOf } from './live-run.js';
import { noteSent, type TurnedFrom, withOpenButtons } from './offer.js';
import { isRecordFull } from './record-budget.js';
import { recordEffect } from './record-effect.js';
import { noteSaid } from './transcript.js';
import { optOutNow, type Work, warn } from './work.js';

/** How long a call may take if its node sets no deadline, in milliseconds. */
const DEFAULT_DEADLINE = 30_000;

/** Adds an effect of a run to the turn. A message goes through `judgeSend`: it is added as it will be sent, or as skipped with the reason. */
export function addEffect(work: Work, run: LiveRun, body: EffectBody): Effect {
  if (body.kind === 'send') return addSend(work, run, { request: body, source: sourceOf(run) });
  if (body.kind === 'typing') return addTyping(work, run, sourceOf(run));
  const chain = body.service === STARTS ? { chain: (run.chain ?? 0) + 1 } : {};
  return recordEffect(work, { body: { ...body, deadline: body.deadline ?? DEFAULT_DEADLINE }, ...sourceOf(run), ...chain });
}

type Source = Pick<Effect, 'run' | 'flow' | 'version' | 'node'>;

/** A message of a run, and the node that asked for it. `page`: it is a further page of this list. */
export interface NewSend {
  readonly request: SendRequest;
  readonly source: Source;
  readonly page?: TurnedFrom;
}

/** Adds a message of a run to the turn, as it will be sent or as skipped. */
export function addSend(work: Work, run: LiveRun, { request, source, page }: NewSend): Effect {
  const { body, skipped, warnings } = judgeSend(request, {
    facts: work.input.channels,
    uses: work.channels,
    now: work.input.event.at,
    optOut: optOutNow(work),
    answers: run.lastMessage,
    run,
  });
  for (const { code, detail } of warnings) warn(work, { code, detail, node: source.node });
  if (skipped) return recordEffect(work, { body, skipped, ...source });
  if (isQueueFull(work, body)) {
    warn(work, { code: OVER_BUDGET.code, detail: OVER_BUDGET.reason, node: source.node });
    return recordEffect(work, { body, skipped: OVER_BUDGET, ...source });
  }
  if (body.isOther) return recordEffect(work, { body, ...source });
  const { keeps } = withOpenButtons(work, body.channel, request.message);
  const sent = recordEffect(work, {
    body: keeps ? { ...body, message: { ...body.message, keeps } } : body,
    ...source,
    ...waitsForSubscription(work, body),
  });
  if (!page) noteSaid(run, body.message);
  const isRequested = request.message.type === 'template' || body.message.type !== 'template';
  noteSent(work, run, { sent, requested: isRequested ? request.message : body.message, ...(page ? { page } : {}) });
  outdateHeld(work, run);
  return sent;
}

/** Parks a send to a contact who has not subscribed to its channel. */
export function waitsForSubscription({ channels }: Work, { channel, isOther }: SendBody): Pick<Effect, 'parked'> {
  return !isOther && channels[channel]?.subscribed === false ? { parked: true } : {};
}

const OVER_BUDGET: Skipped = { code: 'flow/over-budget', reason: 'too many messages are waiting to be sent' };

/** Returns whether there is no room for another send. `overBudget` checks a node's effects earlier; others, such as a dialog's, are checked here only. */
function isQueueFull(work: Work, body: SendBody): boolean {
  if (work.effects.length + work.input.waitingEffects >= BUDGET.waitingEffects) return true;
  return isRecordFull(work, jsonSize(body as unknown as Json), 0);
}

/**
 * Notes that the messages held for a run were written before this send, so they cannot answer it, unless its node has heard them while it
 * waited for a call.
 */
function outdateHeld(work: Work, run: LiveRun): void {
  if (work.held.length === 0 || isHearing(run)) return;
  work.held = work.held.map(({ mayAnswer, ...rest }) => (mayAnswer === undefined || mayAnswer === run.id ? rest : { ...rest, mayAnswer }));
}

/** Returns whether the run waits, or goes on waiting, at a node that keeps what is written during a call. */
function isHearing(run: LiveRun): boolean {
  const frame = topOf(run);
  return frame?.kind === 'flow' && frame.wait?.for === 'call' && frame.wait.hears === true;
}

/** Returns the run and the node that an effect comes from. */
function sourceOf(run: LiveRun): Source {
  const frame = topOf(run);
  return { run: run.id, ...(frame?.kind === 'flow' ? { flow: frame.flow, version: frame.version, node: frame.nodeId } : {}) };
}
