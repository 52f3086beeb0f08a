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
  const { Buttons: buttons, BgColor: color, ButtonsGroupColumns: columns = 6, ButtonsGroupRows: rows = 7 } = board;
  if (version < rules.version) return `${rules.type} needs min_api_version ${rules.version}`;
  if (!Array.isArray(buttons) || buttons.length < 1 || buttons.length > rules.buttons) return 'Buttons has too few or too many elements';
  if (color !== undefined && !isColor(color)) return 'BgColor is not a color';
  if (!isWholeWithin(columns, 1, 6) || !isWholeWithin(rows, 1, 7)) return 'ButtonsGroupColumns is 1 to 6, ButtonsGroupRows 1 to 7';
  const cells = readObjects(buttons).reduce((sum, button) => sum + cellsOf(button), 0);
  const max = rules.cells(columns, rows);
  if (cells > max) return `the buttons take ${cells} cells of ${max}`;
  return buttons
    .map((button) => (isObject(button) ? buttonMistake(button, rules, version) : 'a button is not an object'))
    .find((mistake) => mistake !== undefined);
}

const ACTIONS: readonly string[] = ['reply', 'open-url', 'location-picker', 'share-phone', 'none'];

function buttonMistake(button: JsonObject, rules: Board, version: number): string | undefined {
  const { ActionType: action = 'reply', ActionBody: says, Text: text, Columns: columns = 6, Rows: rows = 1 } = button;
  if (typeof action !== 'string' || !ACTIONS.includes(action)) return 'ActionType is not valid';
  if (!isTextWithin(says, action === 'reply' ? 250 : 2_000)) return missing('ActionBody');
  if (action === 'open-url' && !isAddress(says)) return 'ActionBody is not an address';
  if (text !== undefined && !isTextWithin(text, 250)) return 'Text is 1 to 250 characters';
  if ([text, button['Image'], button['BgMedia'], button['BgColor']].every((one) => one === undefined)) return 'a button shows nothing';
  if (button['Image'] !== undefined && !isAddress(button['Image'])) return 'Image is not an address';
  if (!isWholeWithin(columns, 1, 6) || !isWholeWithin(rows, 1, rules.buttonRows)) return `Columns is 1 to 6, Rows 1 to ${rules.buttonRows}`;
  return ['share-phone', 'location-picker'].includes(action) && version < 3 ? `${action} needs min_api_version 3` : undefined;
}

function cellsOf({ Columns: columns = 6, Rows: rows = 1 }: JsonObject): number {
  return (readNumber(columns) ?? 0) * (readNumber(rows) ?? 0);
}

function isColor(value: unknown): boolean {
  return typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value);
}
