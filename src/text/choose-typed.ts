import { foldExact, foldTitle, foldWords, isBlankText } from './fold.js';
import { readTypedNumber } from './read-number.js';
import { saysTheSame } from './yes-or-no.js';

/** Choices as they were shown to a person. */
export interface ShownChoices<C extends TypedChoice = TypedChoice> {
  readonly choices: readonly C[];
  /** True if they were listed with numbers, so that a number is an answer. */
  readonly numbered: boolean;
  /** How many of them the person has seen, if not all: only their numbers are answers. */
  readonly seen?: number;
}
interface TypedChoice {
  readonly id: string;
  readonly title: string;
}

/** In characters. No title is longer, and folding takes time. */
const MAX_LENGTH = 1_000;

/**
 * Returns the choice that a typed text means: by its exact title; by its number, if numbers were shown; by its title without accents,
 * and without punctuation and emoji around it; by its title without any punctuation, so that "no thank you" means "No, thank you"; by its id.
 * The first of these that fits any choice decides. If it fits several choices, the result is `ambiguous`. At last, a text means the only choice
 * whose title has it before a comma or a dash, or says yes or no in other words: "Yes" and "yep" mean "Yes, cancel it".
 */
export function chooseTyped<C extends TypedChoice>(shown: ShownChoices<C>, text: string): { readonly choice: C } | 'ambiguous' | undefined {
  if (text.length > MAX_LENGTH || isBlankText(text)) return undefined;
  const found = fitting(shown, text);
  const [choice] = found;
  return found.length > 1 ? 'ambiguous' : choice && { choice };
}

function fitting<C extends TypedChoice>({ choices, numbered, seen }: ShownChoices<C>, text: string): readonly C[] {
  const shown = sameTitles(choices, text, asShown);
  if (shown.length > 0) return shown;
  const exact = sameTitles(choices, text, foldExact);
  if (exact.length > 0) return exact;
  const row = numbered ? rowOf(seen === undefined ? choices : choices.slice(0, seen), text) : undefined;
  if (row !== undefined) return [row];
  const alike = sameTitles(choices, text, foldWords);
  if (alike.length > 0) return alike;
  const unpunctuated = sameTitles(choices, text, foldTitle);
  if (unpunctuated.length > 0) return unpunctuated;
  const typed = foldExact(text);
  const byId = choices.filter(({ id }) => foldExact(id) === typed);
  return byId.length > 0 ? byId : beginningWith(choices, text);
}

/** Returns the only choice whose title has the text before a comma or a dash, else the only one that says yes or no in other words. */
function beginningWith<C extends TypedChoice>(choices: readonly C[], text: string): readonly C[] {
  const typed = foldTitle(text);
  const same = choices.filter(({ title }) => titleBeginning(title) === typed);
  const found = same.length > 0 ? same : choices.filter(({ title }) => saysTheSame(text, titleBeginning(title) ?? title));
  return found.length === 1 ? found : [];
}

/** What ends the first words of a title: a comma, colon or semicolon, or a dash or bracket after a space. */
const BEGINNING_ENDS = /[,:;](?=\s)|[،؛、，；：]|\s[-–—(]/u;

/**
 * Returns the first words of a title, folded, if they are words and others follow: people type them instead of the title.
 *
 * @example titleBeginning('Yes, cancel it')   // 'yes'
 */
export function titleBeginning(title: string): string | undefined {
  const end = title.search(BEGINNING_ENDS);
  const words = end < 0 ? '' : foldTitle(title.slice(0, end));
  return /\p{L}/u.test(words) ? words : undefined;
}

function sameTitles<C extends TypedChoice>(choices: readonly C[], text: string, fold: (text: string) => string): readonly C[] {
  const typed = fold(text);
  return choices.filter(({ title }) => fold(title) === typed);
}

/** Finds titles that are the same as an earlier one (`first`) when they are typed without accents and punctuation. */
export function alikeTitles(titles: readonly string[]): readonly { readonly index: number; readonly first: number }[] {
  const folded = titles.map(foldTitle);
  return folded.flatMap((title, index) => {
    const first = folded.indexOf(title);
    return first < index ? [{ index, first }] : [];
  });
}

/** Returns true if a title is itself a number (2, 2.5, #2, 1 000), so that numbers before the titles would mislead. */
export function isNumberTitle(title: string): boolean {
  return readTypedNumber(title) !== undefined || /^#?\d+$/.test(foldWords(title));
}

function asShown(title: string): string {
  return title.normalize('NFC').trim();
}

/** Returns the choice that is meant by `2`, `2.`, `(2)`, `#2`, or by `2. Green` if Green is the second one. */
function rowOf<C extends TypedChoice>(choices: readonly C[], text: string): C | undefined {
  const typed = foldWords(text);
  const [, number = '', title] = /^#?(\d{1,3})(?:[\s\p{P}]+([^\s\p{P}].*))?$/u.exec(typed) ?? [];
  const choice = choices[Number(number) - 1];
  return choice && (title === undefined || foldWords(choice.title) === foldWords(title)) ? choice : undefined;
}
