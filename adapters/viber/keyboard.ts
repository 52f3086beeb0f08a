import type { Choice, Choices, JsonObject } from '../../src/contract/index.js';
import { limits, viberLimits } from './limits.js';
import { escaped, escapedWithin } from './markup.js';
import { webAddress } from './media.js';
import { idsOf, titleOf } from './tracking.js';

/** Titles up to so many characters find room beside each other, two or three to a row. */
const SHORT: Readonly<Record<number, number>> = { 2: 16, 3: 10 };

/**
 * The choices as a keyboard: two or three short ones beside each other, else one row each as long as there are rows; undefined for more than
 * fit on one. `Type` is required, though some pages leave it out.
 * https://developers.viber.com/docs/tools/keyboards/
 */
export function keyboardOf(choices: readonly Choice[], as: Choices['choicesAs'] = 'auto'): JsonObject | undefined {
  const beside = Math.max(Math.ceil(choices.length / viberLimits.keyboardRows), as !== 'list' && areShort(choices) ? choices.length : 1);
  const columns = Math.floor(6 / beside);
  if (columns < 1) return undefined;
  const ids = idsOf(choices);
  return { Type: 'keyboard', Buttons: choices.map((choice, i) => buttonOf(choice, ids[i] ?? '', columns)) };
}

function areShort(choices: readonly Choice[]): boolean {
  const longest = SHORT[choices.length];
  return longest !== undefined && choices.every((one) => !one.description?.trim() && [...titleOf(one)].length <= longest);
}

/** One button, `columns` of six wide: it opens an address, hands over a phone number or a place, or answers with its id. */
export function buttonOf(choice: Choice, id: string, columns: number): JsonObject {
  const size = { Columns: columns, Rows: 1 };
  const words = { Text: wordsOn(choice) };
  if (choice.url) return { ...size, ActionType: 'open-url', ActionBody: webAddress(choice.url), ...words };
  const action = choice.ask === 'phone' ? 'share-phone' : choice.ask === 'location' ? 'location-picker' : 'reply';
  return { ...size, ActionType: action, ActionBody: id, ...words };
}

/** The description stands small below the title, where both find room. */
function wordsOn(choice: Choice): string {
  const title = escapedWithin(titleOf(choice), limits.buttons.title);
  if (!choice.description?.trim()) return title;
  const both = `${title}<br><font size="12">${escaped(choice.description)}</font>`;
  return [...both].length <= limits.buttons.title ? both : title;
}

/** The choices as lines of a text, for who wants them so and for what is too large for a keyboard. */
export function numbered(choices: readonly Choice[]): string {
  return choices.map((choice, i) => `${i + 1}. ${titleOf(choice)}${choice.url ? `: ${choice.url}` : ''}`).join('\n');
}
