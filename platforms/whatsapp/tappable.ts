import { choicesShown, offeredAsText, offeredChoices } from '../../src/adapter-kit/index.js';
import type { Choice, ChoicesShown, OutboundMessage, Tappable } from '../../src/contract/index.js';
import { limits } from './limits.js';

/**
 * Returns what a person can tap on a message. The buttons of a template are stored at Meta, and those of native JSON are the author's:
 * on both, every payload counts, known here or not.
 */
export function tappable(message: OutboundMessage): Tappable | undefined {
  switch (message.type) {
    case 'text':
    case 'image':
    case 'video':
    case 'document': {
      const { choices = [] } = message;
      return choices.length > 0 ? tappableAs(choicesShown({ ...message, choices }, limits), choices) : undefined;
    }
    case 'carousel': {
      const choices = message.cards.flatMap((card) => offeredChoices(card.choices ?? [], limits.buttons.id));
      return choices.length > 0 ? { shown: 'buttons', choices } : undefined;
    }
    case 'template': {
      const payloads = (message.buttons ?? []).flatMap(({ payload }) => (payload === undefined ? [] : [payload]));
      return { shown: 'any', choices: payloads.map((id) => ({ id, title: '' })) };
    }
    case 'native':
      return { shown: 'any', choices: [] };
    default:
      return undefined;
  }
}

function tappableAs(shown: ChoicesShown, choices: readonly Choice[]): Tappable {
  if (shown === 'text') return offeredAsText(choices);
  return { shown, choices: offeredChoices(choices, shown === 'buttons' ? limits.buttons.id : limits.list.id) };
}
