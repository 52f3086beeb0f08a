import type { JsonObject } from '../../src/contract/index.js';
import { member, objectsIn, textOf } from '../../src/contract/json-members.js';

const ACTIONS: ReadonlyMap<string, number> = new Map([
  ['share-phone', 3],
  ['location-picker', 3],
]);
/** Members of buttons and of keyboards that came with a later version. */
const MEMBERS: ReadonlyMap<string, number> = new Map([
  ['InternalBrowser', 3],
  ['InputFieldState', 4],
  ['TextPaddings', 4],
  ['CustomDefaultHeight', 3],
  ['HeightScale', 3],
  ['ButtonsGroupColumns', 4],
  ['ButtonsGroupRows', 4],
  ['FavoritesMetadata', 6],
  ['Silent', 6],
  ['BgMediaScaleType', 6],
  ['ImageScaleType', 6],
  ['TextShouldFit', 6],
  ['Map', 6],
  ['Frame', 6],
  ['MediaPlayer', 6],
]);
/** Older phones would show an empty bubble. */
const RICH_MEDIA = 7;

/**
 * The lowest API version that shows all of a message: phones below it show a request to update, so no more is asked for than is needed.
 * https://developers.viber.com/docs/tools/keyboards/#general-keyboard-parameters
 */
export function apiVersionOf(content: JsonObject): number {
  const boards = [content['keyboard'], content['rich_media']];
  const buttons = boards.flatMap((board) => objectsIn(member(board, 'Buttons')));
  return Math.max(
    content['type'] === 'rich_media' ? RICH_MEDIA : 1,
    ...buttons.map((one) => ACTIONS.get(textOf(one['ActionType']) ?? '') ?? 1),
    ...[...boards, ...buttons].flatMap((one) => Object.keys(one ?? {}).map((name) => MEMBERS.get(name) ?? 1)),
  );
}
