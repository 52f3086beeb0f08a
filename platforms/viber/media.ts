import type { JsonObject, OutboundMessage } from '../../src/contract/index.js';
import { cutText, isLonger } from '../../src/text/cut-text.js';
import { limits, viberLimits } from './limits.js';

type Media = Extract<OutboundMessage, { type: 'image' | 'video' | 'document' }>;

/**
 * A file by its address. What Viber would refuse (another ending, no size, too large) is sent as a link to it, so that it arrives all the same.
 * https://developers.viber.com/docs/api/rest-bot-api/#picture-message
 */
export function mediaBody(message: Media): JsonObject {
  const media = webAddress(message.url);
  const size = 'sizeBytes' in message ? message.sizeBytes : undefined;
  if (message.type === 'image') return hasEnding(media, image.endings) ? { type: 'picture', text: '', media } : linkBody(media);
  if (size === undefined || size <= 0) return linkBody(media);
  if (message.type === 'document')
    return size > document.bytes ? linkBody(media) : { type: 'file', media, size, file_name: fileNameOf(message) };
  if (size > video.bytes || !hasEnding(media, video.endings)) return linkBody(media);
  const { durationSeconds = 0, thumbnailUrl } = message;
  const duration = Math.round(durationSeconds);
  return {
    type: 'video',
    media,
    size,
    ...(duration > 0 && duration <= video.seconds ? { duration } : {}),
    ...(thumbnailUrl ? { thumbnail: webAddress(thumbnailUrl) } : {}),
  };
}

/** A message that is an address alone. */
export function linkBody(address: string): JsonObject {
  return { type: 'url', media: webAddress(address) };
}

/** Percent-encoded where it is not yet; what is no address stays, and Viber says so. */
export function webAddress(address: string): string {
  if (/^[\x21-\x7e]*$/.test(address)) return address;
  try {
    return new URL(address).href;
  } catch {
    return address;
  }
}

const { image, video, document } = limits.files;

function hasEnding(address: string, endings: readonly string[]): boolean {
  const path = pathOf(address).toLowerCase();
  return endings.some((ending) => path.endsWith(`.${ending}`));
}

function pathOf(address: string): string {
  return address.replace(/[?#].*$/s, '');
}

/** Cut before its ending: by that the phone knows what to open it with. */
function fileNameOf({ fileName = '', url }: Extract<Media, { type: 'document' }>): string {
  const name = fileName.trim() === '' ? lastSegment(url) : fileName.trim();
  if (!isLonger(name, viberLimits.fileName)) return name;
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '';
  return cutText(name.slice(0, name.length - ending.length), viberLimits.fileName - ending.length) + ending;
}

function lastSegment(address: string): string {
  const segment = pathOf(address).split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(segment) || 'file';
  } catch {
    return segment || 'file';
  }
}
