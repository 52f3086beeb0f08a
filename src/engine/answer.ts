import { type ChannelId, type InboundMessage, millisOf, type OfferedChoice, type OfferedMessage } from '../contract/index.js';
import { chooseTyped } from '../text/choose-typed.js';
import { openOffer } from './offer.js';
import type { LiveRun } from './work.js';

/** A second tap within so many milliseconds is an impatient thumb. */
const DOUBLE_TAP = 10_000;

/**
 * What a message answers: as the open offer reads it, or that it is a tap on an older question.
 * A tap quotes the message that it is on: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
 */
export function readAnswer(run: LiveRun, message: InboundMessage): InboundMessage | 'stale' {
  const offer = openOffer(run);
  if (!offer) return message;
  if (message.type === 'text') return typed(offer, message);
  if (message.type !== 'choice') return message;
  const { choice: id = '', quoted, replyTo } = message;
  const tapped = byId(offer, id, quoted?.effect);
  const counts = tapped ? chosen(message, tapped) : message;
  if (quoted?.effect !== undefined) return isOpen(run, offer, message) ? counts : 'stale';
  if (isOnSameMessage(run.lastMessage, message)) return 'stale';
  // The answer to the send may have been lost, and its id with it.
  if (tapped || offer.some(({ shown, choices }) => shown === 'any' && choices.length === 0)) return counts;
  if (replyTo !== undefined) return 'stale';
  const { choice: _, title: __, ...words } = message;
  return typed(offer, { ...words, type: 'text' });
}

/** Is the quoted message one of the open offer, or an earlier sending of the same node in this run? */
function isOpen(run: LiveRun, offer: readonly OfferedMessage[], { quoted, choice }: InboundMessage): boolean {
  return offer.some(({ effectId, flow, node, choices }) => {
    // Stored before it was known which effect had offered it.
    if (effectId === '') return quoted?.run === run.id && choices.some(({ id }) => id === choice);
    return effectId === quoted?.effect || (node !== undefined && quoted?.run === run.id && quoted.node === node && quoted.flow === flow);
  });
}

/** Has the run taken a tap on the message that is tapped now? The provider's id tells it before anybody knows whose message that is. */
function isOnSameMessage(last: InboundMessage | undefined, { replyTo, quoted }: InboundMessage): boolean {
  if (last?.type !== 'choice') return false;
  return (replyTo !== undefined && last.replyTo === replyTo) || (quoted?.effect !== undefined && last.quoted?.effect === quoted.effect);
}

/** What a tap says by its id: first in the message that it is on, then in any other of the offer. */
function byId(offer: readonly OfferedMessage[], said: string, effectId: string | undefined): OfferedChoice | undefined {
  const own = offer.filter((one) => one.effectId === effectId);
  for (const { choices } of [...own, ...[...offer].reverse()]) {
    const found = choices.find(({ id, sent = id }) => sent === said);
    if (found) return found;
  }
  return undefined;
}

/** Typed titles and numbers are those of the last message that has titles. */
function typed(offer: readonly OfferedMessage[], message: InboundMessage): InboundMessage {
  // On Viber a tap is a text with the id in it, and only short offers come back with it.
  const sent = offer.flatMap(({ choices }) => choices).findLast((one) => one.sent === message.text);
  if (sent) return chosen(message, sent);
  const last = offer.findLast(({ choices }) => choices.some(({ title }) => title !== ''));
  const found = last && chooseTyped({ choices: last.choices, numbered: last.shown === 'numbers' }, message.text);
  return found && found !== 'ambiguous' ? chosen(message, found.choice) : message;
}

/** A message as the tap on a choice, with its whole title and id. A title that only the provider knows stays as it came. */
function chosen(message: InboundMessage, { id, title }: Pick<OfferedChoice, 'id' | 'title'>): InboundMessage {
  const words = title === '' ? message.text : title;
  return { ...message, type: 'choice', choice: id, title: words, text: words };
}

/** The same tap once more: the person does not mean another answer. */
export function isDoubleTap({ lastMessage: last }: LiveRun, message: InboundMessage): boolean {
  if (!last || last.choice !== message.choice || !isOnSameMessage(last, message)) return false;
  return Math.abs(millisOf(message.sentAt) - millisOf(last.sentAt)) <= DOUBLE_TAP;
}

/** Makes a message the run's last one; the run goes on where it came from. */
export function takeAnswer(run: LiveRun, message: InboundMessage): void {
  run.lastMessage = message;
  moveTo(run, message.channel);
}

/** The run goes on over another channel, and `channelId` with it. */
export function moveTo(run: LiveRun, channel: ChannelId): void {
  const before = run.channel;
  if (before === channel) return;
  run.channel = channel;
  hearAlsoOn(run, before);
  for (const frame of run.stack)
    if (frame.kind === 'flow' && frame.vars['channelId'] === before) frame.vars = { ...frame.vars, channelId: channel };
}

/** An answer counts on this channel, too. */
export function hearAlsoOn(run: LiveRun, channel: ChannelId): void {
  run.alsoOn = [...(run.alsoOn ?? []).filter((one) => one !== channel && one !== run.channel), channel];
}
