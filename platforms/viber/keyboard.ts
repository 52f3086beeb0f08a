import type { Choice, Choices, JsonObject } from '../../src/contract/index.js';
import { lengthOf } from '../../src/text/cut-text.js';
import { showsNumbers } from '../../src/text/shows-numbers.js';
import { limits, viberLimits } from './limits.js';
import { escaped, escapedWithin } from './markup.js';
import { webAddress } from './media.js';
import { idsOf, titleOf } from './tracking.js';

/** Titles up to so many characters find room three, or two, beside each other. */
const SHORT = { three: 10, two: 16 } as const;

/**
 * The choices as a keyboard: two or three short ones beside each other, long ones in rows of their own, as long as there are rows;
 * undefined for more than fit on one. `Type` is required, though some pages leave it out.
 * https://developers.viber.com/docs/tools/keyboards/
 */
export function keyboardOf(choices: readonly Choice[], as: Choices['choicesAs'] = 'auto'): JsonObject | undefined {
  const laidOut = as === 'list' ? evenly(choices, 1) : rowsOf(choices);
  const rows = laidOut.length <= viberLimits.keyboardRows ? laidOut : evenly(choices, Math.ceil(choices.length / viberLimits.keyboardRows));
  const columns = rows.flatMap((row) => row.map(() => Math.floor(6 / row.length)));
  if (columns.includes(0)) return undefined;
  const ids = idsOf(choices);
  return { Type: 'keyboard', Buttons: choices.map((choice, i) => buttonOf(choice, ids[i] ?? '', columns[i] ?? 6)) };
}

/** Short choices that follow each other share rows; their order stays. */
function rowsOf(choices: readonly Choice[]): readonly (readonly Choice[])[] {
  const runs: Choice[][] = [];
  for (const choice of choices) {
    const last = runs.at(-1);
    if (last && isShort(choice) && last.every((one) => isShort(one))) last.push(choice);
    else runs.push([choice]);
  }
  return runs.flatMap((run) => evenly(run, run.every((one) => isShort(one, SHORT.three)) ? 3 : 2));
}

function isShort(choice: Choice, most: number = SHORT.two): boolean {
  return !choice.description?.trim() && [...titleOf(choice)].length <= most;
}

/** Up to `beside` in a row, and no row nearly empty: four are two and two. */
function evenly(choices: readonly Choice[], beside: number): readonly (readonly Choice[])[] {
  const count = Math.ceil(choices.length / beside);
  const place = (row: number) => Math.ceil((row * choices.length) / count);
  return Array.from({ length: count }, (_, row) => choices.slice(place(row), place(row + 1)));
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
  return lengthOf(both) <= limits.buttons.title ? both : title;
}

/** The choices as lines of a text, for who wants them so and for what is too large for a keyboard. */
export function numbered(choices: readonly Choice[]): string {
  const isNumbered = showsNumbers(choices);
  const line = (choice: Choice) => `${titleOf(choice)}${choice.url ? `: ${choice.url}` : ''}`;
  return choices.map((choice, i) => (isNumbered ? `${i + 1}. ${line(choice)}` : line(choice))).join('\n');
}
