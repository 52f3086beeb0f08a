import { setImmediate } from 'node:timers/promises';
import { TextDecoder } from 'node:util';
import { type AnswerHead, CallError, type StreamReader } from '../contract/index.js';
import { tooLarge } from './answer-text.js';

/** For `Accept-Encoding`: a streamed answer is not decompressed. */
export const UNPACKED = 'identity';

/** In bytes. Nothing keeps them, so this is more than of an answer that is read as a whole. */
const MAX_STREAM = 4_000_000;
/** After so many bytes other work of the process comes first. A socket gives up to 2 MB at once. */
const AT_ONCE = 65_536;

interface Reading {
  readonly read: StreamReader;
  /** Called when a part was progress. */
  readonly progress: () => void;
}

/**
 * Gives the parts of an answer to a reader as they arrive. A fast one does not hold up the event loop.
 *
 * @throws CallError `request/broken-off` if the connection is lost; `request/unreadable` if the answer is compressed; `request/too-large`.
 */
export async function readParts(
  { body, ...head }: AnswerHead & { readonly body: AsyncIterable<Buffer> },
  { read, progress }: Reading,
): Promise<AnswerHead> {
  const encoding = head.headers['content-encoding'] ?? UNPACKED;
  if (encoding !== UNPACKED) throw new CallError('request/unreadable', 'the answer is compressed, which a streamed answer must not be');
  const decoder = new TextDecoder();
  let size = 0;
  for await (const chunk of whole(body)) {
    size += chunk.length;
    if (size > MAX_STREAM) throw tooLarge(MAX_STREAM);
    const step = read(decoder.decode(chunk, { stream: true }), head);
    if (step === 'enough') break;
    if (step === 'progress') progress();
    if (Math.floor(size / AT_ONCE) > Math.floor((size - chunk.length) / AT_ONCE)) await setImmediate();
  }
  return head;
}

/** Yields the chunks of a body. An error of the connection becomes `request/broken-off`. */
async function* whole(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* body;
  } catch {
    throw new CallError('request/broken-off', 'the answer broke off', true);
  }
}
