import type { OutboundMessage, Shown } from '../contract/index.js';

/** Words of a message that is cut may be shown up to here. */
const BEGINNING = 20;

/** Returns the words of a message that a person has to see, or the beginning of long ones. What authors have drawn may show others. */
export function wordsOf(message: OutboundMessage): readonly string[] {
  return allWordsOf(message)
    .map((words) => words?.trim().slice(0, BEGINNING) ?? '')
    .filter((words) => words !== '');
}

function allWordsOf(message: OutboundMessage): readonly (string | undefined)[] {
  switch (message.type) {
    case 'native':
    case 'rich-media':
      return [];
    case 'carousel':
      return [message.text, ...message.cards.map(({ text }) => text)];
    case 'contacts':
      return message.contacts.map(({ name }) => name);
    case 'location':
      return [message.name, message.address];
    case 'template':
      return [message.name];
    case 'reaction':
      return [message.emoji];
    default:
      return ['text' in message ? message.text : undefined];
  }
}

/** Returns all texts of what is shown, in one. */
export function textsIn(shown: readonly Shown[]): string {
  const found = (value: unknown): readonly string[] => {
    if (typeof value === 'string') return [value];
    return value !== null && typeof value === 'object' ? Object.values(value).flatMap(found) : [];
  };
  return found(shown).join('\n');
}

/** Returns the places of what is shown at which a member is empty. The provider's own JSON may have such members. */
export function emptyPlacesIn(value: unknown, place = ''): readonly string[] {
  if (value === undefined || value === '') return [place];
  if (value === null || typeof value !== 'object') return [];
  const members = Object.entries(value);
  if (members.length === 0) return [place];
  return members.flatMap(([name, member]) => (name === 'native' ? [] : emptyPlacesIn(member, `${place}/${name}`)));
}
