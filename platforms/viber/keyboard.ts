import { isLonger, lengthOf, sentIds, titleOf } from '../../src/adapter-kit/index.js';
import type { Choice, Choices, JsonObject } from '../../src/contract/index.js';
import { limits, viberLimits } from './limits.js';
import { escapeWithin, withDescription } from './markup.js';
import { encodeAddress } from './media.js';

/** Titles of at most this many characters fit three, or two, into a row. */
const FITTING = { three: 10, two: 16 } as const;
/** A row is six columns wide. */
const COLUMNS = 6;

/**
 * Returns choices as a keyboard: short ones two or three to a row, long ones in rows of their own, as long as there are enough rows.
 * Returns undefined if there are more choices than a keyboard holds. `Type` is required, although some of Viber's pages leave it out.
 * https://developers.viber.com/docs/tools/keyboards/
 */
export function keyboardOf(choices: readonly Choice[], as: Choices['choicesAs'] = 'auto'): JsonObject | undefined {
  const wanted = as === 'list' ? spread(choices, 1) : rowsOf(choices);
  const rows = wanted.length <= viberLimits.keyboardRows ? wanted : spread(choices, Math.ceil(choices.length / viberLimits.keyboardRows));
  const columns = rows.flatMap((row) => row.map(() => Math.floor(COLUMNS / row.length)));
  if (columns.includes(0)) return undefined;
  const ids = sentIds(choices, limits.buttons.id);
  return { Type: 'keyboard', Buttons: choices.map((choice, i) => buttonOf(choice, { id: ids[i] ?? '', columns: columns[i] ?? COLUMNS })) };
}

/** Neighbours share rows if all of them are short. The order of the choices stays. */
function rowsOf(choices: readonly Choice[]): readonly (readonly Choice[])[] {
  const runs: Choice[][] = [];
  for (const choice of choices) {
    const last = runs.at(-1);
    if (last && isShort(choice) && last.every((other) => isShort(other))) last.push(choice);
    else runs.push([choice]);
  }
  return runs.flatMap((run) => spread(run, run.every((choice) => isShort(choice, FITTING.three)) ? 3 : 2));
}

function isShort(choice: Choice, limit: number = FITTING.two): boolean {
  return !choice.description?.trim() && !isLonger(titleOf(choice), limit);
}

/** Returns rows of at most `perRow` choices, as equal in length as possible: four choices are two and two, not three and one. */
function spread(choices: readonly Choice[], perRow: number): readonly (readonly Choice[])[] {
  const count = Math.ceil(choices.length / perRow);
  const start = (row: number) => Math.ceil((row * choices.length) / count);
  return Array.from({ length: count }, (_, row) => choices.slice(start(row), start(row + 1)));
}

/** Returns a button that opens an address, hands over a phone number or a place, or sends its id. */
export function buttonOf(choice: Choice, { id, columns }: { readonly id: string; readonly columns: number }): JsonObject {
  const size = { Columns: columns, Rows: 1 };
  const words = { Text: textOn(choice) };
  if (choice.url) return { ...size, ActionType: 'open-url', ActionBody: encodeAddress(choice.url), ...words };
  const action = choice.ask === 'phone' ? 'share-phone' : choice.ask === 'location' ? 'location-picker' : 'reply';
  return { ...size, ActionType: action, ActionBody: id, ...words };
}

/** The description stands below the title in small letters, if there is room for both. */
function textOn(choice: Choice): string {
  const title = escapeWithin(titleOf(choice), limits.buttons.title);
  if (!choice.description?.trim()) return title;
  const both = withDescription(titleOf(choice), choice.description);
  return lengthOf(both) <= limits.buttons.title ? both : title;
}
