import type { CardAction } from 'botframework-schema';
import type { ChannelLimits, Choice, OutboundMessage } from '../contract/index.js';
import { isLonger } from '../text/cut-text.js';
import { splitText as splitAt } from '../text/split-text.js';
import { choicesOf } from './card-actions.js';

/** A message of an activity before its buttons and its length are fitted to the platform. */
export interface Piece {
  readonly message: OutboundMessage;
  readonly actions: readonly CardAction[];
}

/** The text above choices if the bot gives none: both platforms need one. */
export const EMPTY_TEXT = '👇';

type Worded = Extract<OutboundMessage, { type: 'text' | 'image' | 'video' | 'document' }>;

/** Returns whether a message can have a text and choices of its own. */
export function isWorded(message: OutboundMessage): message is Worded {
  return message.type === 'text' || message.type === 'image' || message.type === 'video' || message.type === 'document';
}

/**
 * Returns the messages that show a piece. Long texts are split, never cut. Where links cannot stand next to other buttons, one link becomes
 * a message of its own, and several become lines of the text.
 */
export function messagesFor({ message, actions }: Piece, limits: ChannelLimits): readonly OutboundMessage[] {
  if (!isWorded(message)) return [message];
  const choices = choicesOf(actions, limits);
  if (limits.mixesLinks) return splitText(withChoices(message, choices, limits), limits);
  const [replies, links] = [choices.filter(({ url }) => url === undefined), choices.filter(({ url }) => url !== undefined)];
  const [link] = links;
  const { text = '' } = message;
  const opens = link?.url !== undefined && /^https?:/.test(link.url) && links.length === 1 && replies.length === 0;
  if (opens && !isLonger(text, limits.link.text) && !isLonger(link.title, limits.link.button)) {
    const button: OutboundMessage = { type: 'link', text: text.trim() === '' ? EMPTY_TEXT : text, button: link.title, url: link.url };
    return message.type === 'text' ? [button] : [without(message), button];
  }
  const addresses = links.map(({ title, url = '' }) => `${title}: ${url}`);
  const words = [...(text.trim() === '' && links.length > 0 ? [] : [text]), ...addresses].join('\n');
  return splitText(withChoices(words === text ? message : { ...message, text: words }, replies, limits), limits);
}

function withChoices(message: Worded, choices: readonly Choice[], limits: ChannelLimits): Worded {
  if (choices.length === 0) return message;
  const isWide = choices.length <= limits.buttons.max && choices.some(({ title }) => isLonger(title, limits.buttons.title));
  return {
    ...message,
    ...(message.type === 'text' && message.text.trim() === '' ? { text: EMPTY_TEXT } : {}),
    ...(isWide ? { choicesAs: 'list' } : {}),
    // A title that is too long for a row is shown in full below it.
    choices: choices.map((choice) => (isLonger(choice.title, limits.list.title) ? { ...choice, description: choice.title } : choice)),
  };
}

/** Splits a text that is too long for one message: the parts go before the message with the choices, or after the media. */
function splitText(message: Worded, limits: ChannelLimits): readonly OutboundMessage[] {
  const { text = '', choices = [] } = message;
  if (message.type === 'text') {
    if (text.trim() === '') return choices.length > 0 ? [message] : [];
    const { parts } = splitAt(text, limits.text, choices.length > 0 ? { last: limits.bodyWithChoices } : {});
    return [...parts.slice(0, -1).map((part): OutboundMessage => ({ type: 'text', text: part })), { ...message, text: parts.at(-1) ?? '' }];
  }
  if (!isLonger(text, choices.length > 0 ? Math.min(limits.caption, limits.bodyWithChoices) : limits.caption)) return [message];
  const below = {
    type: 'text' as const,
    text,
    ...(choices.length > 0 ? { choices } : {}),
    ...(message.choicesAs ? { choicesAs: message.choicesAs } : {}),
  };
  return [without(message), ...splitText(below, limits)];
}

/** Returns the media without its text and choices. */
function without(message: Worded): OutboundMessage {
  const { text: _text, choices: _choices, choicesAs: _as, ...rest } = message;
  return rest as OutboundMessage;
}
