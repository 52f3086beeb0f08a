import { promisify, TextDecoder } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { CallError } from '../contract/index.js';

/** For `Accept-Encoding`: the encodings that `answerText` can decompress. */
export const ENCODINGS = 'gzip, deflate, br';

type Decompress = (compressed: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer<ArrayBuffer>>;
const inflated: Decompress = promisify(inflate);
const inflatedRaw: Decompress = promisify(inflateRaw);
const DECOMPRESS: ReadonlyMap<string, Decompress> = new Map<string, Decompress>([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  // Many servers omit the two bytes of zlib's header. https://datatracker.ietf.org/doc/html/rfc9110#section-8.4.1.2
  ['deflate', (compressed, options) => (hasZlibHeader(compressed) ? inflated : inflatedRaw)(compressed, options)],
  ['br', promisify(brotliDecompress)],
]);
/** Encodings of one answer. No honest server uses more. */
const MAX_ENCODINGS = 3;

/**
 * Returns the body of an answer as text. It is decompressed by its Content-Encoding, and decoded by its byte order mark, else by the charset
 * in its Content-Type, else as UTF-8. `limit` is in bytes, and is checked while decompressing, so that a small body that decompresses into
 * a large one takes no memory.
 *
 * @throws CallError `request/too-large`, or `request/unreadable` if an encoding or charset is unknown or the bytes do not match it.
 */
export async function answerText(body: Buffer, headers: Readonly<Record<string, string>>, limit: number): Promise<string> {
  if (body.length === 0) return '';
  const bytes = await decompressed(body, headers['content-encoding'] ?? '', limit);
  const decoder = decoderFor(bytes, headers['content-type'] ?? '');
  const text = decoder.decode(bytes);
  return decoder.encoding === 'windows-1252'
    ? text.replace(/[\x80-\x9f]/g, (character) => WINDOWS_1252[character.charCodeAt(0) - 0x80] ?? character)
    : text;
}

/**
 * The characters of the bytes 80 to 9F. Node 20 decodes them as control characters (https://github.com/nodejs/node/issues/56542). Browsers
 * read ISO-8859-1 like this, too.
 */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

export function tooLarge(limit: number): CallError {
  return new CallError('request/too-large', `the answer is larger than ${limit} bytes`);
}

/** The encoding that was applied last is named last, and undone first. */
async function decompressed(body: Buffer, encodings: string, limit: number): Promise<Buffer> {
  const names = encodings.split(',').map((name) => name.trim().toLowerCase());
  const applied = names.filter((name) => name !== '' && name !== 'identity').reverse();
  if (applied.length > MAX_ENCODINGS) throw unreadable(`the answer has more than ${MAX_ENCODINGS} encodings`);
  let bytes = body;
  for (const name of applied) {
    const decompress = DECOMPRESS.get(name);
    if (!decompress) throw unreadable(`the answer has the unknown encoding "${name.slice(0, MAX_NAME)}"`);
    bytes = await decompress(bytes, { maxOutputLength: limit }).catch((error: unknown) => {
      throw isTooLarge(error) ? tooLarge(limit) : unreadable(`the answer is not valid ${name}, although its Content-Encoding says so`);
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

/** A byte order mark takes precedence over the header: https://encoding.spec.whatwg.org/#decode */
function decoderFor(bytes: Buffer, contentType: string): TextDecoder {
  const named = /;\s*charset\s*=\s*["']?([^\s"';,]+)/i.exec(contentType)?.[1];
  const label = MARKS.find(({ mark }) => bytes.subarray(0, mark.length).equals(mark))?.charset ?? named ?? 'utf-8';
  try {
    return new TextDecoder(label);
  } catch {
    throw unreadable(`the answer has the unknown charset "${label.slice(0, MAX_NAME)}"`);
  }
}

const MARKS = [
  { mark: Buffer.from([0xef, 0xbb, 0xbf]), charset: 'utf-8' },
  { mark: Buffer.from([0xfe, 0xff]), charset: 'utf-16be' },
  { mark: Buffer.from([0xff, 0xfe]), charset: 'utf-16le' },
] as const;
/** Characters of a name in an error message. */
const MAX_NAME = 40;

function unreadable(reason: string): CallError {
  return new CallError('request/unreadable', reason);
}
