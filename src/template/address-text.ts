import type { FillContext } from './fill-context.js';
import { wordsOf } from './words.js';

/** What an expression of an address has given. */
export class Filled {
  readonly value: unknown;
  /** It is in the form of an address already. */
  readonly asItIs: boolean;

  constructor(value: unknown, asItIs: boolean) {
    this.value = value;
    this.asItIs = asItIs;
  }
}

/** A part of an address, in its order: written by the author, or put in by an expression. */
interface Piece {
  readonly text: string;
  readonly filled: boolean;
  readonly secret?: string;
}

/**
 * Collects an address. What expressions give is percent-encoded, so that it stays in the segment or the value where it stands; only an
 * expression at the very beginning stays, as it is the address of a system.
 */
export class AddressText {
  /** As Liquid's emitters have it; the pieces are what counts. */
  buffer = '';
  readonly pieces: Piece[] = [];

  /** Called by Liquid for each text and each output. */
  write(context: FillContext, piece: unknown): void {
    const isFilled = piece instanceof Filled;
    const words = wordsOf(isFilled ? piece.value : piece, context);
    context.memoryLimit.use(words.length);
    const isBeginning = this.pieces.length === 0;
    this.#add({ text: isFilled && !piece.asItIs && !isBeginning ? encoded(words, this.buffer) : words, filled: isFilled });
  }

  /** A secret is put in when the call is made: until then something harmless stands for it. `next` is the text behind it. */
  addSecret(secret: string, next: string): void {
    const base = /^[/:?#]|^$/.test(next) || next.startsWith('{') ? 'https://secret' : 'https://secret/?';
    this.#add({ text: this.pieces.length === 0 ? base : 'secret', filled: false, secret });
  }

  #add(piece: Piece): void {
    this.pieces.push(piece);
    this.buffer += piece.text;
  }
}

/** `tel:`, `mailto:` and the like have no segments. */
const OPAQUE = /^[a-z][a-z0-9+.-]*:(?!\/\/)/i;

function encoded(words: string, before: string): string {
  // Half of an emoji has no encoding.
  const text = encodeURIComponent(words.replace(/\p{Surrogate}/gu, '\uFFFD'));
  return OPAQUE.test(before) && !before.includes('?') ? text.replace(/%(2B|40|2C)/g, decodeURIComponent) : text;
}

const AUTHORITY = /^(?:[a-z][a-z0-9+.-]*:)?\/\/([^/?#\\]*)/i;
const HOST = /^[a-z0-9-][a-z0-9.-]*(:\d{1,5})?$/i;

/**
 * Tells what is wrong with the places where expressions stand; undefined if nothing is. A segment that came out as `.`, `..` or empty would
 * be another path, also when it is encoded, and another host would be another system.
 */
export function addressMistake({ buffer: text, pieces }: AddressText): string | undefined {
  const ranges = rangesOf(pieces);
  const touching = (from: number, to: number) => ranges.filter(({ begin, end }) => begin <= to && end >= from);
  const authority = AUTHORITY.exec(text);
  const [start, host] = [authority?.[0].length ?? 0, authority?.[1] ?? ''];
  if (authority && touching(start - host.length, start).some(({ begin }) => begin <= start) && !HOST.test(host))
    return `the host comes out as "${host.slice(0, 100)}"`;
  if (OPAQUE.test(text)) return undefined;
  const path = text.slice(start).split(/[?#]/, 1)[0] ?? '';
  let at = start;
  // No address keeps tabs and line breaks.
  for (const segment of path.split(/[/\\]/)) {
    const among = touching(at, at + segment.length);
    if (among.length > 0 && /^\.\.?$/.test(decoded(segment.replace(/[\t\r\n]/g, ''))))
      return `a part of the path comes out as "${segment}"`;
    if (segment === '' && among.some(({ begin, end }) => begin === end)) return 'a part of the path comes out empty';
    at += segment.length + 1;
  }
  return undefined;
}

/** Where expressions stand, but for one at the very beginning. */
function rangesOf(pieces: readonly Piece[]): readonly { readonly begin: number; readonly end: number }[] {
  let at = 0;
  return pieces.flatMap(({ text, filled }, i) => {
    const begin = at;
    at += text.length;
    return filled && i > 0 ? [{ begin, end: at }] : [];
  });
}

/** Without encoding, however often it was encoded. */
function decoded(segment: string): string {
  const once = segment.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return once === segment ? once : decoded(once);
}
