import { isNumberTitle } from './choose-typed.js';

/**
 * Returns true if choices that are listed in a text get numbers. They do not where a title is a number itself: "2" would then be the
 * second line and the choice "2".
 */
export function showsNumbers(choices: readonly { readonly title: string }[]): boolean {
  return !choices.some(({ title }) => isNumberTitle(title));
}
