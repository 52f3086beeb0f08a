import type { CardAction } from 'botframework-schema';
import type { ChannelLimits, Choice, OutboundMessage } from '../contract/index.js';
import { isLonger } from '../text/cut-text.js';
import { splitText } from '../text/split-text.js';
import { choicesOf } from './card-actions.js';

/** How a platform shows what the other one shows differently. */
export interface Manner {
  readonly limits: ChannelLimits;
  /** Buttons that open an address may stand among those that answer; else they become a message of their own, or words. */
  readonly mixesLinks: boolean;
}

/** A part of an activity, before buttons and lengths are seen to. */
export interface Piece {
  readonly message: OutboundMessage;
  readonly actions: readonly CardAction[];
}

/** What choices need to stand under where the bot has said nothing. */
export const NO_WORDS = '👇';

type Worded = Extract<OutboundMessage, { type: 'text' | 'image' | 'video' | 'document' }>;

/** Only these have words and choices of their own. */
export function isWorded(message: OutboundMessage): message is Worded {
  return message.type === 'text' || message.type === 'image' || message.type === 'video' || message.type === 'document';
}

/** The messages that show a piece; nothing that was said is left out for being too long. */
export function messagesFor({ message, actions }: Piece, manner: Manner): readonly OutboundMessage[] {
  if (!isWorded(message)) return [message];
  const choices = choicesOf(actions, manner.limits);
  if (manner.mixesLinks) return fitted(withChoices(message, choices, manner), manner);
  const [replies, links] = [choices.filter(({ url }) => url === undefined), choices.filter(({ url }) => url !== undefined)];
  const [link] = links;
  const { text = '' } = message;
  const opens = link?.url !== undefined && /^https?:/.test(link.url) && links.length === 1 && replies.length === 0;
  if (opens && !isLonger(text, manner.limits.link.text) && !isLonger(link.title, manner.limits.link.button)) {
    const button: OutboundMessage = { type: 'link', text: text.trim() === '' ? NO_WORDS : text, button: link.title, url: link.url };
    return message.type === 'text' ? [button] : [without(message), button];
  }
  const addresses = links.map(({ title, url = '' }) => `${title}: ${url}`);
  const words = [...(text.trim() === '' && links.length > 0 ? [] : [text]), ...addresses].join('\n');
  return fitted(withChoices(words === text ? message : { ...message, text: words }, replies, manner), manner);
}

function withChoices(message: Worded, choices: readonly Choice[], { limits }: Manner): Worded {
  if (choices.length === 0) return message;
  const isWide = choices.length <= limits.buttons.max && choices.some(({ title }) => isLonger(title, limits.buttons.title));
  return {
    ...message,
    ...(message.type === 'text' && message.text.trim() === '' ? { text: NO_WORDS } : {}),
    ...(isWide ? { choicesAs: 'list' } : {}),
    // A row has room below its title for what does not go into it.
    choices: choices.map((choice) => (isLonger(choice.title, limits.list.title) ? { ...choice, description: choice.title } : choice)),
  };
}

/** Words too long for one message go before the one with the choices, or after the media. */
function fitted(message: Worded, manner: Manner): readonly OutboundMessage[] {
  const { limits } = manner;
  const { text = '', choices = [] } = message;
  if (message.type === 'text') {
    if (text.trim() === '') return choices.length > 0 ? [message] : [];
    const { parts } = splitText(text, limits.text, choices.length > 0 ? { last: limits.bodyWithChoices } : {});
    return [...parts.slice(0, -1).map((part): OutboundMessage => ({ type: 'text', text: part })), { ...message, text: parts.at(-1) ?? '' }];
  }
  if (!isLonger(text, choices.length > 0 ? Math.min(limits.caption, limits.bodyWithChoices) : limits.caption)) return [message];
  const below = {
    type: 'text' as const,
    text,
    ...(choices.length > 0 ? { choices } : {}),
    ...(message.choicesAs ? { choicesAs: message.choicesAs } : {}),
  };
  return [without(message), ...fitted(below, manner)];
}

/** The media alone. */
function without(message: Worded): OutboundMessage {
  const { text: _text, choices: _choices, choicesAs: _as, ...rest } = message;
  return rest as OutboundMessage;
}
