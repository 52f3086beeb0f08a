import { type ChannelId, type InboundMessage, millisOf, type OfferedChoice, type OfferedMessage } from '../contract/index.js';
import { chooseTyped, type ShownChoices } from '../text/choose-typed.js';
import type { LiveRun } from './live-run.js';
import { openOffer } from './offer.js';
import { noteHeard } from './transcript.js';

/** A second tap on the same message within this time counts as a double tap; in milliseconds. */
export const DOUBLE_TAP = 10_000;

/**
 * Reads a message as an answer to the run's open offer: a typed title or number becomes a tap. Returns `stale` for a tap on an older
 * question. A tap quotes the message that it is on: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
 */
export function readAnswer(run: LiveRun, message: InboundMessage): InboundMessage | 'stale' {
  const offer = openOffer(run);
  if (!offer) return message;
  if (message.type === 'text') return readTyped(offer, message);
  if (message.type !== 'choice') return message;
  const { quoted, replyTo } = message;
  const tapped = tappedChoice(offer, message);
  const counts = tapped ? chosen(message, tapped) : message;
  if (quoted?.effect !== undefined) return isOpen(run, message) ? counts : 'stale';
  if (isOnSameMessage(run.lastMessage, message)) return 'stale';
  // The provider's answer to the send may be lost, and with it the message id that a tap quotes.
  if (tapped || offer.some(({ shown, choices }) => shown === 'any' && choices.length === 0)) return counts;
  if (replyTo !== undefined) return 'stale';
  const { choice: _, title: __, ...words } = message;
  return readTyped(offer, { ...words, type: 'text' });
}

/** Returns whether a message chooses something of the open offer: by a tap, or by a title, a number or an id that was typed. */
export function choosesOffered(run: LiveRun, message: InboundMessage): boolean {
  if (!openOffer(run)?.length || (message.type !== 'text' && message.type !== 'choice')) return false;
  const answer = readAnswer(run, message);
  return answer !== 'stale' && answer.type === 'choice';
}

/** Returns whether the quoted message belongs to the open offer, or was sent earlier in this run by the same node. */
export function isOpen(run: LiveRun, { quoted, choice }: InboundMessage): boolean {
  return (openOffer(run) ?? []).some(({ effectId, flow, node, choices }) => {
    // This offer was stored before offers had effect ids.
    if (effectId === '') return quoted?.run === run.id && choices.some(({ id }) => id === choice);
    return effectId === quoted?.effect || (node !== undefined && quoted?.run === run.id && quoted.node === node && quoted.flow === flow);
  });
}

/** Returns whether the run's last message was a tap on the same message. Compares the provider's id as well, which is known even if ours is not. */
function isOnSameMessage(last: InboundMessage | undefined, { replyTo, quoted }: InboundMessage): boolean {
  if (last?.type !== 'choice') return false;
  return (replyTo !== undefined && last.replyTo === replyTo) || (quoted?.effect !== undefined && last.quoted?.effect === quoted.effect);
}

/** Returns the choice that was tapped: from the message that the tap is on, else from the newest message of the offer that has it. */
export function tappedChoice(offer: readonly OfferedMessage[], { choice = '', quoted }: InboundMessage): OfferedChoice | undefined {
  const own = offer.filter((one) => one.effectId === quoted?.effect);
  // Perhaps an earlier page of a list.
  const same = offer.filter(({ node, flow }) => node !== undefined && node === quoted?.node && flow === quoted.flow);
  for (const { choices } of [...own, ...same, ...[...offer].reverse()]) {
    const found = choices.find(({ id, sent = id }) => sent === choice);
    if (found) return found;
  }
  return undefined;
}

/** Reads a text as a tap if it is a title or a number of the newest message that has titles. */
function readTyped(offer: readonly OfferedMessage[], message: InboundMessage): InboundMessage {
  // On Viber a tap comes as a text with the choice's id.
  const sent = offer.flatMap(({ choices }) => choices).findLast((one) => one.sent === message.text);
  if (sent) return chosen(message, sent);
  const last = offer.findLast(({ choices }) => choices.some(({ title }) => title !== ''));
  const found = last && chooseTyped(shownBy(last), message.text);
  return found && found !== 'ambiguous' ? chosen(message, found.choice) : message;
}

function shownBy({ choices, shown, list }: OfferedMessage): ShownChoices<OfferedChoice> {
  return { choices, numbered: shown === 'numbers', ...(list ? { seen: list.seen } : {}) };
}

/** Returns a message as a tap on a choice, with the choice's full title and id. Keeps the title from the provider if the choice has none. */
function chosen(message: InboundMessage, { id, title }: Pick<OfferedChoice, 'id' | 'title'>): InboundMessage {
  const words = title === '' ? message.text : title;
  return { ...message, type: 'choice', choice: id, title: words, text: words };
}

/** Returns whether a message is the second of a double tap, which is not another answer. */
export function isDoubleTap({ lastMessage: last }: LiveRun, message: InboundMessage): boolean {
  if (!last || last.choice !== message.choice || !isOnSameMessage(last, message)) return false;
  return Math.abs(millisOf(message.sentAt) - millisOf(last.sentAt)) <= DOUBLE_TAP;
}

/** Makes a message the run's last one, and moves the run to the message's channel. */
export function takeAnswer(run: LiveRun, message: InboundMessage): void {
  run.lastMessage = message;
  noteHeard(run, message);
  run.chain = undefined;
  run.opening = undefined;
  moveTo(run, message.channel);
}

/** Moves the run to another channel and updates the variable `channelId`. */
export function moveTo(run: LiveRun, channel: ChannelId): void {
  const before = run.channel;
  if (before === channel) return;
  run.channel = channel;
  hearAlsoOn(run, before);
  for (const frame of run.stack)
    if (frame.kind === 'flow' && frame.vars['channelId'] === before) frame.vars = { ...frame.vars, channelId: channel };
}

/** Lets the run take answers on this channel as well. */
export function hearAlsoOn(run: LiveRun, channel: ChannelId): void {
  run.alsoOn = [...(run.alsoOn ?? []).filter((one) => one !== channel && one !== run.channel), channel];
}
