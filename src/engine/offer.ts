import type { ChannelId, Effect, OfferedMessage, OutboundMessage } from '../contract/index.js';
import { type LiveRun, topOf } from './live-run.js';
import type { Work } from './work.js';

/** Messages of one offer. A run that sends without ever waiting for an answer must not grow for ever. */
const MOST = 10;

/** The open offer of a run, oldest message first; undefined for a run that was stored before there were offers and has none. */
export function openOffer({ offer, offered }: LiveRun): readonly OfferedMessage[] | undefined {
  if (offer !== undefined || offered === undefined) return offer;
  return [{ effectId: '', shown: 'numbers', choices: offered.map(({ id, title }) => ({ id, title })) }];
}

/** A run has sent something: what can be tapped joins its offer, and is what it asks now. `requested`: whole, where it went out in parts or cut. */
export function noteSent(work: Work, run: LiveRun, sent: Effect & { readonly requested: OutboundMessage }): void {
  const { id, at, flow, node, body, requested } = sent;
  if (body.kind !== 'send') return;
  run.sentAt = { ...run.sentAt, [body.channel]: at };
  const { keeps: _, ...message } = requested;
  const tappable = work.input.channels.get(body.channel)?.tappable?.(withWhole(body.message, requested));
  if (tappable) {
    const offered = { effectId: id, ...(flow === undefined ? {} : { flow }), ...(node === undefined ? {} : { node }), ...tappable };
    run.offer = [...(openOffer(run) ?? []), offered].slice(-MOST);
    delete run.offered;
  }
  const hasQuestion = run.offer?.some(({ effectId, choices }) => effectId !== id && choices.length > 0) === true;
  if (tappable?.choices.length || (!isAsking(run) && !hasQuestion)) run.question = { effectId: id, message };
}

/** As it was shown, with the whole titles of what can be tapped. */
function withWhole(shown: OutboundMessage, requested: OutboundMessage): OutboundMessage {
  const { keeps: _, ...message } = shown;
  const choices = 'choices' in message && 'choices' in requested ? { choices: requested.choices } : {};
  const cards = 'cards' in message && 'cards' in requested ? { cards: requested.cards } : {};
  return { ...message, ...choices, ...cards } as OutboundMessage;
}

/** Words between a question and its answer are no question. */
function isAsking(run: LiveRun): boolean {
  const frame = topOf(run);
  return frame?.kind === 'flow' && frame.wait?.for === 'message';
}

/** The wait is over, however it ended: nothing is offered any more. */
export function closeOffer(run: LiveRun): void {
  run.offer = [];
  delete run.question;
  delete run.offered;
}

/**
 * A message with the buttons of the question that is open, on channels where each message takes away those of the one before: whoever
 * sends it, the question is still to be answered.
 */
export function withOpenButtons(work: Work, channel: ChannelId, message: OutboundMessage): OutboundMessage {
  if (work.input.channels.get(channel)?.replacesButtons !== true) return message;
  const asked = work.runs.find(
    ({ place, offer = [] }) => place === 'foreground' && offer.some(({ choices }) => choices.length > 0),
  )?.question;
  return asked ? { ...message, keeps: asked } : message;
}
