import { isNumberTitle } from './choose-typed.js';

/**
 * Returns true if choices that are listed in a text get numbers. They get none if a title is a number itself: "2" would then mean both the
 * second line and the choice "2".
 */
export function showsNumbers(choices: readonly { readonly title: string }[]): boolean {
  return !choices.some(({ title }) => isNumberTitle(title));
}
