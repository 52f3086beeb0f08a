import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Log, RefusalCode } from '../contract/host/index.js';
import type { Clock } from '../contract/index.js';
import type { MediaFile, Store } from '../contract/store/index.js';
import type { MediaAddresses } from '../media/media-address.js';
import { bytesOf, type MediaBox } from '../media/media-box.js';
import { answerProblem, problemDetails } from './problem-answer.js';

export interface MediaDoorParts {
  readonly store: Pick<Store, 'media'>;
  readonly media: Pick<MediaBox, 'open'>;
  readonly addresses: Pick<MediaAddresses, 'read'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

const MEDIA = '/media/';
/** What browsers show without running anything in it; all else is a download. SVG is not in it: it may contain scripts. */
const INLINE = /^(?:image\/(?:jpeg|png|gif|webp|bmp)|audio\/[\w.+-]+|video\/[\w.+-]+)$/;
const TYPE = /^[\w.+-]+\/[\w.+-]+$/;

/** Returns the function that serves files of people at `/media/…`, and returns false for any other call. The address itself is the key. */
export function createMediaDoor(parts: MediaDoorParts): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const { method, url = '' } = request;
    if (!url.startsWith(MEDIA) || (method !== 'GET' && method !== 'HEAD')) return false;
    answerFile(parts, { token: url.slice(MEDIA.length).replace(/\?.*$/s, ''), isHead: method === 'HEAD' }, response).catch(
      (error: unknown) => {
        // A client that hung up is nothing to log.
        if (!response.destroyed)
          parts.log.warn({ error: error instanceof Error ? error.message : String(error) }, 'a file could not be served');
        if (response.headersSent) response.destroy();
        else refuse(response, 'http/store-away');
      },
    );
    return true;
  };
}

async function answerFile(
  parts: MediaDoorParts,
  { token, isHead }: { readonly token: string; readonly isHead: boolean },
  response: ServerResponse,
): Promise<void> {
  const id = parts.addresses.read(token, Date.parse(parts.clock.now()));
  if (id === undefined) return refuse(response, 'media/unknown');
  if (id === 'expired') return refuse(response, 'media/expired');
  const file = await parts.media.open(id);
  if (!file) return refuse(response, 'media/unknown');
  if (file.state === 'waiting') {
    response.setHeader('retry-after', '5');
    return refuse(response, 'media/not-fetched');
  }
  if (file.state === 'gone') return refuse(response, 'media/not-kept');
  response.writeHead(200, headersOf(file));
  if (isHead) response.end();
  else await pipeline(Readable.from(bytesOf(parts.store, file)), response);
}

function headersOf({ mimeType = '', fileName, size }: MediaFile): Readonly<Record<string, string | number>> {
  const type = mimeType.split(';')[0]?.trim().toLowerCase() ?? '';
  const isInline = INLINE.test(type);
  const name = fileName === undefined ? '' : `; filename*=UTF-8''${encodeURIComponent(fileName).replace(/['()*]/g, escapeByte)}`;
  return {
    'content-type': TYPE.test(type) ? type : 'application/octet-stream',
    'content-length': size,
    'content-disposition': `${isInline ? 'inline' : 'attachment'}${name}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, max-age=300',
  };
}

/** `encodeURIComponent` leaves these, which the header does not allow. https://www.rfc-editor.org/rfc/rfc8187 */
function escapeByte(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}

function refuse(response: ServerResponse, code: RefusalCode): void {
  answerProblem(response, problemDetails({ refused: code }));
}
