import { member, readObjects, readText } from '../../src/adapter-kit/index.js';
import type { JsonObject } from '../../src/contract/index.js';

/** The API versions that brought actions, and members of buttons and keyboards. What is not listed came with version 1. */
const ACTIONS: ReadonlyMap<string, number> = new Map([
  ['share-phone', 3],
  ['location-picker', 3],
  ['open-map', 6],
]);
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
/** Phones with an older version show an empty bubble. */
const RICH_MEDIA = 7;

/**
 * Returns the lowest API version that shows all of a message. Phones with a lower version show a request to update the app instead of the
 * message, so it should not be higher than necessary.
 * https://developers.viber.com/docs/tools/keyboards/#general-keyboard-parameters
 */
export function apiVersionOf(content: JsonObject): number {
  const boards = [content['keyboard'], content['rich_media']];
  const buttons = boards.flatMap((board) => readObjects(member(board, 'Buttons')));
  return Math.max(
    content['type'] === 'rich_media' ? RICH_MEDIA : 1,
    ...buttons.map((button) => ACTIONS.get(readText(button['ActionType']) ?? '') ?? 1),
    ...[...boards, ...buttons].flatMap((holder) => Object.keys(holder ?? {}).map((name) => MEMBERS.get(name) ?? 1)),
  );
}
