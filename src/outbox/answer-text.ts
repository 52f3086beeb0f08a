import { promisify, TextDecoder } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { CallError } from '../contract/index.js';

/** For `Accept-Encoding`: what `answerText` can unpack. */
export const ENCODINGS = 'gzip, deflate, br';

type Unpack = (packed: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer<ArrayBuffer>>;
const inflated: Unpack = promisify(inflate);
const inflatedRaw: Unpack = promisify(inflateRaw);
const UNPACK: ReadonlyMap<string, Unpack> = new Map<string, Unpack>([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  // Many servers leave out the two bytes of zlib's header. https://datatracker.ietf.org/doc/html/rfc9110#section-8.4.1.2
  ['deflate', (packed, options) => (hasZlibHeader(packed) ? inflated : inflatedRaw)(packed, options)],
  ['br', promisify(brotliDecompress)],
]);
/** Nobody packs an answer more often. */
const MOST_ENCODINGS = 3;

/**
 * The body of an answer as text: unpacked by its Content-Encoding, read by its byte order mark, else by the charset that its Content-Type
 * names, else as UTF-8. At most `limit` bytes, which are counted while unpacking: a small body that unpacks into a large one is refused
 * before it takes memory.
 *
 * @throws CallError `request/too-large`; `request/unreadable` for an encoding or charset that is unknown, or bytes that do not fit it.
 */
export async function answerText(body: Buffer, headers: Readonly<Record<string, string>>, limit: number): Promise<string> {
  if (body.length === 0) return '';
  const bytes = await unpacked(body, headers['content-encoding'] ?? '', limit);
  const decoder = decoderFor(bytes, headers['content-type'] ?? '');
  const text = decoder.decode(bytes);
  return decoder.encoding === 'windows-1252'
    ? text.replace(/[\x80-\x9f]/g, (sign) => WINDOWS_1252[sign.charCodeAt(0) - 0x80] ?? sign)
    : text;
}

/**
 * The signs of the bytes 80 to 9F, which this version of Node gives as control characters (https://github.com/nodejs/node/issues/56542).
 * Also for ISO-8859-1, as browsers read it.
 */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

export function tooLarge(limit: number): CallError {
  return new CallError('request/too-large', `the answer is larger than ${limit} bytes`);
}

/** The encoding that was applied last is named last. */
async function unpacked(body: Buffer, encodings: string, limit: number): Promise<Buffer> {
  const names = encodings.split(',').map((name) => name.trim().toLowerCase());
  const applied = names.filter((name) => name !== '' && name !== 'identity').reverse();
  if (applied.length > MOST_ENCODINGS) throw unreadable('the answer is packed too often');
  let bytes = body;
  for (const name of applied) {
    const unpack = UNPACK.get(name);
    if (!unpack) throw unreadable(`the answer is packed as "${name.slice(0, LONGEST_NAME)}", which is unknown`);
    bytes = await unpack(bytes, { maxOutputLength: limit }).catch((error: unknown) => {
      throw isTooLarge(error) ? tooLarge(limit) : unreadable(`the answer says that it is packed as ${name}, and is not`);
    });
  }
  return bytes;
}

function hasZlibHeader(bytes: Buffer): boolean {
  return bytes.length > 1 && ((bytes[0] ?? 0) & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0;
}

function isTooLarge(error: unknown): boolean {
  return error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

/** https://encoding.spec.whatwg.org/#decode: a byte order mark wins over what the header says. */
function decoderFor(bytes: Buffer, contentType: string): TextDecoder {
  const named = /;\s*charset\s*=\s*["']?([^\s"';,]+)/i.exec(contentType)?.[1];
  const label = MARKS.find(({ mark }) => bytes.subarray(0, mark.length).equals(mark))?.charset ?? named ?? 'utf-8';
  try {
    return new TextDecoder(label);
  } catch {
    throw unreadable(`the answer is written in "${label.slice(0, LONGEST_NAME)}", a charset that is unknown`);
  }
}

const MARKS = [
  { mark: Buffer.from([0xef, 0xbb, 0xbf]), charset: 'utf-8' },
  { mark: Buffer.from([0xfe, 0xff]), charset: 'utf-16be' },
  { mark: Buffer.from([0xff, 0xfe]), charset: 'utf-16le' },
] as const;
const LONGEST_NAME = 40;

function unreadable(reason: string): CallError {
  return new CallError('request/unreadable', reason);
}
