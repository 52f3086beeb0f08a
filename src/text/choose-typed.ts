import { foldExact, foldWords, isBlankText } from './fold.js';
import { readNumber } from './read-number.js';

/** Choices as a person has seen them. */
export interface ShownChoices<C extends TypedChoice = TypedChoice> {
  readonly choices: readonly C[];
  /** They stood in a numbered text: a number is an answer. */
  readonly numbered: boolean;
}
interface TypedChoice {
  readonly id: string;
  readonly title: string;
}

/**
 * Which choice a typed text is: by its exact title; by its number, where numbers were shown; by its title without accents, signs and
 * emoji; by its id. The first of these that fits any choice decides; if it fits several, the text is `ambiguous` and no answer.
 */
export function chooseTyped<C extends TypedChoice>(shown: ShownChoices<C>, text: string): { readonly choice: C } | 'ambiguous' | undefined {
  if (isBlankText(text)) return undefined;
  const { choices, numbered } = shown;
  const row = numbered ? rowOf(choices, text) : undefined;
  const same = (fold: (text: string) => string, member: 'title' | 'id') => {
    const said = fold(text);
    return choices.filter((choice) => fold(choice[member]) === said);
  };
  const found =
    [
      () => same(asShown, 'title'),
      () => same(foldExact, 'title'),
      () => (row === undefined ? [] : [row]),
      () => same(foldWords, 'title'),
      () => same(foldExact, 'id'),
    ]
      .map((look) => look())
      .find((fitting) => fitting.length > 0) ?? [];
  const [choice] = found;
  return found.length > 1 ? 'ambiguous' : choice && { choice };
}

/** Returns the places of choices whose titles are the same as that of an earlier one when they are typed without accents and signs. */
export function alikeTitles(titles: readonly string[]): readonly { readonly index: number; readonly first: number }[] {
  const folded = titles.map(foldWords);
  return folded.flatMap((title, index) => {
    const first = folded.indexOf(title);
    return first < index ? [{ index, first }] : [];
  });
}

/** Returns true if a title is itself a number (2, 2.5, #2, 1 000), so that numbers before the titles would mislead. */
export function isNumberTitle(title: string): boolean {
  return readNumber(title) !== undefined || /^#?\d+$/.test(foldWords(title));
}

function asShown(title: string): string {
  return title.normalize('NFC').trim();
}

/** The choice that is meant by `2`, `2.`, `(2)`, `#2`, or by `2. Green` where that is the second one. */
function rowOf<C extends TypedChoice>(choices: readonly C[], text: string): C | undefined {
  const said = foldWords(text);
  const [, number = '', title] = /^#?(\d{1,3})(?:[\s\p{P}]+([^\s\p{P}].*))?$/u.exec(said) ?? [];
  const choice = choices[Number(number) - 1];
  return choice && (title === undefined || foldWords(choice.title) === foldWords(title)) ? choice : undefined;
}
