import { isObject, isTextWithin, isWholeWithin, readNumber, readObjects } from '../../src/adapter-kit/index.js';
import type { Json, JsonObject } from '../../src/contract/index.js';

/** What distinguishes the two kinds of boards. `cells`: how many there are, for a group of so many columns and rows. */
interface Board {
  readonly type: string;
  readonly version: number;
  readonly buttonRows: number;
  readonly buttons: number;
  readonly cells: (columns: number, rows: number) => number;
}
const KEYBOARD: Board = { type: 'keyboard', version: 1, buttonRows: 2, buttons: 24 * 6, cells: () => 24 * 6 };
const RICH_MEDIA: Board = {
  type: 'rich_media',
  version: 2,
  buttonRows: 7,
  buttons: 6 * 6 * 7,
  cells: (columns, rows) => 6 * columns * rows,
};

/**
 * Returns what is wrong with a keyboard; undefined if nothing is. `version`: the message's `min_api_version`.
 * https://developers.viber.com/docs/tools/keyboards/
 */
export function keyboardMistake(keyboard: Json, version: number): string | undefined {
  return boardMistake(keyboard, KEYBOARD, version);
}

/** https://developers.viber.com/docs/api/rest-bot-api/#rich-media-message--carousel-content-message */
export function richMediaMistake(richMedia: Json | undefined, version: number): string | undefined {
  return boardMistake(richMedia, RICH_MEDIA, version);
}

/** Returns Viber's words for a member that is missing. */
export function missing(property: string): string {
  return `object has missing required properties (["${property}"])`;
}

/** Returns true if the value is an address in ASCII characters. */
export function isAddress(value: unknown): value is string {
  return typeof value === 'string' && /^https?:\/\/[\x21-\x7e]+$/.test(value);
}

function boardMistake(board: Json | undefined, rules: Board, version: number): string | undefined {
  if (!isObject(board) || board['Type'] !== rules.type) return missing('Type');
  const { Buttons: buttons, ButtonsGroupColumns: columns = 6, ButtonsGroupRows: rows = 7 } = board;
  if (version < rules.version) return `${rules.type} needs min_api_version ${rules.version}`;
  if (!Array.isArray(buttons) || buttons.length < 1 || buttons.length > rules.buttons) return 'Buttons has too few or too many elements';
  const mistake = valueMistake(board, BOARD_VALUES);
  if (mistake !== undefined) return mistake;
  if (!isWholeWithin(columns, 1, 6) || !isWholeWithin(rows, 1, 7)) return 'ButtonsGroupColumns is 1 to 6, ButtonsGroupRows 1 to 7';
  const cells = readObjects(buttons).reduce((sum, button) => sum + cellsOf(button), 0);
  const max = rules.cells(columns, rows);
  if (cells > max) return `the buttons take ${cells} cells of ${max}`;
  return buttons
    .map((button) => (isObject(button) ? buttonMistake(button, rules, version) : 'a button is not an object'))
    .find((mistake) => mistake !== undefined);
}

/** What the value of a member has to be, and the words for it. */
type ValueRule = readonly [is: (value: Json) => boolean, words: string];

const COLOR: ValueRule = [isColor, 'is not a color'];
const ADDRESS: ValueRule = [isAddress, 'is not an address'];
const number = (min: number, max: number): ValueRule => [(value) => isWholeWithin(value, min, max), `is ${min} to ${max}`];

/** The members of a board whose values Viber looks at. */
const BOARD_VALUES: Readonly<Record<string, ValueRule>> = {
  BgColor: COLOR,
  CustomDefaultHeight: number(40, 70),
  HeightScale: number(20, 100),
  InputFieldState: [(value) => value === 'regular' || value === 'minimized' || value === 'hidden', 'is regular, minimized or hidden'],
};
/** The same of a button. Viber's own examples have other words than its tables for sizes and alignment, so these are not judged. */
const BUTTON_VALUES: Readonly<Record<string, ValueRule>> = {
  BgColor: COLOR,
  TextBgGradientColor: COLOR,
  Image: ADDRESS,
  BgMedia: ADDRESS,
  TextOpacity: number(0, 100),
  TextPaddings: [
    (value) => Array.isArray(value) && value.length === 4 && value.every((one) => isWholeWithin(one, 0, 12)),
    'is four numbers from 0 to 12',
  ],
};

function valueMistake(holder: JsonObject, rules: Readonly<Record<string, ValueRule>>): string | undefined {
  for (const [name, [is, words]] of Object.entries(rules)) {
    const value = holder[name];
    if (value !== undefined && !is(value)) return `${name} ${words}`;
  }
  return undefined;
}

const ACTIONS: readonly string[] = ['reply', 'open-url', 'open-map', 'location-picker', 'share-phone', 'none'];
/** The lowest API version of an action. */
const VERSIONS: ReadonlyMap<string, number> = new Map([
  ['share-phone', 3],
  ['location-picker', 3],
  ['open-map', 6],
]);

function buttonMistake(button: JsonObject, rules: Board, version: number): string | undefined {
  const { ActionType: action = 'reply', ActionBody: says, Text: text, Columns: columns = 6, Rows: rows = 1 } = button;
  if (typeof action !== 'string' || !ACTIONS.includes(action)) return 'ActionType is not valid';
  if (!isTextWithin(says, action === 'reply' ? 250 : 2_000)) return missing('ActionBody');
  if (action === 'open-url' && !isAddress(says)) return 'ActionBody is not an address';
  // Phones cut what is longer than 250 characters.
  if (text !== undefined && !isTextWithin(text)) return 'Text is empty';
  if ([text, button['Image'], button['BgMedia'], button['BgColor']].every((one) => one === undefined)) return 'a button shows nothing';
  const mistake = valueMistake(button, BUTTON_VALUES);
  if (mistake !== undefined) return mistake;
  if (!isWholeWithin(columns, 1, 6) || !isWholeWithin(rows, 1, rules.buttonRows)) return `Columns is 1 to 6, Rows 1 to ${rules.buttonRows}`;
  const lowest = VERSIONS.get(action) ?? 1;
  return version < lowest ? `${action} needs min_api_version ${lowest}` : undefined;
}

function cellsOf({ Columns: columns = 6, Rows: rows = 1 }: JsonObject): number {
  return (readNumber(columns) ?? 0) * (readNumber(rows) ?? 0);
}

function isColor(value: unknown): boolean {
  return typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value);
}
