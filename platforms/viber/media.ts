import { cutText, isLonger } from '../../src/adapter-kit/index.js';
import type { JsonObject, OutboundMessage } from '../../src/contract/index.js';
import { limits, viberLimits } from './limits.js';

type FileMessage = Extract<OutboundMessage, { type: 'image' | 'video' | 'document' }>;

const { image, video, document } = limits.files;

/**
 * Returns a file, or a link to it if Viber would refuse the file: because of its ending or size, or because the size is unknown.
 * https://developers.viber.com/docs/api/rest-bot-api/#picture-message
 */
export function fileContent(message: FileMessage): JsonObject {
  const media = encodeAddress(message.url);
  const size = 'sizeBytes' in message ? (message.sizeBytes ?? 0) : 0;
  switch (message.type) {
    case 'image':
      return hasEnding(media, image.endings) ? { type: 'picture', text: '', media } : linkContent(media);
    case 'document': {
      const name = fileNameOf(message);
      const isTaken = size > 0 && size <= document.bytes && !isForbiddenFile(name) && !isForbiddenFile(media);
      return isTaken ? { type: 'file', media, size, file_name: name } : linkContent(media);
    }
    case 'video':
      return size > 0 && size <= video.bytes && hasEnding(media, video.endings)
        ? { type: 'video', media, size, ...playbackOf(message) }
        : linkContent(media);
  }
}

/** Returns an address that the person can open. */
export function linkContent(address: string): JsonObject {
  return { type: 'url', media: encodeAddress(address) };
}

/** Returns an address with its non-ASCII characters percent-encoded. What is not a valid address is returned as it is: Viber refuses it. */
export function encodeAddress(address: string): string {
  if (/^[\x21-\x7e]*$/.test(address)) return address;
  try {
    return new URL(address).href;
  } catch {
    return address;
  }
}

/** Returns true if a name or an address has an ending that Viber does not take: that of a program. */
export function isForbiddenFile(name: string): boolean {
  return hasEnding(name, document.forbidden);
}

function playbackOf({ durationSeconds = 0, thumbnailUrl }: Extract<FileMessage, { type: 'video' }>): JsonObject {
  const duration = Math.round(durationSeconds);
  return {
    ...(duration > 0 && duration <= video.seconds ? { duration } : {}),
    ...(thumbnailUrl ? { thumbnail: encodeAddress(thumbnailUrl) } : {}),
  };
}

function hasEnding(address: string, endings: readonly string[]): boolean {
  const path = pathOf(address).toLowerCase();
  return endings.some((ending) => path.endsWith(`.${ending}`));
}

function pathOf(address: string): string {
  return address.replace(/[?#].*$/s, '');
}

/** A name that is too long is cut before its ending, by which the phone chooses the app that opens the file. */
function fileNameOf({ fileName = '', url }: Extract<FileMessage, { type: 'document' }>): string {
  const name = fileName.trim() === '' ? lastSegmentOf(url) : fileName.trim();
  if (!isLonger(name, viberLimits.fileName)) return name;
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '';
  return cutText(name.slice(0, name.length - ending.length), viberLimits.fileName - ending.length) + ending;
}

function lastSegmentOf(address: string): string {
  const segment = pathOf(address).split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(segment) || 'file';
  } catch {
    return segment || 'file';
  }
}
