import type { Choice } from './message.js';

/**
 * Returns true if choices that are listed in a text get numbers. They do not where a title is a number itself: "2" would then be the
 * second line and the choice "2".
 */
export function showsNumbers(choices: readonly Pick<Choice, 'title'>[]): boolean {
  return !choices.some(({ title }) => /^\p{Nd}+$/u.test(title.normalize('NFKC').trim()));
}
