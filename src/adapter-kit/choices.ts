import type { Choice, OfferedChoice, Tappable } from '../contract/index.js';
import { cutApart, cutText, lengthOf } from '../text/cut-text.js';
import { showsNumbers } from '../text/shows-numbers.js';

/**
 * Returns what a person reads on a choice. A title that a template left blank is shown by the choice's id: providers refuse blank titles.
 *
 * @example titleOf({ id: 'tea', title: ' ' })   // 'tea'
 */
export function titleOf({ id, title }: Pick<Choice, 'id' | 'title'>): string {
  return [title, id].find((words) => words.trim() !== '') ?? '…';
}

/**
 * Returns the ids that are sent with the buttons or rows of choices: at most `limit` characters, without spaces at the ends (Meta refuses
 * them), each different from the others. A blank id becomes the choice's number.
 *
 * @example sentIds([{ id: 'a', title: 'A' }, { id: '', title: 'B' }], 256)   // ['a', '2']
 */
export function sentIds(choices: readonly Choice[], limit: number): readonly string[] {
  return cutApart(
    choices.map(({ id }, i) => id.trim() || `${i + 1}`),
    limit,
  );
}

/**
 * Returns choices as `tappable` of an adapter reports them, with the id that `sentIds` gave to the provider where it is not the whole one.
 *
 * @example tappable: ({ choices = [] }) => ({ shown: 'buttons', choices: offeredChoices(choices, 256) })
 */
export function offeredChoices(choices: readonly Choice[], limit: number): readonly OfferedChoice[] {
  const sent = sentIds(choices, limit);
  return choices.map((choice, i) => {
    const { id } = choice;
    return { id, title: titleOf(choice), ...(sent[i] === undefined || sent[i] === id ? {} : { sent: sent[i] }) };
  });
}

/**
 * Returns choices that stand as lines in a text, as `tappable` of an adapter reports them: people type the title, or the number.
 *
 * @example offeredAsText([{ id: 'tea', title: 'Tea' }])   // { shown: 'numbers', choices: [{ id: 'tea', title: 'Tea' }] }
 */
export function offeredAsText(choices: readonly Choice[]): Tappable {
  return {
    shown: showsNumbers(choices) ? 'numbers' : 'titles',
    choices: choices.map((choice) => ({ id: choice.id, title: titleOf(choice) })),
  };
}

/**
 * Returns choices as lines of a text, numbered unless a title is a number itself, or as each choice says. `lineOf` gives the words of one line.
 *
 * @example choiceLines([{ id: 'a', title: 'Tea' }, { id: 'b', title: 'Coffee' }])   // '1. Tea\n2. Coffee'
 */
export function choiceLines(choices: readonly Choice[], lineOf: (choice: Choice) => string = titleOf): string {
  const isNumbered = showsNumbers(choices);
  const numberOf = ({ number = isNumbered ? undefined : null }: Choice, i: number) => (number === undefined ? i + 1 : number);
  return choices
    .map((choice, i) => {
      const number = numberOf(choice, i);
      return number === null ? lineOf(choice) : `${number}. ${lineOf(choice)}`;
    })
    .join('\n');
}

/**
 * Returns a text with the lines of its choices below, within `limit` characters. If there is not enough room, the text is cut, not the lines.
 *
 * @example textAbove(choiceLines(choices), 'Which one?', 4096)   // 'Which one?\n\n1. Tea\n2. Coffee'
 */
export function textAbove(lines: string, text: string, limit: number): string {
  const room = limit - lengthOf(lines) - 2;
  return text.trim() !== '' && room > 1 ? `${cutText(text, room)}\n\n${lines}` : cutText(lines, limit);
}
