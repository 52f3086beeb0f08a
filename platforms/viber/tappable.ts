import type { Choice, OfferedChoice, OutboundMessage, Tappable } from '../../src/contract/index.js';
import { showsNumbers } from '../../src/text/shows-numbers.js';
import { contentOf } from './outbound-content.js';
import { idsOf, titleOf } from './tracking.js';

/** What can be tapped of a message, whole where Viber gets it cut. */
export function tappable(message: OutboundMessage): Tappable | undefined {
  switch (message.type) {
    case 'text':
    case 'image':
    case 'video':
    case 'document': {
      const { choices = [] } = message;
      if (choices.length === 0) return undefined;
      // Without room for a keyboard they are lines of the text.
      if (!contentOf(message).parts.some(({ keyboard }) => keyboard !== undefined))
        return {
          shown: showsNumbers(choices) ? 'numbers' : 'titles',
          choices: choices.map((one) => ({ id: one.id, title: titleOf(one) })),
        };
      return { shown: 'buttons', choices: answering(choices) };
    }
    case 'carousel': {
      const choices = message.cards.flatMap(({ choices = [] }) => answering(choices));
      return choices.length > 0 ? { shown: 'buttons', choices } : undefined;
    }
    case 'rich-media':
    case 'keyboard':
    case 'native': {
      const choices = contentOf(message).offers.map(([id, title]) => ({ id, title }));
      return { shown: message.type === 'native' ? 'any' : 'buttons', choices };
    }
    default:
      return undefined;
  }
}

/** One that opens an address or hands something over says nothing. */
function answering(choices: readonly Choice[]): readonly OfferedChoice[] {
  const sent = idsOf(choices);
  return choices.flatMap((choice, i) => {
    if (choice.url || choice.ask) return [];
    const { id } = choice;
    return [{ id, title: titleOf(choice), ...(sent[i] === undefined || sent[i] === id ? {} : { sent: sent[i] }) }];
  });
}
