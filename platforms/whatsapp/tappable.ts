import {
  type Choice,
  type ChoicesShown,
  choicesShown,
  type OfferedChoice,
  type OutboundMessage,
  type Tappable,
} from '../../src/contract/index.js';
import { cutApart, cutText } from '../../src/text/cut-text.js';
import { showsNumbers } from '../../src/text/shows-numbers.js';
import { limits } from './limits.js';

/**
 * What can be tapped of a message. The buttons of a template are Meta's, those of native JSON the author's: each of their payloads
 * counts, known here or not.
 */
export function tappable(message: OutboundMessage): Tappable | undefined {
  switch (message.type) {
    case 'text':
    case 'image':
    case 'video':
    case 'document':
      return message.choices?.length ? asShown(message.choices, choicesShown({ ...message, choices: message.choices }, limits)) : undefined;
    case 'carousel': {
      const choices = message.cards.flatMap(({ choices = [] }) => choices);
      return choices.length > 0
        ? { shown: 'buttons', choices: choices.map((one) => offered(one, cutText(one.id, limits.buttons.id))) }
        : undefined;
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

function asShown(choices: readonly Choice[], as: ChoicesShown): Tappable {
  if (as === 'text')
    return { shown: showsNumbers(choices) ? 'numbers' : 'titles', choices: choices.map(({ id, title }) => ({ id, title })) };
  const sent = cutApart(
    choices.map(({ id }) => id),
    as === 'buttons' ? limits.buttons.id : limits.list.id,
  );
  return { shown: as, choices: choices.map((choice, i) => offered(choice, sent[i] ?? '')) };
}

/** A title that came out empty is shown by its id. */
function offered({ id, title }: Choice, sent: string): OfferedChoice {
  return { id, title: title.trim() === '' ? id : title, ...(sent === id ? {} : { sent }) };
}
