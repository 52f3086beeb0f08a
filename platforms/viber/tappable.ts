import { offeredAsText, offeredChoices } from '../../src/adapter-kit/index.js';
import type { Choice, OfferedChoice, OutboundMessage, Tappable } from '../../src/contract/index.js';
import { limits } from './limits.js';
import { outboundContents } from './outbound-content.js';
import { isReply } from './tracking.js';

/** Returns what a person can tap on a message. Choices without room for a keyboard are lines of the text. */
export function tappable(message: OutboundMessage): Tappable | undefined {
  switch (message.type) {
    case 'text':
    case 'image':
    case 'video':
    case 'document': {
      const { choices = [] } = message;
      if (choices.length === 0) return undefined;
      const hasKeyboard = outboundContents(message).contents.some(({ keyboard }) => keyboard !== undefined);
      return hasKeyboard ? { shown: 'buttons', choices: repliesIn(choices) } : offeredAsText(choices);
    }
    case 'carousel': {
      const choices = message.cards.flatMap(({ choices = [] }) => repliesIn(choices));
      return choices.length > 0 ? { shown: 'buttons', choices } : undefined;
    }
    case 'rich-media':
    case 'keyboard':
    case 'native': {
      const choices = outboundContents(message).offers.map(([id, title]) => ({ id, title }));
      return { shown: message.type === 'native' ? 'any' : 'buttons', choices };
    }
    default:
      return undefined;
  }
}

function repliesIn(choices: readonly Choice[]): readonly OfferedChoice[] {
  return offeredChoices(choices, limits.buttons.id).filter((_, i) => choices[i] !== undefined && isReply(choices[i]));
}
