import { isObject, isTextWithin, isWholeWithin, lengthOf, member, readNumber } from '../../src/adapter-kit/index.js';
import type { JsonObject } from '../../src/contract/index.js';
import { isAddress, keyboardMistake, missing, richMediaMistake } from './board-rules.js';
import { isForbiddenFile } from './media.js';

/**
 * Returns what is wrong with a content in Viber's JSON, or with its keyboard; undefined if nothing is. Written from Viber's documentation,
 * independently of the functions that make contents.
 * https://developers.viber.com/docs/api/rest-bot-api/#message-types
 *
 * @example contentMistake({ type: 'text', text: '' })   // 'text is 1 to 7000 characters'
 */
export function contentMistake(content: JsonObject): string | undefined {
  const { type, keyboard, min_api_version: version = 1 } = content;
  if (!isWholeWithin(version, 1, 20)) return 'min_api_version is a number';
  if (type === undefined && keyboard === undefined) return missing('type');
  const mistake = type === undefined ? undefined : mistakeOfType(content, version);
  return mistake ?? (keyboard === undefined ? undefined : keyboardMistake(keyboard, version));
}

function mistakeOfType(content: JsonObject, version: number): string | undefined {
  const { media, text, size } = content;
  switch (content['type']) {
    case 'text':
      return isTextWithin(text, 7_000) ? undefined : 'text is 1 to 7000 characters';
    case 'picture':
      if (!isAddress(media) || !/^[^?#]+\.(?:jpe?g|png|gif)(?:[?#]|$)/i.test(media))
        return 'media of a picture ends in .jpg, .jpeg, .png or .gif';
      return typeof text === 'string' && lengthOf(text) <= 512 ? undefined : 'text of a picture is required, up to 512 characters';
    case 'video':
      if (!isAddress(media) || !/^[^?#]+\.mp4(?:[?#]|$)/i.test(media)) return 'media of a video ends in .mp4';
      if (!isWholeWithin(size, 1, 27_262_976)) return 'size of a video is required, up to 26 MB';
      return content['duration'] === undefined || isWholeWithin(content['duration'], 1, 180) ? undefined : 'duration is up to 180 seconds';
    case 'file':
      if (!isAddress(media) || !isWholeWithin(size, 1, 52_428_800)) return 'media and size of a file are required, up to 50 MB';
      if (!isTextWithin(content['file_name'], 256)) return 'file_name is 1 to 256 characters';
      return isForbiddenFile(content['file_name']) || isForbiddenFile(media) ? 'the format of the file is forbidden' : undefined;
    case 'url':
      return isAddress(media) && media.length <= 2_000 ? undefined : 'media is an address of up to 2000 characters';
    case 'sticker':
      return isWholeWithin(readNumber(content['sticker_id']), 1, Number.MAX_SAFE_INTEGER) ? undefined : missing('sticker_id');
    case 'location': {
      const [lat, lon] = ['lat', 'lon'].map((of) => readNumber(member(content['location'], of)));
      if (lat === undefined || lon === undefined) return missing('location');
      return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? undefined : 'lat is up to 90, lon up to 180';
    }
    case 'contact': {
      const { name, phone_number: phone } = isObject(content['contact']) ? content['contact'] : {};
      if (!isTextWithin(name, 28) || !isTextWithin(phone, 18)) return 'contact has a name up to 28 and a phone_number up to 18 characters';
      return /^\+?\d+$/.test(phone) ? undefined : 'phone_number has digits alone';
    }
    case 'rich_media':
      return richMediaMistake(content['rich_media'], version);
    default:
      return 'type is not valid';
  }
}
