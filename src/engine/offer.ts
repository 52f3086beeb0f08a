import type { ChannelId, Effect, OfferedMessage, OutboundMessage } from '../contract/index.js';
import { type LiveRun, topOf } from './live-run.js';
import type { Work } from './work.js';

/** How many messages an offer has at most, so that a run which sends without ever waiting for an answer does not grow for ever. */
const MAX_OFFERED = 10;

/** Returns the open offer of a run, oldest message first; undefined for a run that was stored before there were offers. */
export function openOffer({ offer, offered }: LiveRun): readonly OfferedMessage[] | undefined {
  if (offer !== undefined || offered === undefined) return offer;
  return [{ effectId: '', shown: 'numbers', choices: offered.map(({ id, title }) => ({ id, title })) }];
}

/** Notes that a run has sent a message: what can be tapped joins its offer, and the message may be its question. `requested`: the message before it was split or cut. */
export function noteSent(
  work: Work,
  run: LiveRun,
  { sent, requested }: { readonly sent: Effect; readonly requested: OutboundMessage },
): void {
  const { id, at, flow, node, body } = sent;
  if (body.kind !== 'send') return;
  run.sentAt = { ...run.sentAt, [body.channel]: at };
  const { keeps: _, ...message } = requested;
  const tappable = work.input.channels.get(body.channel)?.tappable?.(withFullChoices(body.message, requested));
  if (tappable) {
    const offered = { effectId: id, ...(flow === undefined ? {} : { flow }), ...(node === undefined ? {} : { node }), ...tappable };
    run.offer = [...(openOffer(run) ?? []), offered].slice(-MAX_OFFERED);
    run.offered = undefined;
  }
  const hasQuestion = run.offer?.some(({ effectId, choices }) => effectId !== id && choices.length > 0) === true;
  if (tappable?.choices.length || (!isAsking(run) && !hasQuestion)) run.question = { effectId: id, message };
}

/** Returns the message as it is shown, but with choices and cards that were not cut. */
function withFullChoices(shown: OutboundMessage, requested: OutboundMessage): OutboundMessage {
  const { keeps: _, ...message } = shown;
  const choices = 'choices' in message && 'choices' in requested ? { choices: requested.choices } : {};
  const cards = 'cards' in message && 'cards' in requested ? { cards: requested.cards } : {};
  return { ...message, ...choices, ...cards } as OutboundMessage;
}

/** Returns whether the run waits for a message. What it sends meanwhile does not replace its question. */
function isAsking(run: LiveRun): boolean {
  const frame = topOf(run);
  return frame?.kind === 'flow' && frame.wait?.for === 'message';
}

/** Closes the run's offer, when its wait for an answer is over. */
export function closeOffer(run: LiveRun): void {
  run.offer = [];
  run.question = undefined;
  run.offered = undefined;
}

/**
 * Adds the buttons of the open question to a message, on channels where each message removes the buttons of the one before it. The question
 * can still be answered then, whoever sends the message.
 */
export function withOpenButtons(work: Work, channel: ChannelId, message: OutboundMessage): OutboundMessage {
  if (work.input.channels.get(channel)?.replacesButtons !== true) return message;
  const asked = work.runs.find(
    ({ place, offer = [] }) => place === 'foreground' && offer.some(({ choices }) => choices.length > 0),
  )?.question;
  return asked ? { ...message, keeps: asked } : message;
}
