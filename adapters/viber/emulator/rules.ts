import { isObject, isTextWithin, isWholeWithin, lengthOf } from '../../../src/adapter-kit/index.js';
import type { JsonObject } from '../../../src/contract/index.js';

/** Why Viber refuses a call, with its status. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
}

/**
 * Returns why Viber would refuse the body of a message; undefined if it would take it. Written from Viber's documentation, independently
 * of `render`. A welcome and a broadcast have no receiver.
 */
export function refusalOf(body: unknown, raw: string, hasNoReceiver = false): Refusal | undefined {
  const reason = mistakeIn(body, raw, hasNoReceiver);
  return reason === undefined ? undefined : { status: 3, reason };
}

function mistakeIn(body: unknown, raw: string, hasNoReceiver: boolean): string | undefined {
  if (!isObject(body)) return 'the body is not a JSON object';
  if (Buffer.byteLength(raw) > 30 * 1_024) return 'the request is larger than 30 kB';
  const { receiver, sender, tracking_data: tracking, min_api_version: version = 1, keyboard, type } = body;
  if (!hasNoReceiver && !isTextWithin(receiver, 200)) return missing('receiver');
  if (!isObject(sender) || !isTextWithin(sender['name'], 28)) return 'sender.name is 1 to 28 characters';
  if (tracking !== undefined && !(typeof tracking === 'string' && tracking.length <= 4_000))
    return 'tracking_data is up to 4000 characters';
  if (!isWholeWithin(version, 1, 20)) return 'min_api_version is a number';
  if (type === undefined && keyboard === undefined) return missing('type');
  const content = type === undefined ? undefined : contentMistake(body, type);
  return content ?? (keyboard === undefined ? undefined : boardMistake(keyboard, KEYBOARD, version as number));
}

function contentMistake(body: JsonObject, type: unknown): string | undefined {
  const { media, text, size } = body;
  switch (type) {
    case 'text':
      return isTextWithin(text, 7_000) ? undefined : 'text is 1 to 7000 characters';
    case 'picture':
      if (!isAddress(media) || !/\.(jpe?g|png|gif)([?#]|$)/i.test(media)) return 'media of a picture ends in .jpg, .jpeg, .png or .gif';
      return typeof text === 'string' && lengthOf(text) <= 512 ? undefined : 'text of a picture is required, up to 512 characters';
    case 'video':
      if (!isAddress(media) || !/\.mp4([?#]|$)/i.test(media)) return 'media of a video ends in .mp4';
      if (!isWholeWithin(size, 1, 27_262_976)) return 'size of a video is required, up to 26 MB';
      return body['duration'] === undefined || isWholeWithin(body['duration'], 1, 180) ? undefined : 'duration is up to 180 seconds';
    case 'file':
      if (!isAddress(media) || !isWholeWithin(size, 1, 52_428_800)) return 'media and size of a file are required, up to 50 MB';
      return isTextWithin(body['file_name'], 256) ? undefined : 'file_name is 1 to 256 characters';
    case 'url':
      return isAddress(media) && media.length <= 2_000 ? undefined : 'media is an address of up to 2000 characters';
    case 'sticker':
      return isWholeWithin(body['sticker_id'], 1, Number.MAX_SAFE_INTEGER) ? undefined : missing('sticker_id');
    case 'location': {
      const { lat, lon } = isObject(body['location']) ? body['location'] : {};
      return Number.isFinite(Number(lat ?? Number.NaN)) && Number.isFinite(Number(lon ?? Number.NaN)) ? undefined : missing('location');
    }
    case 'contact': {
      const { name, phone_number: phone } = isObject(body['contact']) ? body['contact'] : {};
      return isTextWithin(name, 28) && isTextWithin(phone, 18)
        ? undefined
        : 'contact has a name up to 28 and a phone_number up to 18 characters';
    }
    case 'rich_media':
      return boardMistake(body['rich_media'], RICH_MEDIA, Number(body['min_api_version'] ?? 1));
    default:
      return 'type is not valid';
  }
}

interface Board {
  readonly type: string;
  readonly version: number;
  readonly buttonRows: number;
  readonly buttons: number;
}
const KEYBOARD: Board = { type: 'keyboard', version: 1, buttonRows: 2, buttons: 24 * 6 };
const RICH_MEDIA: Board = { type: 'rich_media', version: 2, buttonRows: 7, buttons: 6 * 6 * 7 };

/** https://developers.viber.com/docs/tools/keyboards/ */
function boardMistake(board: unknown, rules: Board, version: number): string | undefined {
  if (!isObject(board) || board['Type'] !== rules.type) return missing('Type');
  const { Buttons: buttons, BgColor: color, ButtonsGroupColumns: columns = 6, ButtonsGroupRows: rows = 7 } = board;
  if (version < rules.version) return `${rules.type} needs min_api_version ${rules.version}`;
  if (!Array.isArray(buttons) || buttons.length < 1 || buttons.length > rules.buttons) return 'Buttons has too few or too many elements';
  if (color !== undefined && !isColor(color)) return 'BgColor is not a color';
  if (!isWholeWithin(columns, 1, 6) || !isWholeWithin(rows, 1, 7)) return 'ButtonsGroupColumns is 1 to 6, ButtonsGroupRows 1 to 7';
  const cells = buttons.reduce((sum: number, one: unknown) => sum + (isObject(one) ? cellsOf(one) : 0), 0);
  const most = rules.type === 'keyboard' ? 24 * 6 : 6 * (columns as number) * (rows as number);
  if (cells > most) return `the buttons take ${cells} cells of ${most}`;
  for (const one of buttons) {
    const mistake = isObject(one) ? buttonMistake(one, rules, version) : 'a button is not an object';
    if (mistake !== undefined) return mistake;
  }
  return undefined;
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
  return Number(columns) * Number(rows);
}

function missing(property: string): string {
  return `object has missing required properties (["${property}"])`;
}

function isAddress(value: unknown): value is string {
  return typeof value === 'string' && /^https?:\/\/[\x21-\x7e]+$/.test(value);
}

function isColor(value: unknown): boolean {
  return typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value);
}
